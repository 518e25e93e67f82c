"""The result page, made from a coaching value: cards with bars, sources by name, and where to begin."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.core.intake.balance import Balance, check_balance
from coaching.core.intake.groups import in_groups
from coaching.core.intake.needs import Snapshot
from coaching.core.intake.questionnaires import CHAPTERS, STEPS
from coaching.core.intake.scores import Incomplete, Score
from coaching.core.person import my_picture
from coaching.core.person.my_picture import Line
from coaching.core.questions.items import Answers
from coaching.core.recommend.suggestion import Exclusion, Left, PageToRead, Pick, Signpost
from coaching.intake.known import told_on
from coaching.plan.knowledge import Source
from coaching.plan.plans import Coaching
from coaching.plan.rungs import Example, Step
from content.core.vocabulary import Grade
from content.models import Lesson

BARS: dict[Grade | None, int] = {
    Grade.A: 4,
    Grade.A_MINUS: 3,
    Grade.B_PLUS: 3,
    Grade.B: 2,
    Grade.B_MINUS: 2,
    Grade.C: 1,
    Grade.D: 0,
}
"""How many of four bars a grade fills: a picture of `Grade`, not a measure."""
BAR_WIDTH = 21
TOLD_FIRST = 2
"""Reasons on the face of a card; the rest stand behind it."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    x: int
    is_on: bool


@dataclass(frozen=True, kw_only=True)
class Card:
    """One pick, ready for the page."""

    pick: Pick
    why: tuple[str, ...]
    bars: tuple[Bar, ...]
    sources: tuple[Source, ...]
    step: Step | None = None
    """The rung of its ladder on which the person stands."""

    example: Example | None = None
    """Its words for the place where it sits."""

    @property
    def own_drawn_by(self) -> tuple[Any, ...]:
        """Beside the rung all of it follows from what the plan was worked out from."""
        return (self.pick.technique, *(self.step.own_drawn_by if self.step else ()))


def cards_of(coaching: Coaching) -> tuple[Card, ...]:
    return tuple(
        Card(
            pick=pick,
            why=pick.why[:TOLD_FIRST],
            bars=bars_of(pick.grade),
            sources=sources_of(coaching, pick.sources),
            step=coaching.steps.of(pick.technique),
            example=coaching.steps.example_of(pick.technique),
        )
        for pick in coaching.recommendation.picks
    )


def bars_of(grade: Grade | None) -> tuple[Bar, ...]:
    on = BARS.get(grade, 0)
    return tuple(Bar(x=place * BAR_WIDTH, is_on=place < on) for place in range(4))


def sources_of(coaching: Coaching, keys: tuple[str, ...]) -> tuple[Source, ...]:
    known = coaching.knowledge.sources
    return tuple(known[key] for key in keys if key in known)


def left_out(coaching: Coaching) -> tuple[Exclusion, ...]:
    """What was left out for safety and may be named, most relevant first.

    Where the person chose it, the page says so above, with the reason; it is not said twice.
    """
    wished = {cost.technique for cost in coaching.recommendation.costs if not cost.was_granted}
    told = [one for one in _named(coaching) if one.kind is not Left.NOT_ADVISED and one.technique not in wished]
    return tuple(sorted(told, key=lambda one: (not one.is_relevant, one.is_reading)))


def not_advised(coaching: Coaching) -> tuple[Exclusion, ...]:
    """What the evidence speaks against for this person's needs."""
    return tuple(one for one in _named(coaching) if one.kind is Left.NOT_ADVISED)


def _named(coaching: Coaching) -> list[Exclusion]:
    return [one for one in coaching.recommendation.exclusions if not one.is_hidden]


@dataclass(frozen=True, kw_only=True)
class Untold:
    """Why something is left out unnamed: what was not answered, and where that can be changed, if anywhere."""

    words: str
    address: str = ""


NOT_ANSWERED = gettext_lazy("Some things are left out because not all of “%(part)s” was answered.")
NOT_SAID = gettext_lazy("Some things are left out because you would rather not say all of “%(part)s”. That is fine.")
SAFE_SIDE = gettext_lazy("Some things are left out to be on the safe side.")


