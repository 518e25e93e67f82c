"""The course of six lessons over eight weeks, and where somebody stands in it.

Idea: a week of the course brings one lesson or none (then there is time to practise). Its clock
stands still while the course is paused. A lesson opens when its week has come and the lesson
before it is done, so that nothing piles up; one that was begun early is open as well. Nothing is
ever late: what was not read waits, and no date closes a lesson.

Bounds: six lessons, numbered from 1, and eight weeks, numbered from 1. Days are calendar days of
the person. After the eighth week the clock goes on, and the week stays 8.

The rhythm (few, short, dated lessons, with feedback) is that of the courses that people finish
most; the number of weeks and which of them are for practice are our own choice.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

WEEKS = 8
WEEK_OF_LESSON = {1: 1, 2: 2, 3: 3, 4: 5, 5: 6, 6: 7}
"""Lesson -> the week in which it opens. Weeks 4 and 8 are for practice."""

LESSONS = tuple(WEEK_OF_LESSON)


class CourseError(ValueError):
    """Pauses that overlap, that end before they begin, or of which one that is not the last is still open."""


class State(StrEnum):
    DONE = "done"
    OPEN = "open"
    WAITS = "waits"


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Days on which the clock stands still: from `began` up to, not with, `ended`. None: it still does."""

    began: date
    ended: date | None = None


@dataclass(frozen=True, kw_only=True)
class Course:
    """One person's course. `done` and `begun` hold numbers of lessons; others are passed over."""

    began: date
    pauses: tuple[Pause, ...] = ()
    done: AbstractSet[int] = field(default_factory=frozenset)
    begun: AbstractSet[int] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        earliest: date | None = self.began
        for pause in self.pauses:
            if earliest is None or pause.began < earliest or (pause.ended and pause.ended < pause.began):
                raise CourseError("Pauses follow one another, and only the last may be open.")
            earliest = pause.ended


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One lesson on the way. `opens_on` is None while nobody can say: paused, or waiting for the one before."""

    lesson: int
    week: int
    state: State
    opens_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Week:
    """One of the eight, for a picture of the way. `lesson` is None in a week for practice."""

    number: int
    lesson: int | None
    is_done: bool
    is_now: bool


@dataclass(frozen=True)
class Way:
    """The eight weeks of a picture."""

    weeks: tuple[Week, ...]

    @property
    def drawn_by(self) -> tuple[int, ...]:
        """All that is in them: whoever stands at the same place is shown the same."""
        return tuple(
            number
            for week in self.weeks
            for number in (week.number, week.lesson or 0, int(week.is_done), int(week.is_now))
        )


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where somebody stands. `following` is the next lesson to read, and None when all six are done."""

    week: int
    is_paused: bool
    stops: tuple[Stop, ...]
    following: Stop | None

    @property
    def done(self) -> int:
        return sum(stop.state is State.DONE for stop in self.stops)

    @property
    def weeks(self) -> tuple[Week, ...]:
        """A week with a lesson is done when its lesson is; one for practice when it is over."""
        stops = {stop.week: stop for stop in self.stops}
        return tuple(self._week(number, stops.get(number)) for number in range(1, WEEKS + 1))

    @property
    def way(self) -> Way:
        return Way(self.weeks)

    def _week(self, number: int, stop: Stop | None) -> Week:
        is_done = stop.state is State.DONE if stop else number < self.week
        return Week(number=number, lesson=stop.lesson if stop else None, is_done=is_done, is_now=number == self.week)

    @property
    def is_complete(self) -> bool:
        return self.following is None


def place(course: Course, at: date) -> Place:
    """Where somebody stands on the day `at`. A day before the beginning counts as the first."""
    days = days_gone(course, at)
    is_paused = bool(course.pauses) and course.pauses[-1].ended is None
    stops = tuple(_stop(course, lesson, days, at, is_paused=is_paused) for lesson in LESSONS)
    return Place(
        week=min(days // 7 + 1, WEEKS),
        is_paused=is_paused,
        stops=stops,
        following=next((stop for stop in stops if stop.state is not State.DONE), None),
    )


def days_gone(course: Course, at: date) -> int:
    """Whole days on the clock of the course, 0 or more: those since the beginning that were in no pause."""
    rested = sum(_length(pause, at) for pause in course.pauses)
    return max((at - course.began).days - rested, 0)


def _length(pause: Pause, at: date) -> int:
    end = at if pause.ended is None else min(pause.ended, at)
    return max((end - pause.began).days, 0)


def _stop(course: Course, lesson: int, days: int, at: date, *, is_paused: bool) -> Stop:
    week = WEEK_OF_LESSON[lesson]
    if lesson in course.done:
        return Stop(lesson=lesson, week=week, state=State.DONE)
    is_in_turn = all(earlier in course.done for earlier in LESSONS if earlier < lesson)
    left = (week - 1) * 7 - days
    if lesson in course.begun or (is_in_turn and left <= 0):
        return Stop(lesson=lesson, week=week, state=State.OPEN)
    opens_on = at + timedelta(days=left) if left > 0 and not is_paused else None
    return Stop(lesson=lesson, week=week, state=State.WAITS, opens_on=opens_on)
