"""Random bytes of the system, fetched many at a time.

To ask the system lets other threads go first: a page that asked three times for some bytes waited three times.
Each thread has its own. What was given out is forgotten, and a process that was forked begins with none.
"""

import os
from threading import local

AT_ONCE = 2048


class _Kept(local):
    def __init__(self) -> None:
        self.left = bytearray()
        self.process = 0


_kept = _Kept()


def random_bytes(count: int) -> bytes:
    """As good as those of `os.urandom`, which they are. None is given out twice."""
    if _kept.process != os.getpid() or len(_kept.left) < count:
        _kept.left, _kept.process = bytearray(os.urandom(max(AT_ONCE, count))), os.getpid()
    rest = len(_kept.left) - count
    given = bytes(_kept.left[rest:])
    del _kept.left[rest:]
    return given