def untold(coaching: Coaching) -> tuple[Untold, ...]:
    """The true cause of each silent exclusion, once. The direct question is never pointed to."""
    hidden = [one for one in coaching.recommendation.exclusions if one.is_hidden]
    return tuple(dict.fromkeys(_untold(one.asked_in, in_groups(coaching.answers)) for one in hidden))


def _untold(item: str, answers: Answers) -> Untold:
    step = next((step for step in STEPS if item in {one.id for one in step.items}), None)
    if step is None:
        return Untold(words=str(SAFE_SIDE))
    words = NOT_SAID if "skip" in (answers.get(item) or ()) else NOT_ANSWERED
    part = CHAPTERS.get(step.chapter, step.title)
    return Untold(words=words % {"part": part}, address=step.chapter or step.slug)


@dataclass(frozen=True, kw_only=True)
class Page:
    """Something to read, with the lessons that hold it."""

    to_read: PageToRead
    lessons: tuple[Lesson, ...]


def pages_to_read(coaching: Coaching, at: datetime) -> tuple[Page, ...]:
    suggested = coaching.recommendation.to_read
    lessons = [lesson for lesson in coaching.knowledge.lessons if lesson.is_published(at)]
    return tuple(
        Page(to_read=one, lessons=tuple(row for row in lessons if row.technique_id == one.technique))
        for one in suggested
    )


@dataclass(frozen=True, kw_only=True)
class Behind:
    """What stands behind a suggestion, beside the scales."""

    left_out: tuple[Exclusion, ...]
    untold: tuple[Untold, ...]
    not_advised: tuple[Exclusion, ...]
    pages: tuple[Page, ...]
    signposts: tuple[Signpost, ...]
    balance: Balance

    @property
    def own_drawn_by(self) -> tuple[str, ...]:
        """Which lessons are there is told by the clock too; the rest follows from the answers."""
        return tuple(slug for page in self.pages for slug in ("page", *(lesson.slug for lesson in page.lessons)))


def behind(coaching: Coaching, at: datetime) -> Behind:
    return Behind(
        left_out=left_out(coaching),
        untold=untold(coaching),
        not_advised=not_advised(coaching),
        pages=pages_to_read(coaching, at),
        signposts=coaching.recommendation.signposts,
        balance=check_balance(coaching.answers.get("using_now")),
    )


@dataclass(frozen=True, kw_only=True)
class ScoreLine:
    """One scale in plain words."""

    name: str
    figure: str
    meaning: str
    told_on: datetime | None = None
    """When, where that was before the newest answers: the earliest day of any of its questions."""


NAMES = {
    "PEG": gettext_lazy("Pain, and how much it gets in the way (PEG)"),
    "GAD-7": gettext_lazy("Worry and being on edge (GAD-7)"),
    "GAD-2": gettext_lazy("Worry and being on edge (GAD-2, two questions)"),
    "PHQ-2": gettext_lazy("Low mood (PHQ-2, two questions)"),
}
QUESTIONS = {
    "PEG": ("peg_1", "peg_2", "peg_3"),
    "GAD-7": tuple(f"gad_{number}" for number in range(1, 8)),
    "GAD-2": ("gad_1", "gad_2"),
    "PHQ-2": ("phq_1", "phq_2"),
}
MARKS = {
    "positive": "at or over the mark where a closer look can help",
    "negative": "under the mark where a closer look is advised",
}


def score_lines(coaching: Coaching, *, hides_pain: bool = False) -> tuple[ScoreLine, ...]:
    """The scales answered in full. The two-item worry scale only where the long one was not answered."""
    scores = coaching.snapshot.scores
    worry = scores.gad2 if isinstance(scores.gad7, Incomplete) else scores.gad7
    counted = [score for score in (scores.peg, worry, scores.phq2) if not isinstance(score, Incomplete)]
    days = told_on(coaching.plan.person, coaching.plan.intake)
    lines = (_line(score, is_hidden=hides_pain and score.tool == "PEG") for score in counted)
    last = coaching.plan.intake.finished_at
    return tuple(replace(line, told_on=_earlier(days, score, last)) for line, score in zip(lines, counted, strict=True))


