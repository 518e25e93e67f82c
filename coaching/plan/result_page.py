"""What stands on the result page: what is first, what it must not leave unsaid or say twice, and all of it together.

`Result` and `Keeping` say what they hang on, so that the page draws them once while none of that changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models.profile import MinutesADay
from coaching.core.intake.needs import Snapshot
from coaching.core.intake.scores import Incomplete
from coaching.core.loop import LoopDrawing, draw
from coaching.core.recommend.suggestion import Cost, Pick
from coaching.intake.known import mark_of_answers
from coaching.plan.knowledge import Source
from coaching.plan.plans import Coaching
from coaching.plan.results import (
    NAMES,
    Behind,
    Card,
    MyPicture,
    ScoreLine,
    behind,
    cards_of,
    picture_of,
    score_lines,
    sources_of,
)
from coaching.said import said
from content.core.vocabulary import Level, Need

ASKED = {
    "PEG": ("pain", ("peg_1", "peg_2", "peg_3")),
    "GAD-2": ("mood", ("gad_1", "gad_2")),
    "GAD-7": ("worry-more", ("gad_3", "gad_4", "gad_5", "gad_6", "gad_7")),
    "PHQ-2": ("mood", ("phq_1", "phq_2")),
}
"""Of each scale the step that asks it, and its questions there."""


@dataclass(frozen=True, kw_only=True)
class Uncounted:
    """A scale that was begun and has no score, how much is missing, and the step with the way back to it."""

    name: str
    missing: str
    step: str


@dataclass(frozen=True, kw_only=True)
class Ease:
    """For a new pain or a flare: that most ease, with the dose and the sources of the evidence."""

    dose: str
    sources: tuple[Source, ...]


def uncounted(coaching: Coaching) -> tuple[Uncounted, ...]:
    answers, scores = coaching.answers, coaching.snapshot.scores
    of = {"PEG": scores.peg, "GAD-2": scores.gad2, "GAD-7": scores.gad7, "PHQ-2": scores.phq2}
    lines = []
    for tool, (step, questions) in ASKED.items():
        missing = sum(answers.get(question) is None for question in questions)
        if isinstance(of[tool], Incomplete) and 0 < missing < len(questions):
            lines.append(Uncounted(name=str(NAMES[tool]), missing=_missing(missing), step=step))
    return tuple(lines)


def _missing(count: int) -> str:
    told = ngettext("one answer is missing", "%(count)d answers are missing", count) % {"count": count}
    return _("not counted, %(missing)s") % {"missing": told}


def ease_of(coaching: Coaching) -> Ease | None:
    """None under a sign that has to be seen: it would be a comfort that nobody can give."""
    if coaching.snapshot.safety.level not in (None, Level.VISIT) or not coaching.snapshot.needs.get(Need.ACUTE):
        return None
    rows = coaching.options.evidence
    row = next((row for row in rows if row.need is Need.ACUTE and row.technique == "education"), None)
    return Ease(dose=row.dose.partition(":")[0], sources=sources_of(coaching, row.sources)) if row else None


def notes_of(coaching: Coaching) -> tuple[str, ...]:
    """Each note once."""
    return tuple(dict.fromkeys(coaching.recommendation.notes))


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


@dataclass(frozen=True, kw_only=True)
class Result:
    coaching: Coaching
    at: datetime
    hides_pain: bool

    @cached_property
    def own_drawn_by(self) -> tuple[Any, ...]:
        """All else follows from what the plan was worked out from.

        By the clock more lessons are out: as long as no row of the library changes, so many are always the same.
        """
        plan, steps = self.coaching.plan, self.coaching.steps
        return (
            self.hides_pain,
            sum(lesson.is_published(self.at) for lesson in self.coaching.knowledge.lessons),
            plan.intake_id,
            mark_of_answers(plan.person),
            *(steps.of(pick.technique) for pick in self.coaching.recommendation.picks),
        )

    @cached_property
    def loop(self) -> OwnLoop:
        return OwnLoop(self.coaching.snapshot, self.coaching.recommendation.picks)

    @cached_property
    def my_picture(self) -> MyPicture:
        return picture_of(self.coaching, self.at)

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        return cards_of(self.coaching)

    @cached_property
    def behind(self) -> Behind:
        return behind(self.coaching, self.at)

    @cached_property
    def scores(self) -> tuple[ScoreLine, ...]:
        return score_lines(self.coaching, hides_pain=self.hides_pain)

    @property
    def goal(self) -> str:
        return self.coaching.goal

    @property
    def notes(self) -> tuple[str, ...]:
        return notes_of(self.coaching)

    @property
    def costs(self) -> tuple[Cost, ...]:
        return self.coaching.recommendation.costs


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """Whether the plan is kept, the minutes it is for, and what was wrong with others."""

    is_member: bool
    is_kept: bool
    minutes: int
    errors: tuple[str, ...]

    @property
    def own_drawn_by(self) -> tuple[Any, ...]:
        return (self.is_member, self.is_kept, self.minutes, self.errors)

    @property
    def choices(self) -> list[tuple[int, str]]:
        return MinutesADay.choices
