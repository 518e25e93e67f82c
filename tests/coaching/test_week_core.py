"""The week in numbers: its days, where its steps are laid, what ticks them, and what a review proposes."""

import tomllib
from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.core.week.calendar import Span, is_review_due, place_of_current, planned_end, span_after, span_from
from coaching.core.week.facts import OneInAWeek, Told, facts_of, in_the_way
from coaching.core.week.laying import Wish, lay_out
from coaching.core.week.leaving import is_to_be_sent, months_after
from coaching.core.week.log_watch import Logged, is_weighing_down
from coaching.core.week.rules import Condition, Rule, propose, rule_from
from coaching.core.week.small_steps import offers
from coaching.core.week.ticks import Done, Meant, ticked
from coaching.core.week.trial import made_up_weeks, try_out
from coaching.week.words import rule_asks
from content.core.week_facts import Fact, Move
from tests.coaching.makers import LIBRARY

MONDAY = date(2026, 11, 2)
DAY = timedelta(days=1)
dates = st.dates(min_value=date(2026, 1, 1), max_value=date(2028, 12, 31))
RULES = [
    rule_from(path.stem, tomllib.loads(path.read_text())) for path in sorted((LIBRARY / "step_rules").glob("*.toml"))
]


def one(**told: object) -> OneInAWeek:
    usual: dict[str, object] = {"technique": "walking", "goes": 3, "planned": 5, "enough": 3, "place": 2, "above": 2}
    return OneInAWeek(**{**usual, **told})


def proposed(told: Told, **of_week: object) -> tuple[Move, str]:
    practice = one(**of_week)
    found = propose(RULES, [(practice.technique, facts_of(practice, told))])
    return found.move, found.rule


# --- Days -----------------------------------------------------------------------------------------


@given(begins=dates, review_day=st.integers(0, 6))
def test_a_week_ends_on_the_chosen_day_after_4_to_10_days(begins: date, review_day: int) -> None:
    span = span_from(begins, review_day)
    assert span.ends.weekday() == review_day
    assert 4 <= len(span.days) <= 10
    assert is_review_due(span, span.ends) and not is_review_due(span, span.ends - DAY)


@given(begins=dates, review_days=st.lists(st.integers(0, 6), min_size=2, max_size=9), late=st.integers(0, 20))
def test_weeks_follow_one_another_and_no_day_is_in_two(begins: date, review_days: list[int], late: int) -> None:
    spans = [span_from(begins, review_days[0])]
    for review_day in review_days[1:]:
        spans.append(span_after(spans[-1], spans[-1].ends + DAY * late, review_day))
    assert all(before.ends < after.begins for before, after in pairwise(spans))
    if late == 0:
        assert all(before.ends + DAY == after.begins for before, after in pairwise(spans))
        for place, span in enumerate(spans):
            assert {place_of_current(spans, day) for day in span.days} == {place}


def test_a_week_that_a_wrong_clock_put_just_ahead_is_the_current_one() -> None:
    span = span_from(MONDAY, 6)
    assert place_of_current([span], MONDAY - DAY) == 0
    assert place_of_current([span], MONDAY - 5 * DAY) is None
    assert place_of_current([span], span.ends + DAY) is None


def test_the_planned_end_is_eight_weeks_off() -> None:
    assert planned_end(MONDAY) - MONDAY == timedelta(weeks=8)


# --- Laying out -----------------------------------------------------------------------------------

wishes = st.lists(
    st.builds(Wish, technique=st.sampled_from("abcd"), minutes=st.integers(1, 30), times=st.integers(1, 21)),
    max_size=4,
    unique_by=lambda wish: wish.technique,
)


@given(wishes=wishes, length=st.integers(4, 10), minutes=st.integers(5, 45))
def test_no_day_is_longer_than_the_person_has_and_no_practice_comes_twice_a_day(
    wishes: list[Wish], length: int, minutes: int
) -> None:
    days = span_from(MONDAY, (MONDAY + DAY * (length - 1)).weekday()).days
    laid = lay_out(wishes, days, minutes)
    for day in days:
        today = [step for step in laid if step.day == day]
        assert sum(step.minutes for step in today) <= minutes
        assert len({step.technique for step in today}) == len(today)
    assert {step.day for step in laid} <= set(days)
    for wish in wishes:
        count = sum(step.technique == wish.technique for step in laid)
        assert count <= max(round(wish.times * len(days) / 7), 1)
    if wishes and wishes[0].minutes <= minutes:
        first = wishes[0]
        assert sum(step.technique == first.technique for step in laid) == min(
            max(round(first.times * len(days) / 7), 1), len(days)
        )


