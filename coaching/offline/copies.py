"""Which pages of the practices a device keeps: each guide in every length and every way that its own page offers."""

from datetime import datetime
from functools import lru_cache
from urllib.parse import parse_qsl

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone

from coaching.core.practice.breath import GENTLE
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.practice.choices import choices_of
from content.core.ways import QUESTIONS
from content.models import Caution, DemandCaution, Guide
from content.reading.stamp import lessons_stamp

NAMES = ("size", "minutes", *(question.name for question in QUESTIONS), *GENTLE.seconds)
"""What makes one page of a guide another one, in the order in which an address names it."""


def pages_to_keep() -> list[list[str]]:
    """Address of a page, and address of its copy that knows nobody; the usual page of every guide comes first."""
    return _walk(tuple(Guide.objects.published(timezone.now()).values_list("slug", "updated")))


def tools_to_keep() -> list[list[str]]:
    """The blank form of every tool, and its copy."""
    return [[reverse(f"coaching:{name}", args=[slug]) for name in ("tool_new", "tool_copy")] for slug in TOOL]


def copies_stamp(at: datetime) -> tuple:
    """Changes when anything changes that the copy of a practice shows."""
    told = {"newest": Max("updated"), "count": Count("pk")}
    return (
        *lessons_stamp(at),
        *(tuple(model.objects.aggregate(**told).values()) for model in (Guide, Caution, DemandCaution)),
    )


@lru_cache(maxsize=1)
def _walk(published: tuple[tuple[str, datetime], ...]) -> list[list[str]]:
    """Every browser asks for the worker again and again, and guides change rarely."""
    rows = Guide.objects.only("slug", "technique", "skin", "pattern", "steps")
    guides = rows.filter(slug__in=[slug for slug, _updated in published])
    found = [(taps, guide.slug, query) for guide in guides for query, taps in _pages_of(guide).items()]
    found.sort(key=lambda page: page[0])
    return [
        [f"{reverse(f'coaching:{name}', args=[slug])}{query}" for name in ("practice", "practice_copy")]
        for _taps, slug, query in found
    ]


def _pages_of(guide: Guide) -> dict[str, int]:
    """Every address that taps lead to, with the number of taps from the usual page."""
    start = "?size=4"
    found = {start: 0}
    ahead = [start]
    for address in ahead:
        choices = choices_of(guide, dict(parse_qsl(address[1:])), frozenset())
        for pick in (pick for row in choices.rows for pick in row.picks):
            if pick.address not in found:
                found[pick.address] = found[address] + 1
                ahead.append(pick.address)
    return found
