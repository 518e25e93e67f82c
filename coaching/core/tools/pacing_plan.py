"""From good and bad days to a start, and from the start to the weeks.

    start   the shorter of the usual good day and the usual bad day, less a fifth, rounded down
    a week to plan   a tenth more the next week
    a hard week      the same again
    a flare          half, and up again from there

The usual day is the mean of the days noted. The exact amount is carried on and only what is
shown is rounded down, so small amounts stay the same for a week or two and nothing is lost.
Amounts are whole numbers of the person's own unit, at least 1. All of it is a pragmatic
choice (evidence section 5, pacing: "by plan not by pain"), and the page says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from coaching.core.tools.shapes import Answers

LESS_A_FIFTH = Fraction(4, 5)
STEP = {"plan": Fraction(11, 10), "hard": Fraction(1), "flare": Fraction(1, 2)}
SHOWN_WEEKS = 8
SHOWN_AHEAD = 4
LAST_WEEK = 26
FARTHEST = 104
DAY_WORDS = {"good": "Good days", "bad": "Bad days", "": "Days"}


@dataclass(frozen=True, kw_only=True)
class Start:
    """`usual` maps a kind of day ("good", "bad" or "" when not said) to its mean amount."""

    amount: int
    usual: Mapping[str, Fraction]
    sums: str


@dataclass(frozen=True, kw_only=True)
class Week:
    """One week. `went` and `done` are empty until it is noted. `total` is 0 when the days are not known."""

    number: int
    amount: int
    starts: date | None = None
    total: int = 0
    went: str = ""
    done: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PacingPlan:
    start: Start
    weeks: tuple[Week, ...]
    unit: str
    days: int | None
    goal: int | None
    goal_week: int | None

    @property
    def next_week(self) -> Week | None:
        return next((week for week in self.weeks if not week.went), None)

    @property
    def most(self) -> int:
        return max(week.amount for week in self.weeks)


def start_of(answers: Answers) -> Start | None:
    """The start, or None while no day is noted."""
    amounts_of: dict[str, list[int]] = {}
    for row in answers.get("tries", []):
        if "amount" in row:
            amounts_of.setdefault(row.get("kind", ""), []).append(row["amount"])
    if not amounts_of:
        return None
    usual = {kind: Fraction(sum(amounts), len(amounts)) for kind, amounts in amounts_of.items()}
    shorter = min(usual, key=lambda kind: usual[kind])
    exact = usual[shorter] * LESS_A_FIFTH
    amount = max(1, int(exact))
    mean = _mean_sum(DAY_WORDS[shorter], amounts_of[shorter])
    sums = f"{mean} Less a fifth: {plain(usual[shorter])} × 0.8 = {plain(exact)}"
    return Start(amount=amount, usual=usual, sums=f"{sums}{_rounded(exact, amount)}.")


def plan_of(answers: Answers) -> PacingPlan | None:
    """The weeks as planned, following what was noted of those behind."""
    start = start_of(answers)
    if start is None:
        return None
    noted = {row["week"]: row for row in answers.get("weeks", []) if "week" in row}
    goal = answers.get("goal")
    levels = _levels(start.amount, noted, goal)
    shown = min(LAST_WEEK, max(SHOWN_WEEKS, max(noted, default=0) + SHOWN_AHEAD))
    return PacingPlan(
        start=start,
        weeks=tuple(
            _week(number, levels[number - 1], noted.get(number, {}), answers) for number in range(1, shown + 1)
        ),
        unit=answers.get("unit") or "minutes",
        days=answers.get("days"),
        goal=goal,
        goal_week=_first_at(levels, goal),
    )


def plain(value: Fraction) -> str:
    """At most one decimal, and none where it is whole."""
    return str(int(value)) if value.denominator == 1 else f"{float(value):.1f}"


def _levels(start: int, noted: Mapping[int, Mapping], goal: int | None) -> list[Fraction]:
    level = Fraction(start)
    levels = []
    for number in range(1, FARTHEST + 1):
        level = min(level, Fraction(goal)) if goal else level
        levels.append(level)
        level = max(Fraction(1), level * STEP[noted.get(number, {}).get("went", "plan")])
    return levels


def _week(number: int, level: Fraction, noted: Mapping, answers: Answers) -> Week:
    begins = answers.get("from_day")
    return Week(
        number=number,
        amount=int(level),
        starts=date.fromisoformat(begins) + timedelta(weeks=number - 1) if begins else None,
        total=int(level) * answers.get("days", 0),
        went=noted.get("went", ""),
        done=noted.get("done"),
        note=noted.get("note", ""),
    )


def _first_at(levels: list[Fraction], goal: int | None) -> int | None:
    if not goal:
        return None
    return next((number for number, level in enumerate(levels, start=1) if level >= goal), None)


def _mean_sum(words: str, amounts: list[int]) -> str:
    mean = plain(Fraction(sum(amounts), len(amounts)))
    if len(amounts) == 1:
        return f"{words}: {mean}."
    return f"{words}: ({' + '.join(map(str, amounts))}) / {len(amounts)} = {mean}."


def _rounded(exact: Fraction, amount: int) -> str:
    if exact == amount:
        return ""
    return f", rounded down to {amount}" if exact > amount else f", and at least {amount}"
