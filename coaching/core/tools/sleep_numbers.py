"""What a sleep diary adds up to: hours slept, and how near to one time the getting up was.

Clock times are taken as they stood on the clock; a change of clocks in the night is not counted.
"Near" is within 30 minutes of the time the person chose: our own choice, no study behind it.
Nothing here says how long anyone should sleep or be in bed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coaching.core.tools.shapes import Answers

DAY = 24 * 60
NEAR = 30
SHOWN_NIGHTS = 14
LONGEST_NIGHT = 16 * 60


@dataclass(frozen=True, kw_only=True)
class Night:
    """One night. Clock times are minutes since midnight; `slept` is in minutes; `sleep` 0 to 10, 10 best."""

    on: date
    up: int | None = None
    goal: int | None = None
    sleep: int | None = None
    lights_out: int | None = None
    slept: int | None = None

    @property
    def drift(self) -> int | None:
        """Minutes later (or, below 0, earlier) than the chosen time."""
        return None if self.up is None or self.goal is None else apart(self.up, self.goal)

    @property
    def is_near(self) -> bool:
        return self.drift is not None and abs(self.drift) <= NEAR


@dataclass(frozen=True, kw_only=True)
class Slept:
    minutes: int
    sums: str


@dataclass(frozen=True, kw_only=True)
class Nights:
    """`nights` oldest first, at most 14, one a day."""

    nights: tuple[Night, ...]

    @property
    def near(self) -> int:
        return sum(night.is_near for night in self.nights)

    @property
    def with_goal(self) -> int:
        return sum(night.drift is not None for night in self.nights)

    @property
    def ratings(self) -> list[int]:
        return [night.sleep for night in self.nights if night.sleep is not None]

    @property
    def lengths(self) -> list[int]:
        return [night.slept for night in self.nights if night.slept is not None]

    @property
    def goal(self) -> int | None:
        """The time to get up that was chosen last."""
        return next((night.goal for night in reversed(self.nights) if night.goal is not None), None)


def minutes_of(clock: str | None) -> int | None:
    """ "07:30" is 450."""
    if not clock:
        return None
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def clock_of(minutes: int) -> str:
    return f"{minutes % DAY // 60:02}:{minutes % 60:02}"


def length_of(minutes: int) -> str:
    """450 is "7 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )


def apart(one: int, other: int) -> int:
    """Minutes from `other` to `one` the short way round the clock, from -720 to 719."""
    return (one - other + DAY // 2) % DAY - DAY // 2


def slept(answers: Answers) -> Slept | None:
    """Time asleep, when the light, the waking and at least nothing impossible were noted; else None."""
    dark, woke = minutes_of(answers.get("lights_out")), minutes_of(answers.get("woke") or answers.get("up"))
    if dark is None or woke is None:
        return None
    whole = (woke - dark) % DAY
    lost = [(answers[name], words) for name, words in LOST.items() if answers.get(name)]
    rest = whole - sum(minutes for minutes, _ in lost)
    if whole > LONGEST_NIGHT or rest < 0:
        return None
    less = "".join(f", less {length_of(minutes)} {words}" for minutes, words in lost)
    sums = f"{clock_of(dark)} to {clock_of(woke)} is {length_of(whole)}{less}"
    return Slept(minutes=rest, sums=f"{sums}, makes {length_of(rest)}." if lost else f"{sums}.")


LOST = {"to_sleep": "until you slept", "awake": "awake in the night"}


def is_muddled(answers: Answers) -> bool:
    """Whether times were noted that cannot belong to one night."""
    noted = answers.get("lights_out") and (answers.get("woke") or answers.get("up"))
    return bool(noted) and slept(answers) is None


def night_of(answers: Answers) -> Night | None:
    if not answers.get("on"):
        return None
    length = slept(answers)
    return Night(
        on=date.fromisoformat(answers["on"]),
        up=minutes_of(answers.get("up")),
        goal=minutes_of(answers.get("wake_goal")),
        sleep=answers.get("sleep"),
        lights_out=minutes_of(answers.get("lights_out")),
        slept=length.minutes if length else None,
    )


def nights_of(entries: Iterable[Mapping]) -> Nights:
    """The newest 14 nights of a diary. `entries` come newest first; of two for one day the newer counts."""
    on_day: dict[date, Night] = {}
    for answers in entries:
        night = night_of(answers)
        if night:
            on_day.setdefault(night.on, night)
    days = sorted(on_day)[-SHOWN_NIGHTS:]
    return Nights(nights=tuple(on_day[day] for day in days))


def mean(values: Sequence[int]) -> float:
    return sum(values) / len(values)
