"""The nights as a drawing: one line a night across 24 hours, so that a regular waking shows as a column.

The 24 hours end eight hours after the usual time to get up, so a night shift is drawn as well as
any other. Numbers are in the units of a 420 wide drawing; the page draws them and adds no sum.
"""

from dataclasses import dataclass
from datetime import date

from coaching.core.tools.sleep_numbers import DAY, NEAR, Night, Nights, clock_of

WIDTH = 420
LEFT = 96
RIGHT = 396
ROW = 26
TOP = 34
AFTER_WAKING = 8 * 60
TICK = 6 * 60


@dataclass(frozen=True, kw_only=True)
class Bar:
    """The line of one night. `dark` is where the light went out and `up` the getting up; either may be missing."""

    on: date
    y: int
    up: float | None
    dark: float | None
    length: float
    is_near: bool
    sleep: int | None


@dataclass(frozen=True, kw_only=True)
class Tick:
    x: float
    words: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    goal_x: float | None
    near_x: float
    near_width: float
    foot: int


def picture_of(nights: Nights) -> Picture | None:
    """None until a night with a time to get up is there to draw."""
    ups = [night.up for night in nights.nights if night.up is not None]
    if not ups:
        return None
    goal = nights.goal
    begins = _begins(ups[-1] if goal is None else goal)
    bars = tuple(_bar(night, begins, TOP + place * ROW) for place, night in enumerate(nights.nights))
    foot = TOP + len(bars) * ROW
    goal_x = None if goal is None else _x(goal, begins)
    half = NEAR / DAY * (RIGHT - LEFT)
    return Picture(
        height=foot + 26,
        bars=bars,
        ticks=tuple(_tick(begins, place) for place in range(DAY // TICK + 1)),
        goal_x=goal_x,
        near_x=0 if goal_x is None else round(goal_x - half, 1),
        near_width=round(2 * half, 1),
        foot=foot,
    )


def _begins(anchor: int) -> int:
    """The full hour at which the drawn 24 hours begin."""
    return (anchor + AFTER_WAKING + 59) // 60 * 60 % DAY


def _x(minutes: int, begins: int) -> float:
    return round(LEFT + (minutes - begins) % DAY / DAY * (RIGHT - LEFT), 1)


def _bar(night: Night, begins: int, y: int) -> Bar:
    up = None if night.up is None else _x(night.up, begins)
    dark = None if night.lights_out is None else _x(night.lights_out, begins)
    # A night that would run over the edge of the drawing is shown as its end alone.
    if up is None or dark is None or dark >= up:
        dark, length = None, 0.0
    else:
        length = round(up - dark, 1)
    return Bar(on=night.on, y=y, up=up, dark=dark, length=length, is_near=night.is_near, sleep=night.sleep)


def _tick(begins: int, place: int) -> Tick:
    at = begins + place * TICK
    return Tick(x=round(LEFT + place * TICK / DAY * (RIGHT - LEFT), 1), words=clock_of(at))
