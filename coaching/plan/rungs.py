"""Where a person stands on the ladder of each technique, as every page and letter says it.

Worked out anew from the answers, the goes and the library as they stand, so that all doors say the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import takewhile
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.core.intake.conditions import flare_is_fresh
from coaching.core.intake.needs import Snapshot
from coaching.core.practice.past import PastPractice
from coaching.core.practice.rung import (
    WEEK,
    Footing,
    Go,
    Held,
    Since,
    Standing,
    Tally,
    Week,
    standing,
    tally_from_first,
    tally_of,
)
from coaching.core.recommend.care import NOBODY
from coaching.core.recommend.permit import permit
from coaching.core.tools.kinds.catalogue import TOOL_OF_TECHNIQUE
from coaching.core.tools.shapes import Tool
from coaching.kept import Kept
from coaching.models import Person
from coaching.plan.knowledge import Knowledge
from content.core.vocabulary import Limit
from content.reading.amounts import amount_of, length_query


@dataclass(frozen=True, kw_only=True)
class Step:
    """One person's rung of one technique, in words: `amount` is how long and how often."""

    technique: str
    standing: Standing
    sure: int | None = None
    number: int = 0
    """Of the reading of the library whose ladder it is on."""

    @property
    def own_drawn_by(self) -> tuple[str | int | Since | None, ...]:
        """With the library as it stands, all that a page says of it follows from these."""
        told = self.standing
        return (self.technique, told.place, told.of, told.rung.minutes, told.since, self.sure)

    @property
    def drawn_by(self) -> tuple[str | int | Since | None, ...]:
        """One of the few rungs of a ladder of the library, and why it is that one: told to all who stand so."""
        return (self.number, *self.own_drawn_by)

    @property
    def minutes(self) -> int:
        return self.standing.rung.minutes

    @property
    def amount(self) -> str:
        return amount_of(self.standing.rung.minutes, self.standing.rung.times)

    @property
    def words(self) -> str:
        return self.standing.rung.words

    @property
    def tool(self) -> Tool | None:
        """In what it is practised, where that is a tool."""
        return TOOL_OF_TECHNIQUE.get(self.technique)

    @property
    def query(self) -> str:
        """What the address of the practice adds, so that the player has this length."""
        return length_query(self.minutes)

    @property
    def place(self) -> str:
        return _("Step %(place)d of %(of)d") % {"place": self.standing.place, "of": self.standing.of}

    @property
    def moves(self) -> tuple[str, ...]:
        """What leads up from here, and down."""
        return tuple(words for words in (self.standing.rung.up, self.standing.rung.down) if words)

    @property
    def is_sure_asked(self) -> bool:
        """Nobody is asked twice a week how sure they are."""
        return self.sure is None

    @property
    def since(self) -> str:
        """Why it is this step; empty where nothing has moved."""
        return SINCE_WORDS()[self.standing.since]


def SINCE_WORDS() -> dict[Since, str]:  # noqa: N802 (a table, read in the language of the page)
    return {
        Since.BEGIN: "",
        Since.STAY: "",
        Since.UP: _("One step up, after last week’s goes."),
        Since.DOWN: _("One step down, because last week’s goes left you worse."),
        Since.BREAK: _("One step down after a break. It comes back."),
        Since.TIME: _("Kept to the minutes that you have."),
        Since.CARE: _("Kept short, as your health answers ask for."),
        Since.UNSURE: _("One step smaller, because you were not sure yet."),
        Since.CHOSEN: "",
        Since.CHOSEN_UP: _("One step up, as you decided."),
        Since.CHOSEN_DOWN: _("One step down, as you decided."),
        Since.TOO_MUCH: _("One step smaller, because it was too much."),
        Since.FLARE: _("One step smaller while the flare lasts."),
    }


FOR_PLACE = {
    "neck": gettext_lazy("For your neck and shoulders"),
    "mid_back": gettext_lazy("For the middle of your back"),
    "low_back": gettext_lazy("For your low back"),
}


@dataclass(frozen=True, kw_only=True)
class Example:
    """Words of a guide for one place of the body; `where` names it."""

    where: str
    words: str


_kept: Kept[Mapping[str, Tally]] = Kept()
"""By what stands for the very practices that were counted."""

_kept_since: Kept[Mapping[str, Tally]] = Kept()
"""The same of those since a decision, by the moments of the decisions too."""


