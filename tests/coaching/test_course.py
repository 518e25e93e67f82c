"""The course: one opening at a time over eight weeks, open early if wanted, and nothing lost by a pause."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.core.course import LESSONS, WEEK_OF_LESSON, WEEKS, Course, CourseError, Pause, Place, State, place

MONDAY = date(2026, 11, 2)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def where(on: int, *, done: str = "", begun: str = "", pauses: tuple[Pause, ...] = ()) -> Place:
    course = Course(began=MONDAY, done=set(map(int, done)), begun=set(map(int, begun)), pauses=pauses)
    return place(course, day(on))


def states(found: Place) -> str:
    """One letter a lesson: d, o or w."""
    return "".join(stop.state[0] for stop in found.stops)


def paused(began: int, ended: int | None = None) -> Pause:
    return Pause(began=day(began), ended=None if ended is None else day(ended))


# --- One opening at a time ---------------------------------------------------------------------------


def test_on_the_first_day_the_first_lesson_is_open_and_the_next_has_its_date() -> None:
    found = where(0)
    assert states(found) == "owwwww"
    assert (found.week, found.done, found.following) == (1, 0, found.stops[0])
    assert found.stops[1].opens_on == day(7)


@pytest.mark.parametrize(
    ("on", "done", "expected"), [(6, "1", "dwwwww"), (7, "1", "dowwww"), (14, "12", "ddowww"), (28, "123", "dddoww")]
)
def test_a_lesson_opens_in_its_week(on: int, done: str, expected: str) -> None:
    assert states(where(on, done=done)) == expected


@pytest.mark.parametrize(("on", "done"), [(21, "123"), (27, "123"), (49, "12345")])
def test_a_week_without_a_lesson_is_for_practice_once_what_came_before_is_done(on: int, done: str) -> None:
    found = where(on, done=done)
    waits = found.following is not None and found.following.state is State.WAITS
    assert waits is (done == "123")
    assert found.week == on // 7 + 1


def test_what_was_not_read_waits_and_nothing_piles_up() -> None:
    assert states(where(40)) == "owwwww"
    assert states(where(40, done="1")) == "dowwww"
    assert where(40).stops[1].opens_on is None


def test_after_eight_weeks_nothing_closes() -> None:
    found = where(400, done="12")
    assert (found.week, states(found)) == (8, "ddowww")


def test_all_six_done_is_complete_however_early() -> None:
    found = where(3, done="123456")
    assert found.is_complete
    assert found.done == 6


def test_the_picture_of_the_way_shows_eight_weeks_and_the_one_that_is_now() -> None:
    weeks = where(30, done="12").weeks
    assert [week.lesson for week in weeks] == [1, 2, 3, None, 4, 5, 6, None]
    assert [week.number for week in weeks if week.is_now] == [5]
    assert [week.number for week in weeks if week.is_done] == [1, 2, 4]


# --- Open early ---------------------------------------------------------------------------------------


def test_a_lesson_begun_early_is_open() -> None:
    assert states(where(1, done="1", begun="2")) == "dowwww"


def test_a_lesson_done_early_leaves_the_dates_of_the_others() -> None:
    found = where(1, done="12")
    assert found.following is not None
    assert (found.following.lesson, found.following.opens_on) == (3, day(14))


def test_a_later_lesson_done_first_does_not_hold_up_the_earlier_ones() -> None:
    found = where(0, done="5")
    assert states(found) == "owwwdw"
    assert found.following is not None and found.following.lesson == 1


# --- Pauses -------------------------------------------------------------------------------------------


def test_while_paused_the_clock_stands_and_no_date_is_promised() -> None:
    found = where(100, done="1", pauses=(paused(3),))
    assert found.is_paused
    assert (found.week, states(found)) == (1, "dwwwww")
    assert found.stops[1].opens_on is None


def test_what_is_open_stays_open_in_a_pause() -> None:
    assert states(where(100, pauses=(paused(3),))) == "owwwww"


def test_after_a_pause_everything_comes_as_much_later() -> None:
    found = where(12, done="1", pauses=(paused(3, 13),))
    assert found.week == 1
    after = where(13, done="1", pauses=(paused(3, 13),))
    assert not after.is_paused
    assert after.stops[1].opens_on == day(17)


def test_several_pauses_add_up() -> None:
    assert where(30, pauses=(paused(2, 9), paused(10, 24))).week == 2


def test_a_pause_taken_back_on_its_day_changes_nothing() -> None:
    assert where(8, done="1", pauses=(paused(3, 3),)) == where(8, done="1")


@pytest.mark.parametrize(
    "pauses", [(paused(5, 4),), (paused(-1, 2),), (paused(1, 5), paused(4, 6)), (paused(1), paused(3, 4))]
)
def test_pauses_that_cannot_be_are_refused(pauses: tuple[Pause, ...]) -> None:
    with pytest.raises(CourseError):
        Course(began=MONDAY, pauses=pauses)


# --- Whatever the marks and the day ---------------------------------------------------------------------

marks = st.frozensets(st.integers(0, 9))


@given(on=st.integers(-10, 500), done=marks)
def test_without_one_begun_early_at_most_one_lesson_is_open(on: int, done: frozenset[int]) -> None:
    found = place(Course(began=MONDAY, done=done), day(on))
    assert sum(stop.state is State.OPEN for stop in found.stops) <= 1
    assert 1 <= found.week <= WEEKS
    assert found.is_complete == (set(LESSONS) <= done)


@given(on=st.integers(0, 200), rest=st.integers(0, 100), done=marks)
def test_a_pause_costs_exactly_its_own_days(on: int, rest: int, done: frozenset[int]) -> None:
    straight = place(Course(began=MONDAY, done=done), day(on))
    rested = place(Course(began=MONDAY, done=done, pauses=(paused(0, rest),)), day(on + rest))
    assert (straight.week, states(straight)) == (rested.week, states(rested))


@given(on=st.integers(0, 100), done=marks)
def test_the_date_that_was_told_is_the_day_it_opens(on: int, done: frozenset[int]) -> None:
    found = place(Course(began=MONDAY, done=done), day(on))
    for stop in found.stops:
        if stop.opens_on:
            earlier = done | set(range(1, stop.lesson))
            then = place(Course(began=MONDAY, done=earlier), stop.opens_on)
            assert then.stops[stop.lesson - 1].state is State.OPEN


def test_the_weeks_leave_room_to_practise() -> None:
    assert list(WEEK_OF_LESSON) == [1, 2, 3, 4, 5, 6]
    assert set(range(1, WEEKS + 1)) - set(WEEK_OF_LESSON.values()) == {4, 8}
