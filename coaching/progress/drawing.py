"""The marks of a picture, and the lines of the table beneath it, each written as one text: there are hundreds of them.

Nothing but figures, words of ours and days goes in.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from coaching.core.progress.chart import Mark
from coaching.core.progress.judging import Step


class Row(NamedTuple):
    """A line of the table beneath a picture."""

    day: str
    shown: str
    words: str


@lru_cache(maxsize=1024)
def day_in_words(on: date, language: str | None) -> str:
    """In `language`, which is that of the page: each scale has most of its days in common with the others."""
    return date_format(on, "SHORT_DATE_FORMAT")


@lru_cache(maxsize=1024)
def day_in_full(on: date, language: str | None) -> str:
    """The same with the whole name of its month."""
    return date_format(on, "DATE_FORMAT")


def marks_drawn(marks: Iterable[Mark]) -> SafeString:
    """A shape of its own for better and for worse, and a ring around the newest."""
    return mark_safe("".join(_mark(mark) for mark in marks))  # noqa: S308 (figures alone)


def _mark(mark: Mark) -> str:
    if mark.step is Step.BETTER:
        shape = f'<path class="mark better" d="{mark.diamond}"/>'
    elif mark.step is Step.WORSE:
        left, top = mark.square
        shape = f'<rect class="mark worse" x="{left}" y="{top}" width="9" height="9"/>'
    else:
        shape = f'<circle class="mark within" cx="{mark.x}" cy="{mark.y}" r="4"/>'
    ring = f'<circle class="newest" cx="{mark.x}" cy="{mark.y}" r="9.5"/>' if mark.is_last else ""
    return shape + ring


def rows_drawn(rows: Iterable[Row]) -> SafeString:
    lines = (
        f'<tr><th scope="row">{_safe(row.day)}</th><td>{_safe(row.shown)}</td><td>{_safe(row.words)}</td></tr>'
        for row in rows
    )
    return mark_safe("".join(lines))  # noqa: S308 (each part is escaped)


@lru_cache(maxsize=2048)
def _safe(words: str) -> str:
    """Days, figures and our own words come again and again."""
    return str(escape(words))