def test_three_goes_a_week_lie_apart() -> None:
    days = span_from(MONDAY, 6).days
    laid = lay_out([Wish(technique="a", minutes=5, times=3)], days, 10)
    gaps = [(after.day - before.day).days for before, after in pairwise(laid)]
    assert len(laid) == 3 and min(gaps) >= 2


# --- Ticks ----------------------------------------------------------------------------------------

meant = st.lists(
    st.builds(
        Meant,
        key=st.integers(1, 99),
        technique=st.sampled_from("ab"),
        day=st.integers(0, 6).map(lambda days: MONDAY + DAY * days),
        is_ticked=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda step: step.key,
)
goes = st.lists(
    st.builds(Done, technique=st.sampled_from("abc"), day=st.integers(0, 6).map(lambda days: MONDAY + DAY * days)),
    max_size=9,
)


@given(steps=meant, goes=goes)
def test_a_go_ticks_one_step_and_a_step_takes_one_go(steps: list[Meant], goes: list[Done]) -> None:
    found = ticked(steps, goes)
    for technique in "ab":
        mine = {step.key for step in steps if step.technique == technique}
        by_hand = {step.key for step in steps if step.technique == technique and step.is_ticked}
        count = sum(go.technique == technique for go in goes)
        assert by_hand <= found.keys()
        assert len(mine & found.keys()) <= count + len(by_hand)
        assert len(mine & found.keys()) >= min(len(mine), count)


@given(steps=meant, goes=goes, shift=st.sampled_from([-1, 0, 1]))
def test_a_flight_across_the_world_takes_no_tick_away(steps: list[Meant], goes: list[Done], shift: int) -> None:
    moved = [Done(technique=go.technique, day=go.day + DAY * shift) for go in goes]
    unticked = [Meant(key=step.key, technique=step.technique, day=step.day) for step in steps]
    assert len(ticked(unticked, moved)) == len(ticked(unticked, goes))


def test_a_late_go_catches_up_on_the_day_before_and_says_when() -> None:
    steps = [Meant(key=1, technique="a", day=MONDAY), Meant(key=2, technique="a", day=MONDAY + 3 * DAY)]
    assert ticked(steps, [Done(technique="a", day=MONDAY + DAY)]) == {1: MONDAY + DAY}


# --- What a review proposes -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "of_week", "found"),
    [
        (Told(confidence=8), {"worse": 2}, (Move.DOWN, "most-goes-left-you-worse")),
        (Told(confidence=8), {}, (Move.UP, "ready-for-more")),
        (Told(confidence=6), {}, (Move.KEEP, "going-well")),
        (Told(), {}, (Move.KEEP, "going-well")),
        (Told(confidence=8), {"above": 0}, (Move.KEEP, "going-well")),
        (Told(confidence=8), {"goes": 0}, (Move.KEEP, "keep")),
        (Told(confidence=8, in_the_way=frozenset({Fact.PAIN})), {"goes": 2}, (Move.DOWN, "pain-got-in-the-way")),
        (Told(in_the_way=frozenset({Fact.PAIN})), {"goes": 2, "place": 1}, (Move.KEEP, "keep")),
        (Told(in_the_way=frozenset({Fact.TIME})), {"goes": 1}, (Move.DOWN, "too-much-for-the-days")),
        (Told(confidence=3), {"goes": 2}, (Move.DOWN, "not-sure-of-it")),
        (Told(confidence=8), {"may_swap": True}, (Move.SWAP, "swap-after-a-fair-trial")),
        (Told(confidence=9, has_flare=True), {}, (Move.KEEP, "flare-is-running")),
        (Told(confidence=9), {"is_flare_over": True, "goes": 1}, (Move.UP, "flare-is-over")),
        (Told(confidence=9, has_flare=True), {"is_flare_over": True}, (Move.KEEP, "flare-is-running")),
    ],
)
def test_the_rules_of_the_library_propose(told: Told, of_week: dict[str, object], found: tuple[Move, str]) -> None:
    assert proposed(told, **of_week) == found


def test_every_made_up_week_gets_one_proposal_and_none_goes_up_that_was_worse() -> None:
    trial = try_out(RULES)
    assert trial.weeks == len(list(made_up_weeks())) > 5000
    assert sum(trial.moves.values()) == trial.weeks == sum(trial.spoken.values())
    assert trial.silent == ()
    assert trial.up_though_worse == 0


conditions = st.lists(
    st.builds(Condition, fact=st.sampled_from(list(Fact)), at_least=st.none() | st.integers(0, 9)), max_size=2
).map(tuple)
any_rules = st.lists(
    st.builds(
        Rule,
        slug=st.text("abc", min_size=1),
        order=st.integers(1, 9),
        move=st.sampled_from(list(Move)),
        words=st.just("So."),
        when=conditions,
    ),
    max_size=5,
)