class Goes:
    """The goes at each technique, worked out when they are asked for. `mark` stands for these very practices."""

    def __init__(self, newest_first: Iterable[PastPractice] = (), mark: str = "") -> None:
        self._practices, self._mark = newest_first, mark

    @classmethod
    def of(cls, person: Person) -> "Goes":
        """Read first: with the practices comes the mark that stands for them."""
        newest_first = person.newest_practices
        return cls(newest_first, person.mark_of_practices)

    def at(self, technique: str) -> tuple[Go, ...]:
        """All of them."""
        return tuple(map(_go, self._by_technique.get(technique, ())))

    def weeks_at(self, technique: str, at: datetime) -> tuple[Week, ...]:
        """The whole weeks since the first one, with those in each: counted once while no practice changes."""
        tally = self._tallies.get(technique)
        return tally.until(at) if tally else ()

    def tallies_since(self, moments: Mapping[str, datetime]) -> Mapping[str, Tally]:
        """Of each technique from a moment of its own on: counted once while neither they nor a practice change."""

        def count() -> Mapping[str, Tally]:
            return {technique: tally_of(self.since(technique, first), first) for technique, first in moments.items()}

        told = {technique: first.isoformat() for technique, first in moments.items()}
        return _kept_since.of(None, [self._mark, told], count) if self._mark else count()

    @cached_property
    def _tallies(self) -> Mapping[str, Tally]:
        return _kept.of(None, [self._mark], self._counted) if self._mark else self._counted()

    def _counted(self) -> Mapping[str, Tally]:
        tallies = {technique: tally_from_first(map(_go, own)) for technique, own in self._by_technique.items()}
        return {technique: tally for technique, tally in tallies.items() if tally}

    @cached_property
    def _by_technique(self) -> Mapping[str, list[PastPractice]]:
        sorted_out: dict[str, list[PastPractice]] = defaultdict(list)
        for one in self._practices:
            sorted_out[one.technique_id].append(one)
        return sorted_out

    def since(self, technique: str, first: datetime) -> tuple[Go, ...]:
        """Those from a moment on; what is older is not even looked at."""
        lately = takewhile(lambda one: one.started_at >= first, self._practices)
        return tuple(_go(one) for one in lately if one.technique_id == technique)


def _go(practice: PastPractice) -> Go:
    return Go(at=practice.started_at, rise=_rise(practice))


@dataclass(frozen=True, kw_only=True)
class Steps:
    """All that decides the rungs of one person at one time."""

    knowledge: Knowledge
    minutes_a_day: int
    at: datetime
    snapshot: Snapshot = NOBODY
    answers: Mapping[str, Any] = field(default_factory=dict)
    goes: Goes = field(default_factory=Goes)
    sure: Mapping[str, int] = field(default_factory=dict)
    held: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Technique -> the step as the person decided (`Plan.held`)."""

    @property
    def where(self) -> str:
        """The place of the body for which guides speak to this person."""
        return self.snapshot.told.where

    def example_of(self, technique: str) -> Example | None:
        """What the guide says for the person's own place, where it has words for it."""
        words = self.knowledge.examples.get(technique, {}).get(self.where, "")
        return Example(where=str(FOR_PLACE[self.where]), words=words) if words else None

    def of(self, technique: str) -> Step | None:
        """None for what has no ladder, such as reading. A page asks for the same several times."""
        if technique not in self._found:
            self._found[technique] = self._find(technique)
        return self._found[technique]

    @cached_property
    def _found(self) -> dict[str, Step | None]:
        return {}

    def _find(self, technique: str) -> Step | None:
        ladder = self.knowledge.ladders.get(technique)
        if not ladder:
            return None
        footing = self._footing(technique)
        return Step(
            technique=technique,
            standing=standing(ladder, footing),
            sure=footing.sure,
            number=self.knowledge.number,
        )

    def fits(self, technique: str, place: int) -> bool:
        """Whether a place on its ladder, from 1, would be the person's own if they chose it now."""
        held = Held(place=place, why=Since.CHOSEN)
        chosen = replace(self._footing(technique), held=held, weeks=(), sure=None)
        return standing(self.knowledge.ladders[technique], chosen).place == place

    def _footing(self, technique: str) -> Footing:
        facts = self.knowledge.options.by_slug[technique]
        held = self.held.get(technique)
        permitted = permit(facts, self.snapshot, self.knowledge.options.cautions_of.get(technique, ()))
        return Footing(
            family=facts.family,
            minutes_a_day=self.minutes_a_day,
            active_days=self.answers.get("active_days"),
            fear=self.answers.get("avoid"),
            has_flare=bool(flare_is_fresh(self.answers)),
            is_short=any(Limit.SHORT in row.limits for row in permitted.warnings),
            sure=self.sure.get(technique),
            weeks=self._weeks(technique, held),
            held=Held(place=held["place"], why=Since(held["why"])) if held else None,
        )

    def _weeks(self, technique: str, held: Mapping[str, Any] | None) -> tuple[Week, ...]:
        if not held:
            return self.goes.weeks_at(technique, self.at)
        return self._since_held[technique].until(self.at)

    @cached_property
    def _since_held(self) -> Mapping[str, Tally]:
        return self.goes.tallies_since({technique: _since_when(held) for technique, held in self.held.items()})


def _since_when(held: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(held["at"])


def sure_of(told: Mapping[str, Mapping[str, Any]], at: datetime) -> dict[str, int]:
    """How sure somebody is of each step, as they said within the last week; after that it is asked anew."""
    return {
        technique: answer["value"]
        for technique, answer in told.items()
        if timedelta(0) <= at - datetime.fromisoformat(answer["at"]) < WEEK
    }


def _rise(practice: PastPractice) -> int:
    """Points by which it left the person worse, in tension, worry or pain, then or the next day: whichever is most."""
    pairs = (
        (practice.tension_before, practice.tension_after),
        (practice.belief_before, practice.belief_after),
        (practice.pain_before, practice.pain_after),
        (practice.pain_before, practice.pain_next_day),
    )
    return max((after - before for before, after in pairs if before is not None and after is not None), default=0)
