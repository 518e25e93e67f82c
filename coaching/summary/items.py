"""One thing for someone close: the step of this week, or the flare plan. Never a score, and no medicine.

Of the flare plan, neither what was written about medicines nor how to reach anybody goes along.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import Any

from django.utils.translation import gettext as _

from accounts.sealing import CannotOpen
from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.core.tools.kinds.flare_plan import FLARE_PLAN
from coaching.models import Person, SharedLink, ToolEntry
from coaching.week.weeks import rhythm_of

Kind = SharedLink.Kind
Told = list[list[Any]]
"""Pairs of a heading and what stands under it, line by line: plain values, as they are kept with a link."""


@dataclass(frozen=True, kw_only=True)
class Item:
    kind: str
    title: str
    told: Told

    @property
    def content(self) -> dict[str, Any]:
        return {"title": self.title, "told": self.told}

    @property
    def mark(self) -> str:
        """Of what is seen: another where one letter of it is another."""
        return sha256(dumps(self.content, sort_keys=True).encode()).hexdigest()


def items_of(person: Person) -> tuple[Item, ...]:
    """What there is to share, exactly as it would leave."""
    step = Item(kind=Kind.STEP, title=_("My small step of this week"), told=_step(person))
    plan = Item(kind=Kind.FLARE_PLAN, title=_("My plan for a flare"), told=_flare_plan(person))
    return tuple(item for item in (step, plan) if item.told)


def _step(person: Person) -> Told:
    rhythm = rhythm_of(person)
    try:
        step = rhythm.step if rhythm else {}
    except CannotOpen:
        return []
    names = (("words", _("What")), ("when", _("When")), ("where", _("Where")))
    return _pairs((title, [step.get(name, "")]) for name, title in names)


def _flare_plan(person: Person) -> Told:
    entry = ToolEntry.objects.filter(person=person, tool=FLARE_PLAN.slug).newest_first().first()
    try:
        plan = entry.answers if entry else {}
    except CannotOpen:
        return []
    first = [row.get("do", "") for row in plan.get("first", ())]
    people = [row.get("say", "") for row in plan.get("people", ())]
    return _pairs(
        (
            (_("How you notice that it is coming"), [plan.get("signs", "")]),
            (_("What I do in the first hour"), first),
            (_("What I will not do"), [plan.get("not_do", "")]),
            (_("What I drop that day"), [plan.get("drop", "")]),
            (_("What I halve"), [plan.get("halve", "")]),
            (_("What I keep"), [plan.get("keep", "")]),
            (_("What I may ask you for"), people),
            (_("How I begin again"), [plan.get("easing", "")]),
        )
    )


def _pairs(told: Iterable[tuple[str, list[str]]]) -> Told:
    """Words of dying are read back to nobody; what is empty is left out."""
    kept = ([title, [line for said in lines if (line := never_as_a_wish(str(said)).strip())]] for title, lines in told)
    return [[title, lines] for title, lines in kept if lines]
