"""The summary: one page that a clinician reads in a minute, made of what its person chose and of nothing else.

`summary_of` is the only way to one. It takes all that might be told (`Material`) and what was chosen (`Choice`), so
that what was not ticked, or lies outside the weeks, is nowhere in what comes out. No id is in it, and no words of the
person's own that were not ticked. Scores are judged from the chosen weeks alone (`coaching/core/progress/judging.py`).
Lists are cut to what one page holds; `Summary.left_out` says how many lines of each were left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from coaching.core.learning.verdict import Judged as OwnGoes
from coaching.core.progress.judging import Judged, judge
from coaching.core.progress.scales import PAINFUL, Reading, Scale
from coaching.core.summary.choice import (
    LONGEST_AMOUNT,
    LONGEST_GOAL,
    LONGEST_NAME,
    LONGEST_QUESTION,
    LONGEST_STEP,
    LONGEST_TREATMENT,
    MOST_QUESTIONS,
    Choice,
    Part,
)
from content.core.vocabulary import Level

MOST_PRACTISED, MOST_SIGNS, MOST_UNWANTED, MOST_TREATMENTS, MOST_MATTERS = 5, 6, 5, 5, 5
MOST_DAYS = 4
"""Of one danger sign: the newest."""

Line = TypeVar("Line")


@dataclass(frozen=True, kw_only=True)
class Practised:
    """One technique in these weeks, whether the library offers it still or not.

    `judged`: what the person's own goes say of it; None for what is not judged by ratings.
    """

    name: str
    goes: int
    last_on: date
    judged: OwnGoes | None = None


@dataclass(frozen=True, kw_only=True, order=True)
class Told:
    """A day on which something was told. Not exact: on that day or before it, which is all that is known."""

    on: date
    is_exact: bool = True


@dataclass(frozen=True, kw_only=True)
class Flagged:
    """A danger sign that was ticked, in the words that were asked, and the days on which it was told, newest first.

    On a summary these are days of the chosen weeks alone; `more` counts those that were left out for room.
    """

    words: str
    level: Level
    days: tuple[Told, ...]
    more: int = 0


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """An unwanted effect, told once or more. `still_there` is None where that was not told."""

    words: str
    with_what: str
    times: int
    last_on: date
    is_bad: bool = False
    still_there: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Treated:
    """One entry of a treatment or a medicine in the log. Both texts are the person's own."""

    on: date
    what: str = ""
    amount: str = ""


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """The entries that go by one name; `what` is empty where the words were not ticked."""

    days: int
    last_on: date
    what: str = ""
    amount: str = ""


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What the plan asks for next: a technique by its name, and how much of it."""

    name: str
    amount: str = ""


@dataclass(frozen=True, kw_only=True)
class Material:
    """All of one person that a summary may tell. Days are those of their own time zone; lists are in any order."""

    series: Mapping[Scale, Sequence[Reading]] = field(default_factory=dict)
    practised: Sequence[Practised] = ()
    """Of the chosen weeks: what goes say depends on which of them count."""

    flagged: Sequence[Flagged] = ()
    noticed: Sequence[Noticed] = ()
    """Of the chosen weeks, as how often is told."""

    treated: Sequence[Treated] = ()
    goal: str = ""
    matters: Sequence[str] = ()
    next_step: NextStep | None = None
    small_step: str = ""


@dataclass(frozen=True, kw_only=True)
class Score:
    """One scale: its readings in the chosen weeks, oldest first, and what they may be said to show."""

    scale: Scale
    readings: tuple[Reading, ...]
    judged: Judged


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What leaves, and all that leaves. A part that was not chosen is empty, and not among `parts`."""

    made_on: date
    since: date
    language: str
    parts: tuple[Part, ...]
    name: str = ""
    born: date | None = None
    scores: tuple[Score, ...] = ()
    practised: tuple[Practised, ...] = ()
    flagged: tuple[Flagged, ...] = ()
    noticed: tuple[Noticed, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    goal: str = ""
    matters: tuple[str, ...] = ()
    next_step: NextStep | None = None
    small_step: str = ""
    questions: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Name of a list -> how many lines more than fit."""

    def has(self, part: Part) -> bool:
        return part in self.parts


def summary_of(material: Material, choice: Choice, *, today: date) -> Summary:
    """Exactly what leaves. `today` is a day of the person's own calendar."""
    lists = {
        "practised": _listed(choice, Part.PRACTISED, _practised(material, choice, today)),
        "flagged": _listed(choice, Part.DANGER, _flagged(material, choice, today)),
        "noticed": _listed(choice, Part.UNWANTED, _noticed(material, choice, today)),
        "treatments": _listed(choice, Part.TREATMENTS, _treatments(material, choice, today)),
        "matters": _listed(choice, Part.NEXT, tuple(material.matters)),
    }
    return Summary(
        made_on=today,
        since=choice.begins(today),
        language=choice.language,
        parts=tuple(part for part in Part if choice.has(part)),
        name=_cut(choice.name, LONGEST_NAME),
        born=choice.born,
        scores=_scores(material, choice, today),
        goal=_cut(material.goal, LONGEST_GOAL) if choice.has(Part.GOAL_WORDS) else "",
        next_step=material.next_step if choice.has(Part.NEXT) else None,
        small_step=_cut(material.small_step, LONGEST_STEP) if choice.has(Part.STEP_WORDS) else "",
        questions=tuple(_cut(one, LONGEST_QUESTION) for one in choice.questions if one.strip())[:MOST_QUESTIONS],
        left_out={name: len(lines) - MOST[name] for name, lines in lists.items() if len(lines) > MOST[name]},
        **{name: lines[: MOST[name]] for name, lines in lists.items()},  # type: ignore[arg-type]
    )


MOST = {
    "practised": MOST_PRACTISED,
    "flagged": MOST_SIGNS,
    "noticed": MOST_UNWANTED,
    "treatments": MOST_TREATMENTS,
    "matters": MOST_MATTERS,
}


def _cut(words: str, longest: int) -> str:
    """One line without a break, and three dots where some of it is left out."""
    line = " ".join(words.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _listed(choice: Choice, part: Part, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return lines if choice.has(part) else ()


def _scores(material: Material, choice: Choice, today: date) -> tuple[Score, ...]:
    if not choice.has(Part.SCORES):
        return ()
    told = [scale for scale in material.series if choice.has(Part.PAIN) or scale.slug not in PAINFUL]
    scores = [_score(scale, material.series[scale], choice, today) for scale in told]
    answered = [score for score in scores if score is not None]
    # The whole of the worry scale holds its two first questions too.
    has_whole = any(score.scale.slug == "gad7" for score in answered)
    return tuple(score for score in answered if not (has_whole and score.scale.slug == "gad2"))


def _score(scale: Scale, readings: Sequence[Reading], choice: Choice, today: date) -> Score | None:
    counted = tuple(sorted((one for one in readings if choice.holds(one.on, today)), key=lambda one: one.on))
    judged = judge(scale, counted)
    return Score(scale=scale, readings=counted, judged=judged) if judged else None


def _practised(material: Material, choice: Choice, today: date) -> tuple[Practised, ...]:
    counted = (one for one in material.practised if choice.holds(one.last_on, today))
    return tuple(sorted(counted, key=lambda one: (-one.goes, one.name)))


def _flagged(material: Material, choice: Choice, today: date) -> tuple[Flagged, ...]:
    """The most urgent first; what was told before these weeks alone is not on it."""
    urgency = list(Level)
    told = (_within(one, choice, today) for one in material.flagged)
    counted = (one for one in told if one.days)
    return tuple(sorted(counted, key=lambda one: (urgency.index(one.level), -one.days[0].on.toordinal(), one.words)))


def _within(one: Flagged, choice: Choice, today: date) -> Flagged:
    """With the days of these weeks on which it was really told. Where one is known exactly, it is said so."""
    days: dict[date, Told] = {told.on: told for told in sorted(one.days) if choice.holds(told.on, today)}
    newest = tuple(days[on] for on in sorted(days, reverse=True))
    return replace(one, days=newest[:MOST_DAYS], more=len(newest[MOST_DAYS:]))


def _noticed(material: Material, choice: Choice, today: date) -> tuple[Noticed, ...]:
    """What is bad and still there first, then the newest."""
    counted = (one for one in material.noticed if choice.holds(one.last_on, today))
    return tuple(sorted(counted, key=lambda one: (not one.is_bad, -one.last_on.toordinal(), one.words)))


def _treatments(material: Material, choice: Choice, today: date) -> tuple[Treatment, ...]:
    """By name where words were ticked, else in one line without any."""
    counted = sorted((one for one in material.treated if choice.holds(one.on, today)), key=lambda one: one.on)
    with_words = choice.has(Part.TREATMENT_WORDS)
    named: dict[str, list[Treated]] = {}
    for one in counted:
        named.setdefault(one.what if with_words else "", []).append(one)
    treatments = (_treatment(what, several, with_words=with_words) for what, several in named.items())
    return tuple(sorted(treatments, key=lambda one: (-one.days, one.what)))


def _treatment(what: str, several: Sequence[Treated], *, with_words: bool) -> Treatment:
    """`several` are oldest first. The amount is the newest one that was told."""
    amounts = [one.amount for one in several if one.amount] if with_words else []
    return Treatment(
        what=_cut(what, LONGEST_TREATMENT),
        days=len({one.on for one in several}),
        last_on=several[-1].on,
        amount=_cut(amounts[-1], LONGEST_AMOUNT) if amounts else "",
    )
