"""Made-up people of whom something stands in every table, drawn by chance that can be drawn again."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from accounts.models import Profile
from coaching.core.intake.answers import clean
from coaching.core.intake.questionnaires import ITEM, VERSION
from coaching.core.intake.safety import read_safety
from coaching.core.questions.items import Item
from coaching.core.questions.items import Kind as ItemKind
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.core.tools.shapes import OWN, Ask, Kind, Rows, Tool
from coaching.models import (
    Booster,
    BreathPattern,
    CheckIn,
    Comparison,
    ComparisonDay,
    CoursePause,
    CourseRun,
    Ending,
    Intake,
    LessonProgress,
    LogEntry,
    Person,
    Plan,
    PlanChange,
    PlanItem,
    Practice,
    Rhythm,
    ToolEntry,
    UnwantedEffect,
    Week,
    WeekChange,
    WeekReview,
    WeekStep,
)
from coaching.models.sealed_parts import parts_of
from content.models import Lesson, Technique

AT = datetime(2026, 11, 1, 8, tzinfo=UTC)
DAY = AT.date()
LEFT_WITH = ("helped", "signs", "first", "people", "note")
WORDS = ["Walk to the shop", "Größer als früher", "نمشي إلى البيت", "<b>not bold</b>", 'a "quote"\nand a line', "🙂 ok"]


class Chance:
    """One person's rows. Each column that may be empty is, now and then."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.techniques = list(Technique.objects.order_by("slug").values_list("slug", flat=True))
        self.number = 0

    def maybe(self, value: Any) -> Any:
        return value if self.chance.random() < 0.7 else None

    def words(self) -> str:
        return self.chance.choice(WORDS)

    def tenths(self) -> int | None:
        return self.maybe(self.chance.randrange(11))

    def moment(self) -> datetime:
        return AT - timedelta(seconds=self.chance.randrange(10**7), microseconds=self.chance.randrange(10**6))

    def day(self) -> date:
        return DAY - timedelta(days=self.chance.randrange(300))

    def technique(self) -> str:
        return self.chance.choice(self.techniques)

    def id(self) -> str:
        self.number += 1
        return f"client-{self.number}-{self.chance.randrange(10**9)}"

    def intake(self) -> dict[str, Any]:
        """An answer to every question that is kept, as the pages keep it; now and then one that was taken back."""
        told = {
            item.id: self.maybe(clean(item.id, self._told(item))) for item in ITEM.values() if item.id != "self_harm"
        }
        return {**told, "extra_care": True, "asked_directly": True}

    def _told(self, item: Item) -> Any:
        if item.kind is ItemKind.SCALE:
            return self.chance.randrange(item.high + 1)
        if item.kind is ItemKind.TEXT:
            return self.words()
        codes = [*(option.code for option in item.options), *item.among]
        return self.chance.choice(codes) if item.kind is ItemKind.CHOICE else self.chance.sample(codes, 1)

    def written(self, tool: Tool) -> dict[str, Any]:
        """Something in every place of a tool."""
        return {item.id: self._row_or_answer(item) for item in tool.items}

    def _row_or_answer(self, item: Ask | Rows) -> Any:
        if isinstance(item, Ask):
            return self._answer(item)
        lines = [{ask.id: self._answer(ask) for ask in item.asks} for _ in self.some()]
        return [{"key": key, **line} if item.keyed else line for key, line in enumerate(lines, 1)]

    def _answer(self, ask: Ask) -> Any:
        codes = [option.code for option in ask.options]
        told: dict[Kind, Any] = {
            **dict.fromkeys((Kind.PERCENT, Kind.TENTHS, Kind.NUMBER), self.chance.randint(ask.low, ask.high)),
            **dict.fromkeys((Kind.LINE, Kind.TEXT), self.words()),
            Kind.CHOICE: 1 if ask.line_of else self.chance.choice(codes or [""]),
            Kind.TICKS: [*codes[:2], f"{OWN}{self.words()}"],
            Kind.DATE: self.day().isoformat(),
            Kind.TIME: "07:30",
            Kind.YES: True,
        }
        return told[ask.kind]

    def some(self, most: int = 3) -> Sequence[int]:
        return range(self.chance.randrange(1, most + 1))


def a_whole_person(user: Any, seed: int = 1) -> Person:
    """Something in every table; the same for the same seed."""
    draw = Chance(Random(seed))  # noqa: S311 - made-up people, no secret
    person = Person.objects.create(user=user, check_in_from=DAY, pain_rose_at=AT)
    Person.objects.filter(pk=person.pk).update(made_at=draw.moment())
    Profile.objects.create(user=user, name=draw.words()[:20], time_zone="Europe/Berlin", country="DE", minutes_a_day=20)
    for make in (_intakes, _practices, _written, _course, _small_things, _weeks, _endings, _comparisons):
        make(person, draw)
    return person


def _intakes(person: Person, draw: Chance) -> None:
    before = None
    for _ in draw.some():
        row = Intake(person=person, builds_on=before, version=VERSION, reached="pain", started_at=draw.moment())
        row.answers = draw.intake()
        row.changed_at = row.finished_at = draw.moment()
        row.safety_round, row.safety_level = draw.chance.randrange(1, 9), read_safety(row.answers).level or ""
        row.save()
        before = row
    for ended in (AT, None):
        plan = Plan.objects.create(
            person=person,
            intake=before,
            minutes_a_day=20,
            made_at=draw.moment(),
            kept_at=draw.maybe(AT),
            ended_at=ended,
            sure={draw.technique(): {"value": 7, "at": AT.isoformat()}},
            held={draw.technique(): {"place": 2, "why": "flare", "at": AT.isoformat(), "before": 3}},
        )
        for place, technique in enumerate(draw.chance.sample(draw.techniques, 3)):
            PlanItem.objects.create(plan=plan, technique_id=technique, position=place, state="pinned", probability=0.5)
        PlanChange.objects.create(plan=plan, at=draw.moment(), why="asked", given_id=draw.technique())


