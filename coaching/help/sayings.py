"""The loop, drawn in the language of the page."""

from collections.abc import Sequence
from dataclasses import replace

from coaching.core.intake.needs import Snapshot
from coaching.core.loop import EXAMPLE, EXAMPLE_OPENINGS, LoopDrawing, draw, example
from coaching.core.recommend.suggestion import Pick
from coaching.said import said


def drawn(snapshot: Snapshot, picks: Sequence[Pick]) -> LoopDrawing:
    """The loop with short names as the page has them, before the picture breaks these into lines.

    Its title and sentences stay those of the rules, for the page to say.
    """
    own = draw(snapshot, picks)
    here = draw(snapshot, [replace(pick, short_name=said(pick.short_name)) for pick in picks])
    return replace(here, title=own.title, sentences=own.sentences)


def drawn_example() -> LoopDrawing:
    """That of the front page, in the same way."""
    here = example([replace(one, words=said(one.words)) for one in EXAMPLE_OPENINGS])
    return replace(here, title=EXAMPLE.title, sentences=EXAMPLE.sentences)