def _earlier(days: Mapping[str, datetime], score: Score, last: datetime | None) -> datetime | None:
    first = min(days[question] for question in QUESTIONS[score.tool])
    return first if last and first.date() < last.date() else None


def _line(score: Score, *, is_hidden: bool) -> ScoreLine:
    figure = "" if is_hidden else _figure(score)
    return ScoreLine(name=str(NAMES[score.tool]), figure=figure, meaning=str(MARKS.get(score.band, score.band)))


def _figure(score: Score) -> str:
    return _("%(shown)s of 10") % {"shown": score.shown} if score.tool == "PEG" else score.shown


MOST_NAMED = 2
ROOM_FOR = {
    "family": "time with family",
    "friends": "friends and company",
    "work": "work or study",
    "home": "your home and daily tasks",
    "body": "moving and being outdoors",
    "play": "hobbies and fun",
    "rest": "rest and good sleep",
    "faith": "faith or spirit",
    "learning": "learning and making things",
    "giving": "helping others",
}
"""What matters to a person, as it ends "so that there is more room for ..."."""


@dataclass(frozen=True, kw_only=True)
class PictureLine:
    """`question` is what the line answers. `lesson` is None where none is published."""

    question: str
    line: Line
    lesson: Lesson | None


@dataclass(frozen=True, kw_only=True)
class MyPicture:
    """`hope` is what it is for, in what they ticked; `has_corrections`: something was said not to be it."""

    lines: tuple[PictureLine, ...]
    hope: str
    has_corrections: bool

    @property
    def own_drawn_by(self) -> tuple[str, ...]:
        """Which lessons it leads to is told by the clock too; the rest follows from the answers."""
        return tuple(one.lesson.slug if one.lesson else "" for one in self.lines)


def picture_of(coaching: Coaching, at: datetime) -> MyPicture:
    snapshot = coaching.snapshot
    keeps = my_picture.keeps(snapshot.told, snapshot.needs, snapshot.inactive, snapshot.not_it)
    start = my_picture.starts(snapshot.told, snapshot.needs, snapshot.not_it, keeps)
    asked = [("What starts it", start), ("What keeps it going", keeps)]
    if coaching.recommendation.picks:
        asked.append(("Where it can open", _opening(coaching, at)))
    return MyPicture(
        lines=tuple(
            PictureLine(question=question, line=line, lesson=_lesson_called(coaching, line.lesson, at))
            for question, line in asked
        ),
        hope=hope_in(coaching.answers.get("values", ())),
        has_corrections=bool(snapshot.not_it),
    )


def may_be_corrected(snapshot: Snapshot, about: str) -> bool:
    """Whether something that is named can be answered with "that is not it"."""
    known = {need.value for need in snapshot.needs} | {trigger.value for trigger in snapshot.told.triggers}
    return about in known | {my_picture.INACTIVE}


def hope_in(values: list[str] | tuple[str, ...]) -> str:
    named = [ROOM_FOR[value] for value in ROOM_FOR if value in values][:MOST_NAMED]
    return f"So that there is more room for {' and for '.join(named)}." if named else ""


def _opening(coaching: Coaching, at: datetime) -> Line:
    pick = coaching.recommendation.picks[0]
    lesson = next((row for row in _published(coaching, at) if row.technique_id == pick.technique), None)
    return my_picture.opens(pick.place, pick.short_name, lesson.slug if lesson else "")


def _lesson_called(coaching: Coaching, slug: str, at: datetime) -> Lesson | None:
    return next((row for row in _published(coaching, at) if row.slug == slug), None)


def _published(coaching: Coaching, at: datetime) -> list[Lesson]:
    return [row for row in coaching.knowledge.lessons if row.is_published(at)]
