"""Which pages of the practices a device keeps: each guide in every length and every way that its own page offers."""

from datetime import datetime
from functools import lru_cache
from urllib.parse import parse_qsl

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from coaching.core.practice.breath import GENTLE
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.languages import is_guide_said
from coaching.practice.choices import choices_of
from content.core.ways import QUESTIONS, WHERE
from content.models import Guide, Ladder
from content.reading.amounts import length_query
from content.reading.stamp import library_stamp

NAMES = ("size", "minutes", *(question.name for question in QUESTIONS), *GENTLE.seconds)
"""What makes one page of a guide another one, in the order in which an address names it."""


USUAL = 4
"""Minutes of a guide whose technique has no ladder."""


def pages_to_keep() -> list[list[str]]:
    """Address of a page, and address of its copy that knows nobody; the usual page of every guide comes first.

    In the language that is active now, without the guides that are not written in it.
    """
    at, language = timezone.now(), get_language() or settings.LANGUAGE_CODE
    ladders = Ladder.objects.published(at).only("technique", "rungs")
    first = tuple((ladder.technique_id, ladder.rungs[0]["minutes"]) for ladder in ladders if ladder.rungs)
    published = tuple(Guide.objects.published(at).values_list("slug", "updated"))
    return _walk(published, first, language, _spanish_stamp(language, at))


def _spanish_stamp(language: str, at: datetime) -> tuple:
    """Whether a guide is written in it is told by texts of other rows too."""
    return () if language == settings.LANGUAGE_CODE else library_stamp(at)


def tools_to_keep() -> list[list[str]]:
    """The blank form of every tool, and its copy."""
    return [[reverse(f"coaching:{name}", args=[slug]) for name in ("tool_new", "tool_copy")] for slug in TOOL]


@lru_cache(maxsize=2)
def _walk(
    published: tuple[tuple[str, datetime], ...], first: tuple[tuple[str, int], ...], _language: str, _stamp: tuple
) -> list[list[str]]:
    """Every browser asks for the worker again and again, and guides and ladders change rarely."""
    minutes = dict(first)
    rows = Guide.objects.filter(slug__in=[slug for slug, _updated in published])
    guides = filter(is_guide_said, rows.defer("loaded"))
    pages = [
        (taps, guide.slug, query)
        for guide in guides
        for query, taps in _pages_of(guide, minutes.get(guide.technique_id, USUAL)).items()
    ]
    pages.sort(key=lambda page: page[0])
    return [
        [f"{reverse(f'coaching:{name}', args=[slug])}{query}" for name in ("practice", "practice_copy")]
        for _taps, slug, query in pages
    ]


def _pages_of(guide: Guide, minutes: int) -> dict[str, int]:
    """Every address that taps lead to, with the number of taps from the usual page, which has these minutes."""
    start = length_query(minutes)
    taps_to = {start: 0}
    ahead = [start]
    for address in ahead:
        choices = choices_of(guide, dict(parse_qsl(address[1:])), frozenset())
        # A copy knows nobody, so it speaks for any place of the body.
        for pick in (pick for row in choices.rows if row.name != WHERE for pick in row.picks):
            if pick.address not in taps_to:
                taps_to[pick.address] = taps_to[address] + 1
                ahead.append(pick.address)
    return taps_to