def _practices(person: Person, draw: Chance) -> None:
    for _ in draw.some(8):
        ratings = {name: draw.tenths() for name in parts_of(Practice) if name != "managed"}
        row = Practice(person=person, technique_id=draw.technique(), client_id=draw.id(), started_at=draw.moment())
        row.seconds, row.guide, row.managed = draw.chance.randrange(4000), "steps", draw.maybe(2)
        for name, value in ratings.items():
            setattr(row, name, value)
        row.save()
        Practice.objects.filter(pk=row.pk).update(received_at=draw.moment())


def _written(person: Person, draw: Chance) -> None:
    for tool in TOOL.values():
        entry = ToolEntry(person=person, tool=tool.slug, client_id=draw.id(), version=3)
        entry.made_at, entry.changed_at = draw.moment(), draw.moment()
        entry.answers = draw.written(tool)
        entry.save()
    for slug in Lesson.objects.order_by("slug").values_list("slug", flat=True)[:3]:
        row = LessonProgress(person=person, lesson_id=slug, percent=draw.chance.randrange(101), done_at=draw.maybe(AT))
        row.notes = {"reflection": draw.words(), "changed": draw.words()}
        row.save()
        LessonProgress.objects.filter(pk=row.pk).update(changed_at=draw.moment())


def _course(person: Person, draw: Chance) -> None:
    run = CourseRun.objects.create(person=person, began_on=draw.day())
    CoursePause.objects.create(run=run, began_on=DAY - timedelta(9), ended_on=DAY - timedelta(2))
    CoursePause.objects.create(run=run, began_on=DAY)


def _small_things(person: Person, draw: Chance) -> None:
    breath = BreathPattern(person=person, breathe_in=4, breathe_out=6, made_at=draw.moment())
    breath.name = draw.words()
    breath.save()
    for place in draw.some():
        row = CheckIn(person=person, day=DAY - timedelta(7 * place), version=VERSION, given_at=AT, changed_at=AT)
        row.answers = {"peg_1": 3, "peg_2": 4, "function": 6, "note": draw.words().strip()}
        row.save()
    for kind in LogEntry.Kind.values:
        entry = LogEntry(person=person, client_id=draw.id(), kind=kind, on=draw.day(), at=draw.moment())
        entry.value, entry.words = draw.maybe(3), {name: draw.words() for name in ("what", "category", "amount")}
        entry.save()
    UnwantedEffect.objects.create(
        person=person,
        technique_id=draw.technique(),
        client_id=draw.id(),
        kind="pain",
        bad="",
        still_there=draw.maybe(True),
        version="1",
        noticed_at=draw.moment(),
    )


def _weeks(person: Person, draw: Chance) -> None:
    rhythm = Rhythm(person=person, began_on=DAY - timedelta(20), ends_on=DAY + timedelta(40), left_at=draw.maybe(AT))
    rhythm.step = {"words": draw.words(), "when": "after breakfast", "where": draw.words()}
    rhythm.save()
    for place in draw.some():
        begins = DAY - timedelta(7 * place)
        week = Week.objects.create(person=person, begins_on=begins, ends_on=begins + timedelta(6), made_at=AT)
        step = WeekStep(week=week, technique_id=draw.technique(), day=begins + timedelta(2), minutes=10, rung=1)
        step.at, step.place, step.done_at, step.why = draw.maybe(time(7, 30)), draw.words(), draw.maybe(AT), "asked"
        step.save()
        told = {"what": "moved", "why": "asked", "day": begins, "to_day": begins + timedelta(3)}
        WeekChange.objects.create(week=week, at=draw.moment(), technique_id=draw.technique(), words="Why", **told)
        WeekReview.objects.create(week=week, at=AT, done=2, planned=3, move="keep", in_the_way=["pain", "tired"])


def _endings(person: Person, draw: Chance) -> None:
    ending = Ending(person=person, at=draw.moment(), kept=[draw.technique()], needs_it_less=draw.maybe(True))
    ending.was_planned, ending.had_reminders = draw.maybe(True) or False, "weekly"
    ending.words = {name: draw.words() for name in LEFT_WITH}
    ending.save()
    for month in (1, 3, 6):
        due = DAY + timedelta(30 * month)
        Booster.objects.create(ending=ending, month=month, due_on=due, doing=draw.tenths(), calm=draw.tenths())


def _comparisons(person: Person, draw: Chance) -> None:
    first, second = draw.chance.sample(draw.techniques, 2)
    drawn = {"first_id": first, "second_id": second, "outcome": "pain", "weeks": 2, "power": draw.chance.random()}
    row = Comparison.objects.create(person=person, began_on=DAY, begun_at=draw.moment(), **drawn)
    for place in range(14):
        on = DAY + timedelta(place)
        ComparisonDay.objects.create(
            comparison=row, on=on, is_first=bool(place % 2), probability=0.5, rating=draw.tenths()
        )
