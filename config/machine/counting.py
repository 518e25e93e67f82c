"""Several processes of one machine count together for Prometheus: each in a file of its own, in one folder."""

import os
from contextlib import suppress
from pathlib import Path

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where the library looks for the folder, once, when it is first imported."""


def count_together(var: Path) -> None:
    """Called by a process that serves pages before anything imports the library. The files of the dead go."""
    folder = var / "metrics"
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        for file in folder.glob("*.db"):
            if not _is_alive(file.stem.rpartition("_")[2]):
                file.unlink(missing_ok=True)
        os.environ.setdefault(FOLDER, str(folder))


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
