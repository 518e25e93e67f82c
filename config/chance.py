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


_kept = _Kept()
os.register_at_fork(after_in_child=lambda: _kept.left.clear())


def random_bytes(count: int) -> bytes:
    """As good as those of `os.urandom`, which they are. None is given out twice."""
    left = _kept.left
    rest = len(left) - count
    if rest < 0:
        left += os.urandom(max(AT_ONCE, count))
        rest = len(left) - count
    given = bytes(left[rest:])
    del left[rest:]
    return given
