"""On which rung of a ladder somebody stands: small at first, up and down by whole weeks, never past what fits."""

import tomllib
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.core.practice.rung import Footing, Go, Held, Rung, Since, Week, standing, tally_from_first
from content.core.vocabulary import Family
from tests.coaching.makers import LIBRARY

FIRST_DAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
GOOD, BAD, IDLE = Week(goes=5), Week(goes=3, worse=2), Week()


def ladder(slug: str = "walking") -> tuple[Rung, ...]:
    found = tomllib.loads((LIBRARY / "ladders" / f"{slug}.toml").read_text())
    return tuple(Rung(**rung) for rung in found["rungs"])


def place(family: Family = Family.MOVING, slug: str = "walking", **told: Any) -> int:
    return standing(ladder(slug), Footing(family=family, **{"minutes_a_day": 45, **told})).place


def days(count: int) -> datetime:
    return FIRST_DAY + timedelta(days=count)


# --- Where it begins -----------------------------------------------------------------------------


def test_whoever_fears_every_move_begins_with_two_minutes() -> None:
    assert place(fear=9, active_days=0) == 1
    assert place(fear=7, active_days=7) == 1


def test_whoever_hardly_moved_begins_with_two_minutes() -> None:
    assert [place(active_days=active) for active in (0, 1, 2)] == [1, 1, 1]
    assert place() == 1


def test_whoever_moves_already_is_not_sent_to_the_first_rung() -> None:
    assert [place(active_days=active, fear=1) for active in (3, 4, 5, 7)] == [2, 2, 3, 3]


def test_some_fear_begins_one_lower() -> None:
    assert [place(active_days=5, fear=fear) for fear in (4, 5, 6)] == [3, 2, 2]


def test_a_fresh_flare_begins_with_two_minutes() -> None:
    assert place(active_days=7, fear=0, has_flare=True) == 1


def test_what_does_not_move_the_body_begins_with_a_minute_however_active_somebody_is() -> None:
    assert place(Family.CALMING, "breathing", active_days=7, fear=0) == 1


# --- Up and down ---------------------------------------------------------------------------------


def test_a_week_with_enough_goes_leads_one_up() -> None:
    enough = ladder()[0].enough
    assert place(weeks=(Week(goes=enough),)) == 2
    assert place(weeks=(Week(goes=enough - 1),)) == 1


def test_four_good_weeks_lead_from_two_minutes_to_half_an_hour_and_no_further() -> None:
    assert [place(weeks=(GOOD,) * weeks) for weeks in range(6)] == [1, 2, 3, 4, 5, 5]
    assert ladder()[4].minutes == 30


def test_a_week_that_left_somebody_worse_leads_one_down_and_never_below_the_first() -> None:
    assert place(weeks=(GOOD, GOOD, BAD)) == 2
    assert place(weeks=(BAD, BAD)) == 1


def test_half_of_the_goes_may_be_hard_and_the_week_still_counts() -> None:
    assert place(weeks=(Week(goes=4, worse=2),)) == 2


def test_one_free_week_changes_nothing_and_a_second_leads_one_down() -> None:
    assert [place(weeks=(GOOD, GOOD, *([IDLE] * idle))) for idle in range(5)] == [3, 3, 2, 2, 1]


def test_why_it_is_this_rung_is_known() -> None:
    def since(**told: Any) -> Since:
        return standing(ladder(), Footing(family=Family.MOVING, **{"minutes_a_day": 45, **told})).since

    assert since() is Since.BEGIN
    assert since(weeks=(GOOD,)) is Since.UP
    assert since(weeks=(GOOD, BAD)) is Since.DOWN
    assert since(weeks=(GOOD, IDLE)) is Since.STAY
    assert since(weeks=(GOOD, IDLE, IDLE)) is Since.BREAK
    assert since(weeks=(BAD,)) is Since.STAY, "nothing lies below the first"
    assert since(weeks=(GOOD, GOOD), minutes_a_day=5) is Since.TIME
    assert since(weeks=(GOOD, GOOD), is_short=True) is Since.CARE
    assert since(weeks=(GOOD,), sure=3) is Since.UNSURE


# --- What fits -----------------------------------------------------------------------------------


def test_a_go_takes_no_more_minutes_than_there_are_in_a_day() -> None:
    far = (GOOD,) * 9
    assert [place(weeks=far, minutes_a_day=minutes) for minutes in (5, 10, 20, 30, 45)] == [2, 3, 4, 5, 5]


def test_what_a_caution_keeps_short_takes_five_minutes_at_most() -> None:
    assert place(Family.CALMING, "mindfulness", weeks=(GOOD,) * 9, is_short=True) == 2


