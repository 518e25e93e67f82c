"""What somebody looks for in the library, read from the address; what makes no sense there is passed over."""

from collections.abc import Mapping

from content.core.texts.search_words import LONGEST_TYPED
from content.core.vocabulary import Need, Size
from content.search.searching import Wish

LONGEST_SLUG = 60


class Finder:
    """The wish, and what the form shows of it. `size` is the length in which a lesson found is opened."""

    needs = tuple(Need)
    sizes = tuple(Size)

    def __init__(self, query: Mapping[str, str]) -> None:
        self.typed = query.get("q", "")[:LONGEST_TYPED].replace("\0", " ").strip()
        self.left_out = max(0, len(query.get("q", "")) - LONGEST_TYPED)
        self.need = next((need for need in Need if need.value == query.get("need")), None)
        self.technique = query.get("technique", "")[:LONGEST_SLUG].replace("\0", "")
        self.size = next((size for size in Size if size.value == query.get("time")), None)
        self.wish = Wish(typed=self.typed, need=self.need, technique=self.technique)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.need or self.technique or self.size)

    @property
    def opening(self) -> str:
        """What an address of a lesson ends with, so that it opens in the length asked for."""
        return f"?size={self.size}" if self.size else ""
