"""An easy walk of one's own length, in spells, and what the next weeks would ask.

    slow at both ends   a fifth of the walk each, at most two minutes
    between             spells at a pace at which one could talk, three minutes at most, each
                        followed by half a minute slowly; nothing is said of speed
    the turn            at the slow half minute nearest to half of the time, so that one gets home
    the weeks           a tenth more each week and never more than 30 minutes; the exact amount is
                        carried on and only what is shown is rounded down

The length is the person's own baseline: what they manage on most days, even a poor one. Minutes
are whole, `LEAST` to `MOST`. Source of the range: 5 to 10 minutes at first, up to 30 minutes on
five days a week by half a year (WalkBack, evidence section 5). The spells and the tenth are our
own practical choice, as in the pacing planner.
"""

from dataclasses import dataclass
from fractions import Fraction

from content.core.steps import Step

LEAST = 2
MOST = 30
USUAL = 8
WEEKS = 8
TENTH_MORE = Fraction(11, 10)
LONGEST_END = 120
LONGEST_SPELL = 180
SLOW = 30


@dataclass(frozen=True, kw_only=True)
class WalkPlan:
    """`steps` are those of a guide; `weeks` are minutes, this week first."""

    minutes: int
    steps: tuple[Step, ...]
    weeks: tuple[int, ...]


def walk_plan(minutes: int) -> WalkPlan:
    """The walk of that many minutes. ValueError outside `LEAST` to `MOST`."""
    if not LEAST <= minutes <= MOST:
        raise ValueError(f"a walk takes {LEAST} to {MOST} minutes")
    return WalkPlan(minutes=minutes, steps=tuple(_steps(minutes * 60)), weeks=_weeks(minutes))


def _weeks(minutes: int) -> tuple[int, ...]:
    levels = [min(Fraction(MOST), minutes * TENTH_MORE**week) for week in range(WEEKS)]
    return tuple(int(level) for level in levels)


def _steps(total: int) -> list[Step]:
    end = min(total // 5, LONGEST_END)
    spells = _spells(total - 2 * end)
    begin = _step("Start slowly. Let your arms swing as they like.", end)
    close = _step("Last part. Slow down bit by bit, and come to a stop.", end)
    return [begin, *_between(spells, end, total), close]


def _spells(seconds: int) -> list[int]:
    """As few spells as fit, of nearly the same length, leaving room for the slow halves of a minute between them."""
    count = -(-(seconds + SLOW) // (LONGEST_SPELL + SLOW))
    walking = seconds - SLOW * (count - 1)
    return [walking // count + (1 if place < walking % count else 0) for place in range(count)]


def _between(spells: list[int], gone: int, total: int) -> list[Step]:
    steps: list[Step] = []
    slows: list[tuple[int, int]] = []
    for place, seconds in enumerate(spells):
        steps.append(
            _step("Walk at a pace at which you could chat." if place == 0 else "Walk on at your pace.", seconds)
        )
        gone += seconds
        if place < len(spells) - 1:
            slows.append((abs(2 * gone - total), len(steps)))
            steps.append(_step("Slower now. Could you still chat? Let your shoulders drop.", SLOW, "check"))
            gone += SLOW
    if slows:
        steps[min(slows)[1]] = _step("Slower now. Turn back here, so that you get home in good shape.", SLOW, "bell")
    return steps


def _step(words: str, seconds: int, cue: str = "walk") -> Step:
    return Step(words=words, seconds=seconds, cue=cue)
