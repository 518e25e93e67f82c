"""What was worked out of somebody's answers, goes and wishes, kept in this process while none of them changes.

It is found by a digest of all that goes in, made with a secret of the process: by what was told, and never by who
told it. So one changed answer, one more go or another wish is another digest, and is worked out anew, and a row of the
library that changed forgets all. Only what comes of its inputs alone may be kept so: no clock, no chance, no language,
and nothing that anybody changes afterwards. Few are kept, of whoever was here last.
"""

import json
import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import blake2b
from threading import Lock
from typing import Any, Generic, TypeVar

MOST_KEPT = 24
MOST_PARTS = 24
"""Of one person: the cards of the result and of the plan, and what stands beside them, in two languages."""

MOST_LETTERS = 250_000
"""In all parts of one person together: four times what the result and the plan take in two languages."""

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
        shelf, known = self._look(library, key)
        if known is not None:
            return known
        made = work()
        with self.lock:
            # A library that changed meanwhile has begun another shelf, and this one is left to itself.
            shelf[key] = made
            while len(shelf) > MOST_KEPT:
                shelf.popitem(last=False)
        return made

    def find(self, library: object, inputs: list[Any]) -> Told | None:
        """None where it is not kept."""
        return self._look(library, digest_of(inputs))[1]

    def _look(self, library: object, key: bytes) -> tuple[OrderedDict[bytes, Told], Told | None]:
        with self.lock:
            if self.library is not library:
                self.library, self.shelf = library, OrderedDict()
            known = self.shelf.get(key)
            if known is not None:
                self.shelf.move_to_end(key)
            return self.shelf, known


class OwnParts:
    """Parts of pages that follow from what was kept, and from what each is found by: drawn once, gone with it.

    Few, as a person looks at few pages in few ways (`config/drawn/part.py` draws them).
    """

    def __init__(self) -> None:
        self._parts: dict[Hashable, str] = {}

    def __len__(self) -> int:
        return len(self._parts)

    def find(self, key: Hashable) -> Any:
        return self._parts.get(key)

    def keep(self, key: Hashable, words: str) -> None:
        if len(self._parts) >= MOST_PARTS or len(words) + sum(map(len, self._parts.values())) > MOST_LETTERS:
            self._parts = {}
        self._parts[key] = words


def digest_of(inputs: list[Any]) -> bytes:
    return blake2b(json.dumps(inputs, sort_keys=True).encode(), key=SECRET, digest_size=24).digest()
