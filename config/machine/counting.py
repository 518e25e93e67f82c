"""Several processes of one machine count together for Prometheus: each in a file of its own, in one folder.

What a process counted stays when it ends: it is added to the file of all that are gone, so that no figure ever falls.
Each machine, and each container, has a folder of its own, as another one has processes with the same numbers.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import gethostname

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where the library looks for the folder, once, when it is first imported."""

GONE = "gone"
"""Stands where the number of the process stands in other files."""

ADDS_UP = ("counter", "histogram", "summary")
"""Kinds of files. A gauge says how it is now, and of who is gone there is no now."""


def count_together(var: Path) -> None:
    """Called by a process that serves pages before anything imports the library."""
    folder = var / "metrics" / gethostname()
    with suppress(OSError):
        for each in (folder.parent, folder):
            each.mkdir(mode=0o700, exist_ok=True)
        os.environ.setdefault(FOLDER, str(folder))
        with at_rest(folder, fcntl.LOCK_EX):
            for file in sorted(folder.glob("*.db")):
                kind, _, process = file.stem.rpartition("_")
                if process != GONE and not _is_alive(process):
                    _add_up(file, kind)
                    file.unlink(missing_ok=True)


@contextmanager
def at_rest(folder: Path, how: int = fcntl.LOCK_SH) -> Iterator[None]:
    """Nobody adds up meanwhile: half way, a process that is gone would be counted twice, or not be found."""
    with (folder / "turn").open("w") as turn:
        fcntl.flock(turn, how)
        yield


def _add_up(file: Path, kind: str) -> None:
    """What cannot be read was being written when its process died, and is left out."""
    from prometheus_client.mmap_dict import MmapedDict  # noqa: PLC0415 - it looks for the folder when it is imported

    if kind not in ADDS_UP:
        return
    try:
        told = [(key, value) for key, value, *_ in MmapedDict.read_all_values_from_file(str(file))]
    except Exception:  # noqa: BLE001 - whatever a torn file holds
        return
    gone = MmapedDict(str(file.with_name(f"{kind}_{GONE}.db")))
    for key, value in told:
        gone.write_value(key, gone.read_value(key)[0] + value, 0.0)
    gone.close()


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
