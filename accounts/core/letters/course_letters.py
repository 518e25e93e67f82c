"""Which letter about the course somebody is due, from dates and counts alone.

The idea: a letter comes when it can be of use, and never scolds. Nobody who has not begun is written to; whoever
has finished is only told so, once, while it is fresh; whoever is gone for long is left in peace.

Bounds, in days, all ours and untested (no source names better ones):
- the next lesson is open: 2 to 20 after the last one was finished, so that there is a night between two lessons;
  a week for practice may lie between them, and whoever was last here 14 or more ago is away instead;
- has been away: 14 to 60 after anything was done;
- well done: up to 7 after a lesson was finished with which half of the course is done;
- the last lesson: up to 14 after it was finished.
"""

from dataclasses import dataclass
from datetime import date

LESSON_OPEN, AWAY, WELL_DONE, LAST_LESSON = "lesson_open", "away", "well_done", "last_lesson"
OPEN_AFTER, OPEN_FOR, AWAY_AFTER, GONE_AFTER = 2, 20, 14, 60
WELL_DONE_FOR, LAST_LESSON_FOR = 7, 14


@dataclass(frozen=True, kw_only=True)
class CourseFacts:
    """Lessons in the course, how many are done, when the last of those was, and when anything was done at all.

    `open_lesson` is the place in the course of the next lesson, where that is open; while the course rests, none is.
    """

    lessons: int
    done: int
    last_done_on: date | None
    active_on: date | None
    open_lesson: int | None = None


def occasions(facts: CourseFacts, on: date) -> frozenset[str]:
    """What is true of them on this day; several may be, and the sending takes one at a time."""
    if not (facts.lessons and facts.done and facts.last_done_on):
        return frozenset()
    days = (on - facts.last_done_on).days
    if facts.done >= facts.lessons:
        return frozenset({LAST_LESSON} if 0 <= days <= LAST_LESSON_FOR else ())
    return frozenset(_under_way(facts, days=days, idle=(on - (facts.active_on or facts.last_done_on)).days))


def _under_way(facts: CourseFacts, *, days: int, idle: int) -> set[str]:
    due = set()
    if AWAY_AFTER <= idle <= GONE_AFTER:
        due.add(AWAY)
    elif facts.open_lesson and idle < AWAY_AFTER and OPEN_AFTER <= days <= OPEN_FOR:
        due.add(LESSON_OPEN)
    if 2 * facts.done >= facts.lessons and 0 <= days <= WELL_DONE_FOR:
        due.add(WELL_DONE)
    return due
