"""Room beside a file, for its owner alone: it is the same disk, so a name is taken at once, and no /tmp fills up.

What a killed run left there holds what people wrote, so the next one takes it away. Names hold the number of their
process, and nobody takes away what another one is still at.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

START = ".unloop-"
OF_PROCESS = re.compile(r"\.unloop-(\d+)-.+")


@contextmanager
def folder_beside(file: Path) -> Iterator[Path]:
    """Raises OSError where there can be none."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear(file.parent)
    folder = Path(mkdtemp(prefix=f"{START}{os.getpid()}-", dir=file.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _clear(parent: Path) -> None:
    for left in parent.glob(f"{START}*"):
        named = OF_PROCESS.fullmatch(left.name)
        if named and not _is_alive(int(named[1])):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: int) -> bool:
    with suppress(PermissionError):
        try:
            os.kill(process, 0)
        except (ProcessLookupError, OverflowError):
            return False
    return True
