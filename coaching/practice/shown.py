"""What the page of a practice shows of the library, in the way that was chosen: drawn once for all who choose so."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import Any

from django.utils.translation import get_language

from coaching.languages import is_guide_said, said_card
from coaching.practice.choices import Choices
from coaching.practice.figures import Figure, figure_of
from coaching.practice.player import Player, player_of
from coaching.said import read_once
from content.core.ways import WHERE
from content.models import EvidenceCard, Guide, Lesson

NOT_SHOWN = ("loaded", "proposal", "conflicts")
MOST_WAYS = 24
"""Of one guide: whoever asks for many lengths or breaths makes the first of them anew."""

_putting_away = Lock()
"""Two threads that make room at once would go over what the other one changes."""

FOR_THIS_PAGE_ALONE = "For this page alone"
"""No slug, so that nothing is kept by it: the way of whoever told us where it sits, or what is sore today."""


@dataclass(frozen=True, kw_only=True, eq=False)
class GuideCard:
    """A guide as a list shows it."""

    guide: Guide
    number: int

    @property
    def drawn_by(self) -> tuple[str, int]:
        return (self.guide.slug, self.number)


def listed_guides(at: datetime) -> tuple[GuideCard, ...]:
    """All that are published, without their steps, in their order."""

    def read(number: int) -> tuple[GuideCard, ...]:
        rows = Guide.objects.published(at).select_related("technique").defer("steps", *NOT_SHOWN)
        return tuple(GuideCard(guide=row, number=number) for row in rows)

    return read_once("guides of a list", read) or ()


@dataclass(frozen=True, kw_only=True, eq=False)
class GuideOnShelf:
    """A guide in one language, as it is read from the library, with what was shown of it so far."""

    guide: Guide
    lesson: Lesson | None
    card: EvidenceCard | None
    is_said: bool
    number: int | None = None
    """Of the reading of the library that it is from; None for one that nobody else sees."""

    ways: dict[Any, "ShownPractice"] = field(default_factory=dict)

    def in_way(self, choices: Choices) -> "ShownPractice":
        """Without the breaths that somebody named."""
        shown = ShownPractice(on_shelf=self, choices=replace(choices, guide=self.guide, kept=()))
        if shown.is_of_one:
            return shown
        with _putting_away:
            if shown.drawn_by not in self.ways and len(self.ways) >= MOST_WAYS:
                del self.ways[next(iter(self.ways))]
            return self.ways.setdefault(shown.drawn_by, shown)


@dataclass(frozen=True, kw_only=True, eq=False)
class ShownPractice:
    on_shelf: GuideOnShelf
    choices: Choices

    @property
    def guide(self) -> Guide:
        return self.on_shelf.guide

    @property
    def lesson(self) -> Lesson | None:
        return self.on_shelf.lesson

    @property
    def card(self) -> EvidenceCard | None:
        return self.on_shelf.card

    @property
    def is_other_guide(self) -> bool:
        return self.guide.slug != self.guide.technique_id

    @cached_property
    def player(self) -> Player:
        return player_of(self.choices)

    @cached_property
    def figure(self) -> Figure | None:
        return figure_of(self.guide, self.choices.steps, self.choices.place)

    @property
    def is_of_one(self) -> bool:
        told = self.choices
        is_where_it_sits = bool(told.where) and any(question.name == WHERE for question in told.options)
        return self.on_shelf.number is None or bool(told.sore) or is_where_it_sits

    @cached_property
    def drawn_by(self) -> tuple[Any, ...]:
        if self.is_of_one:
            return (FOR_THIS_PAGE_ALONE,)
        told = self.choices
        breath = tuple(told.breath.seconds.values()) if told.breath else ()
        ways = (option.value for option in told.options.values())
        length = (told.size, told.minutes or 0, told.is_usual, told.asks_where)
        return (self.guide.slug, self.on_shelf.number or 0, *length, *ways, *breath, *sorted(told.limits))


def guide_called(slug: str, at: datetime) -> GuideOnShelf | None:
    """In the language of the address."""

    def read(number: int) -> GuideOnShelf | None:
        rows = Guide.objects.published(at).select_related("technique__card").defer(*NOT_SHOWN)
        guide = rows.filter(slug=slug).first()
        return on_shelf(guide, at, number) if guide else None

    return read_once(("guide", slug, get_language()), read)


def on_shelf(guide: Guide, at: datetime, number: int | None = None) -> GuideOnShelf:
    return GuideOnShelf(
        guide=guide,
        lesson=guide.technique.lessons.published(at).without_text().first(),
        card=said_card(guide.technique.card),
        is_said=is_guide_said(guide),
        number=number,
    )
