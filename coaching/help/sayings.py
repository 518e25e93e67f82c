"""The loop, drawn in the language of the page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from coaching.core.intake.needs import Snapshot
from coaching.core.loop import EXAMPLE, EXAMPLE_OPENINGS, LoopDrawing, draw, example
from coaching.core.recommend.suggestion import Pick
from coaching.said import said


@dataclass(frozen=True)
class OwnLoop:
    """The loop of somebody's plan, drawn where a page has not drawn it yet."""

    own_drawn_by = ("loop",)
    """All of it follows from what the plan was worked out from."""

    snapshot: Snapshot
    picks: Sequence[Pick]

    @cached_property
    def drawing(self) -> LoopDrawing:
        return _drawn(self.snapshot, self.picks)


def _drawn(snapshot: Snapshot, picks: Sequence[Pick]) -> LoopDrawing:
    """With short names as the page has them, before the picture breaks these into lines.

    Its title and sentences stay those of the rules, for the page to say.
    """
    own = draw(snapshot, picks)
    here = draw(snapshot, [replace(pick, short_name=said(pick.short_name)) for pick in picks])
    return replace(here, title=own.title, sentences=own.sentences)


def drawn_example() -> LoopDrawing:
    """That of the front page, in the same way."""
    here = example([replace(one, words=said(one.words)) for one in EXAMPLE_OPENINGS])
    return replace(here, title=EXAMPLE.title, sentences=EXAMPLE.sentences)
