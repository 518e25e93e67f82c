"""Who is due a letter about the course, from dates and counts alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.core.letters.course_letters import AWAY, LAST_LESSON, LESSON_OPEN, WELL_DONE, CourseFacts, occasions

TODAY = date(2026, 11, 22)


def due(*, done: int, days: int, idle: int | None = None, lessons: int = 6, opened: bool = True) -> set[str]:
    """`days` since a lesson was last finished, `idle` since anything was done."""
    finished = TODAY - timedelta(days=days)
    active = TODAY - timedelta(days=days if idle is None else idle)
    facts = CourseFacts(
        lessons=lessons,
        done=done,
        last_done_on=finished if done else None,
        active_on=active,
        open_lesson=done + 1 if opened else None,
    )
    return set(occasions(facts, TODAY))


def test_nobody_who_has_not_begun_is_written_to() -> None:
    assert due(done=0, days=30) == set()
    assert due(done=0, days=2) == set()


@pytest.mark.parametrize(("days", "open_now"), [(0, False), (1, False), (2, True), (20, True), (21, False)])
def test_the_next_lesson_is_offered_after_two_nights(days: int, *, open_now: bool) -> None:
    assert (LESSON_OPEN in due(done=1, days=days, idle=0)) is open_now


def test_a_lesson_that_is_not_open_is_not_spoken_of() -> None:
    assert due(done=1, days=3, opened=False) == set()


@pytest.mark.parametrize(("idle", "away"), [(13, False), (14, True), (60, True), (61, False), (900, False)])
def test_whoever_is_away_is_told_once_that_the_place_is_kept_and_then_left_in_peace(idle: int, *, away: bool) -> None:
    assert (AWAY in due(done=1, days=idle)) is away


def test_whoever_practises_without_reading_is_not_away() -> None:
    assert due(done=1, days=30, idle=1) == set()


def test_half_the_course_is_a_reason_to_say_well_done_while_it_is_fresh() -> None:
    assert WELL_DONE in due(done=3, days=1)
    assert WELL_DONE not in due(done=2, days=1)
    assert WELL_DONE not in due(done=3, days=8)


def test_whoever_has_finished_hears_of_nothing_else() -> None:
    assert due(done=6, days=0) == {LAST_LESSON}
    assert due(done=6, days=14) == {LAST_LESSON}
    assert due(done=6, days=15) == set()
    assert due(done=6, days=40) == set()


facts = st.builds(
    CourseFacts,
    lessons=st.integers(0, 8),
    done=st.integers(0, 8),
    last_done_on=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    active_on=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    open_lesson=st.none() | st.integers(1, 6),
)


@given(facts)
def test_no_facts_break_it_and_away_never_meets_a_new_lesson(found: CourseFacts) -> None:
    said = occasions(found, TODAY)
    assert not {AWAY, LESSON_OPEN} <= said
    assert LAST_LESSON not in said or said == {LAST_LESSON}