def test_whoever_is_less_sure_than_seven_is_offered_the_next_smaller() -> None:
    weeks = (GOOD, GOOD)
    assert [place(weeks=weeks, sure=sure) for sure in (0, 6, 7, 10)] == [2, 2, 3, 3]
    assert place(sure=0) == 1


# --- Whole weeks ---------------------------------------------------------------------------------


def weeks_of(goes: list[Go], at: datetime) -> tuple[Week, ...]:
    tally = tally_from_first(goes)
    return tally.until(at) if tally else ()


def test_a_week_counts_once_it_is_over() -> None:
    goes = [Go(at=days(day)) for day in (0, 1, 3)]
    assert weeks_of(goes, days(6)) == ()
    assert weeks_of(goes, days(7)) == (Week(goes=3),)
    assert weeks_of(goes, days(20)) == (Week(goes=3), Week())


def test_weeks_begin_with_the_first_go_in_whatever_order_goes_come_in() -> None:
    goes = [Go(at=days(9)), Go(at=days(0)), Go(at=days(7))]
    assert weeks_of(goes, days(14)) == (Week(goes=1), Week(goes=2))
    assert weeks_of([], days(14)) == ()


def test_a_go_is_worse_from_a_rise_of_two() -> None:
    goes = [Go(at=days(0), rise=rise) for rise in (-3, 0, 1, 2, 5)]
    assert weeks_of(goes, days(7)) == (Week(goes=5, worse=2),)


# --- Whatever happens ----------------------------------------------------------------------------

weeks = st.builds(lambda goes, worse: Week(goes=goes, worse=min(goes, worse)), st.integers(0, 21), st.integers(0, 21))
footings = st.builds(
    Footing,
    family=st.sampled_from([Family.MOVING, Family.CALMING]),
    minutes_a_day=st.sampled_from([5, 10, 20, 30, 45]),
    active_days=st.none() | st.integers(0, 7),
    fear=st.none() | st.integers(0, 10),
    has_flare=st.booleans(),
    is_short=st.booleans(),
    sure=st.none() | st.integers(0, 10),
    weeks=st.lists(weeks, max_size=30).map(tuple),
)


def held(*weeks: Week) -> tuple[int, Since]:
    """On the third rung by the person's own word, and the weeks since."""
    footing = Footing(family=Family.MOVING, minutes_a_day=45, held=Held(place=3, why=Since.CHOSEN), weeks=weeks)
    found = standing(ladder(), footing)
    return found.place, found.since


def test_a_rung_that_is_held_goes_up_by_nobodys_doing_but_the_persons() -> None:
    assert held(*[Week(goes=7)] * 9) == (3, Since.CHOSEN)


def test_a_rung_that_is_held_goes_down_where_a_bad_week_was_not_looked_back_on() -> None:
    assert held(BAD) == (3, Since.CHOSEN)
    assert held(BAD, GOOD) == (2, Since.DOWN)
    assert held(IDLE, IDLE, IDLE) == (2, Since.BREAK)


SLUGS = sorted(path.stem for path in (LIBRARY / "ladders").glob("*.toml"))


@given(st.sampled_from(SLUGS), footings)
def test_a_rung_is_always_one_of_the_ladder_and_fits(slug: str, footing: Footing) -> None:
    rungs = ladder(slug)
    found = standing(rungs, footing)
    assert rungs[found.place - 1] == found.rung
    assert found.place == 1 or found.rung.minutes <= footing.minutes_a_day
    assert not footing.is_short or found.rung.minutes <= 5
    assert standing(rungs, footing) == found


@given(st.sampled_from(SLUGS), footings, weeks)
def test_one_more_week_moves_it_by_one_rung_at_most(slug: str, footing: Footing, week: Week) -> None:
    free = {"minutes_a_day": 45, "is_short": False, "sure": None}
    before, after = (
        standing(ladder(slug), Footing(**{**vars(footing), **free, "weeks": each})).place
        for each in (footing.weeks, (*footing.weeks, week))
    )
    assert abs(after - before) <= 1


@pytest.mark.parametrize("slug", SLUGS)
def test_minutes_a_week_grow_from_rung_to_rung(slug: str) -> None:
    asked = [rung.minutes * rung.times for rung in ladder(slug)]
    assert all(low < high for low, high in pairwise(asked))


def test_a_ladder_without_rungs_is_none() -> None:
    with pytest.raises(ValueError, match="has rungs"):
        standing((), Footing(family=Family.MOVING, minutes_a_day=10))
