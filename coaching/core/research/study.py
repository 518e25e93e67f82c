"""What a study gets: fields, events and lines, of people who each said yes to it, with nothing in it that names one.

    baseline     how long the pain had lasted, once a person
    week_0 ...   what was answered in the n-th week after a person's first answers, and how often they practised

Dates are moved by a number of days that is secret and the same for all of one person, so that spans stay true. What few
have is joined: a value that fewer than 10 people have becomes "other", with the next rarest until that is 10 people; a
week that fewer than 10 people reached is not told. Of fewer than 10 people nothing is handed out.

Bounds: this makes nobody safe from a reader who knows some of their answers already. The consent says so.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from coaching.core.intake.questionnaires import DURATIONS, GAD_CREDIT, ITEM, PEG_CREDIT
from coaching.core.questions.items import Item
from coaching.core.record.codes import ITEM_CODES
from coaching.core.record.scales import ASKED
from coaching.core.research.dictionary import EVENT, RECORD, Field
from coaching.core.service.suppression import LEAST

BASELINE, WEEKLY = "baseline", "weekly"
BASELINE_EVENT = "baseline_arm_1"
OTHER, OTHER_WORDS = "other", "Other (joined, as few people had it)"
OWN = {"function": "How much of what mattered could you do?", "confidence": "How sure for the coming week?"}
MOST_WEEKS = 26
LONGEST_SHIFT = 365
"""Days, to either side."""

Line = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Week:
    """`number` 0 is the week of the first answers. `answers` are the last of that week, scale items and our own two."""

    number: int
    on: date
    answers: Mapping[str, int] = field(default_factory=dict)
    goes: int = 0


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One person as a study sees them. `shift`: days by which every date of theirs is moved."""

    number: str
    shift: int
    duration: str = ""
    weeks: tuple[Week, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Study:
    fields: tuple[Field, ...]
    events: tuple[str, ...]
    lines: tuple[Line, ...]
    people: int

    @property
    def forms(self) -> dict[str, tuple[str, ...]]:
        """The form of each event, by its unique name."""
        return {event: (BASELINE if event == BASELINE_EVENT else WEEKLY,) for event in self.events}


NOTHING = Study(fields=(), events=(), lines=(), people=0)


def study_of(subjects: Sequence[Subject]) -> Study:
    """Nothing at all of fewer than 10 people."""
    if len(subjects) < LEAST:
        return NOTHING
    durations = joined({one.number: one.duration for one in subjects if one.duration})
    weeks = weeks_told(subjects)
    fields = (*_baseline_fields(set(durations.values())), *_weekly_fields())
    lines = [line for one in sorted(subjects, key=lambda one: one.number) for line in _lines(one, durations, weeks)]
    events = (BASELINE_EVENT, *(week_event(number) for number in sorted(weeks)))
    return Study(fields=fields, events=events, lines=tuple(lines), people=len(subjects))


def joined(values: Mapping[str, str]) -> dict[str, str]:
    """Record -> value, rare ones joined. Where even all that is joined is of fewer than 10 people, nobody has any."""
    counts = Counter(values.values())
    rare: set[str] = set()
    for value, count in sorted(counts.items(), key=lambda one: (one[1], one[0])):
        if count >= LEAST and (not rare or sum(counts[one] for one in rare) >= LEAST):
            break
        rare.add(value)
    if 0 < sum(counts[one] for one in rare) < LEAST:
        return {}
    return {number: OTHER if value in rare else value for number, value in values.items()}


def weeks_told(subjects: Iterable[Subject]) -> frozenset[int]:
    reached = Counter(number for one in subjects for number in {week.number for week in one.weeks})
    return frozenset(number for number, count in reached.items() if count >= LEAST and number <= MOST_WEEKS)


def week_event(number: int) -> str:
    return f"week_{number}_arm_1"


# --- Lines ------------------------------------------------------------------------------


def _lines(one: Subject, durations: Mapping[str, str], weeks: frozenset[int]) -> Iterable[Line]:
    yield {RECORD: one.number, EVENT: BASELINE_EVENT, "duration": durations.get(one.number, "")}
    for week in one.weeks:
        if week.number in weeks:
            yield _line(one, week)


def _line(one: Subject, week: Week) -> Line:
    known = {name: str(value) for name, value in week.answers.items() if name in {*ITEM_CODES, *OWN}}
    day = (week.on + timedelta(days=one.shift)).isoformat()
    return (
        {RECORD: one.number, EVENT: week_event(week.number), "day": day, "goes": str(week.goes)} | known | _sums(week)
    )


def _sums(week: Week) -> Line:
    whole = [scale for scale in ASKED.values() if all(name in week.answers for name in scale.items)]
    return {_figure(scale.slug): str(scale.figure(week.answers)) for scale in whole}


def _figure(slug: str) -> str:
    return f"{slug.replace('-', '')}_figure"


# --- Fields -----------------------------------------------------------------------------


def _baseline_fields(durations: set[str]) -> tuple[Field, ...]:
    choices = {**DURATIONS, OTHER: OTHER_WORDS} if OTHER in durations else dict(DURATIONS)
    return (
        Field(name=RECORD, form=BASELINE, label="Record: a number of chance, of this study alone"),
        Field(name="duration", form=BASELINE, label=ITEM["duration"].question, choices=choices, source="Own question"),
    )


def _weekly_fields() -> tuple[Field, ...]:
    items = tuple(_item_field(ITEM[name], _credit(name)) for name in ITEM_CODES)
    own = tuple(_number(name, label, 10, "Own question, validated by nobody") for name, label in OWN.items())
    figures = (
        Field(name="peg_figure", form=WEEKLY, label="PEG, mean of 3", validation="number", low="0", high="10"),
        _number("gad7_figure", "GAD-7, sum of 7", 21, "Only where all seven were answered"),
        _number("phq4_figure", "PHQ-4, sum of 4", 12, "Only where all four were answered"),
    )
    day = Field(
        name="day",
        form=WEEKLY,
        label="Day of the last answers of this week, moved by a secret number of days",
        validation="date_ymd",
    )
    return (day, _number("goes", "How often they practised in this week", 500, "Counted"), *items, *own, *figures)


def _credit(name: str) -> str:
    return PEG_CREDIT if name.startswith("peg") else GAD_CREDIT


def _item_field(item: Item, source: str) -> Field:
    if item.options:
        choices = {option.code: option.words for option in item.options}
        return Field(name=item.id, form=WEEKLY, label=item.question, choices=choices, source=source)
    return _number(item.id, item.question, item.high, source)


def _number(name: str, label: str, high: int, source: str) -> Field:
    return Field(name=name, form=WEEKLY, label=label, validation="integer", low="0", high=str(high), source=source)