@given(
    rules=any_rules, goes=st.integers(0, 9), place=st.integers(0, 3), above=st.integers(0, 3), flare=st.integers(0, 1)
)
def test_whatever_staff_write_nothing_goes_up_that_left_somebody_worse(
    rules: list[Rule], goes: int, place: int, above: int, flare: int
) -> None:
    practice = one(goes=goes, worse=goes, place=place, above=above)
    found = propose(rules, [("walking", facts_of(practice, Told(confidence=10, has_flare=bool(flare))))])
    assert found.move is not Move.UP or (goes == 0 and not flare and above > 0)
    assert found.move is not Move.DOWN or place > 1
    assert found.move is not Move.SWAP


def test_without_any_rule_all_is_kept() -> None:
    assert propose([], [("walking", {})]).move is Move.KEEP


def test_what_nobody_may_tap_is_no_fact() -> None:
    assert in_the_way(["pain", "goes", "enough", "x"]) == {Fact.PAIN}


# --- Small steps, the log, and the end ------------------------------------------------------------


def test_a_small_step_is_offered_from_the_goal_and_what_matters() -> None:
    found = offers("Carry my bag upstairs", ["family", "rest"], "easy walking")
    assert found.steps[0] == "The first two minutes of it: Carry my bag upstairs"
    assert len(found.steps) == 3
    assert offers("", ["nothing known"], "").steps == ()


def test_every_fact_that_a_rule_may_ask_for_has_plain_words() -> None:
    for fact, (least, most) in product(Fact, ((1, None), (None, 0), (2, 5))):
        words = rule_asks(fact, least, most)
        assert words and "1 if" not in words and "%(" not in words, fact


def logged(now: int, before: int, mood: int, earlier: int) -> list[Logged]:
    today = MONDAY
    return [
        *(Logged(day=today - DAY * (number % 14), mood=mood) for number in range(now)),
        *(Logged(day=today - DAY * (14 + number % 14), mood=earlier) for number in range(before)),
    ]


@pytest.mark.parametrize(
    ("entries", "is_named"),
    [
        (logged(20, 8, 1, 3), True),
        (logged(20, 8, 3, 3), False),
        (logged(20, 8, 3, 1), False),
        (logged(13, 4, 1, 3), False),
        (logged(20, 14, 1, 3), False),
        (logged(20, 3, 1, 3), False),
        ([], False),
    ],
)
def test_only_more_logging_with_a_lower_mood_is_named(entries: list[Logged], *, is_named: bool) -> None:
    assert is_weighing_down(entries, MONDAY) is is_named


@pytest.mark.parametrize(
    ("earlier", "lately", "is_named"),
    [(8, 12, True), (8, 11, False), (12, 8, False), (8, None, False), (None, 12, False)],
)
def test_more_logging_with_more_worry_is_named_too(earlier: int | None, lately: int | None, *, is_named: bool) -> None:
    told = [(MONDAY - DAY * 20, earlier), (MONDAY - DAY * 3, lately)]
    newest_first = told[::-1]
    assert is_weighing_down(logged(20, 8, 3, 3), MONDAY, newest_first) is is_named
    assert not is_weighing_down(logged(13, 4, 3, 3), MONDAY, newest_first)


@pytest.mark.parametrize(
    ("worries", "entries", "read"),
    [
        ([(0, 12), (20, 8), (40, 1)], logged(13, 4, 3, 3), 0),
        ([(0, 12), (20, 8), (40, 1)], logged(20, 8, 1, 3), 0),
        ([(0, 12), (7, 3), (20, None), (25, 8), (40, 1)], logged(20, 8, 3, 3), 4),
        ([(3, None), (14, 8), (40, 1)], logged(20, 8, 3, 3), 2),
    ],
)
def test_worry_is_read_only_where_the_entries_do_not_say_it_and_no_further_than_the_one_before(
    worries: list[tuple[int, int | None]], entries: list[Logged], read: int
) -> None:
    newest_first = iter([(MONDAY - DAY * ago, total) for ago, total in worries])
    is_weighing_down(entries, MONDAY, newest_first)
    assert len(list(newest_first)) == len(worries) - read


@given(day=dates, months=st.sampled_from([1, 3, 6]))
def test_a_letter_comes_in_its_month(day: date, months: int) -> None:
    due = months_after(day, months)
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
    assert due.day <= day.day and (due.day == day.day or (due + DAY).day == 1)


def test_a_letter_that_is_a_week_late_is_not_sent() -> None:
    due = Span(begins=MONDAY, ends=MONDAY + 7 * DAY)
    assert [is_to_be_sent(MONDAY, day) for day in due.days] == [True] * 8
    assert not is_to_be_sent(MONDAY, MONDAY - DAY) and not is_to_be_sent(MONDAY, MONDAY + 8 * DAY)
