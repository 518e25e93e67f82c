"""The loop of the front page, drawn in the language of the page."""

from dataclasses import replace

from coaching.core.loop import EXAMPLE, EXAMPLE_OPENINGS, LoopDrawing, example
from coaching.said import said


def drawn_example() -> LoopDrawing:
    """In the same way as that of somebody's plan (`coaching/plan/result_page.py`)."""
    here = example([replace(one, words=said(one.words)) for one in EXAMPLE_OPENINGS])
    return replace(here, title=EXAMPLE.title, sentences=EXAMPLE.sentences)
