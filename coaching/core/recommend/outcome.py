"""A choice together with all it was made from: what the words are told from."""

from dataclasses import dataclass
from functools import cached_property

from coaching.core.intake.needs import Snapshot
from coaching.core.recommend.choose import Choice, Wish
from coaching.core.recommend.options import History, Options
from coaching.core.recommend.sift import Sifted
from coaching.core.recommend.weigh import Weighed


@dataclass(frozen=True, kw_only=True)
class Outcome:
    snapshot: Snapshot
    options: Options
    history: History
    sifted: Sifted
    wish: Wish
    choice: Choice

    @cached_property
    def picked(self) -> frozenset[str]:
        return frozenset(pick.slug for pick in self.choice.picks)

    def candidate(self, slug: str) -> Weighed | None:
        return next((one for one in self.sifted.candidates if one.slug == slug), None)

    @cached_property
    def minutes_left(self) -> int:
        return max(0, self.wish.minutes - self.choice.minutes)
