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
own practical choice, as in the pacing planner. What is said is the library's (`own_length` in the file
of the guide).
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
class WalkWords:
    """`spell` is said in the first one, `again` in each after it; `turn` stands in for `slow` where one turns back."""

    begin: str
    spell: str
    again: str
    slow: str
    turn: str
    close: str


@dataclass(frozen=True, kw_only=True)
class WalkPlan:
    """`steps` are those of a guide; `weeks` are minutes, this week first."""

    minutes: int
    steps: tuple[Step, ...]
    weeks: tuple[int, ...]


def walk_plan(minutes: int, words: WalkWords) -> WalkPlan:
    """The walk of that many minutes. ValueError outside `LEAST` to `MOST`."""
    if not LEAST <= minutes <= MOST:
        raise ValueError(f"a walk takes {LEAST} to {MOST} minutes")
    return WalkPlan(minutes=minutes, steps=tuple(_steps(minutes * 60, words)), weeks=_weeks(minutes))


def _weeks(minutes: int) -> tuple[int, ...]:
    levels = [min(Fraction(MOST), minutes * TENTH_MORE**week) for week in range(WEEKS)]
    return tuple(int(level) for level in levels)


def _steps(total: int, words: WalkWords) -> list[Step]:
    end = min(total // 5, LONGEST_END)
    spells = _spells(total - 2 * end)
    begin = _step(words.begin, end)
    close = _step(words.close, end)
    return [begin, *_between(spells, end, total, words), close]


def _spells(seconds: int) -> list[int]:
    """As few spells as fit, of nearly the same length, leaving room for the slow halves of a minute between them."""
    count = -(-(seconds + SLOW) // (LONGEST_SPELL + SLOW))
    walking = seconds - SLOW * (count - 1)
    return [walking // count + (1 if place < walking % count else 0) for place in range(count)]


def _between(spells: list[int], gone: int, total: int, words: WalkWords) -> list[Step]:
    steps: list[Step] = []
    slows: list[tuple[int, int]] = []
    for place, seconds in enumerate(spells):
        steps.append(_step(words.again if place else words.spell, seconds))
        gone += seconds
        if place < len(spells) - 1:
            slows.append((abs(2 * gone - total), len(steps)))
            steps.append(_step(words.slow, SLOW, "check"))
            gone += SLOW
    if slows:
        steps[min(slows)[1]] = _step(words.turn, SLOW, "bell")
    return steps


def _step(words: str, seconds: int, cue: str = "walk") -> Step:
    return Step(words=words, seconds=seconds, cue=cue)
