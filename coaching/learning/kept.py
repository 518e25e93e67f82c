"""What was worked out of somebody's answers, goes and wishes, kept in this process while none of them changes.

It is found by a digest of all that goes in, made with a secret of the process: by what was told, and never by who
told it. So one changed answer, one more go or another wish is another digest, and is worked out anew, and a row of the
library that changed forgets all. Only what comes of its inputs alone may be kept so: no clock, no chance, no language,
and nothing that anybody changes afterwards. Few are kept, of whoever was here last.
"""

import json
import secrets
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock
from typing import Any, Generic, TypeVar

MOST_KEPT = 24
SECRET = secrets.token_bytes(32)
Told = TypeVar("Told")


class Kept(Generic[Told]):
    def __init__(self) -> None:
        self.library: object = None
        self.shelf: OrderedDict[bytes, Told] = OrderedDict()
        self.lock = Lock()

    def of(self, library: object, inputs: list[Any], work: Callable[[], Told]) -> Told:
        """`library` is what was read of it, the very same object as long as no row of it changed."""
        key = digest_of(inputs)
        with self.lock:
            if self.library is not library:
                self.library, self.shelf = library, OrderedDict()
            shelf, known = self.shelf, self.shelf.get(key)
            if known is not None:
                shelf.move_to_end(key)
        if known is not None:
            return known
        made = work()
        with self.lock:
            # A library that changed meanwhile has begun another shelf, and this one is left to itself.
            shelf[key] = made
            while len(shelf) > MOST_KEPT:
                shelf.popitem(last=False)
        return made


def digest_of(inputs: list[Any]) -> bytes:
    return blake2b(json.dumps(inputs, sort_keys=True).encode(), key=SECRET, digest_size=24).digest()
