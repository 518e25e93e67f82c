"""The sleep diary: hours with their sums, one time to get up, a drawing; and never a word on less time in bed."""

from datetime import date, timedelta
from typing import Any

import pytest

from coaching.core.tools.kinds.catalogue import TOOL
from coaching.core.tools.replying.doing import reply_to_night
from coaching.core.tools.replying.replies import overview_of
from coaching.core.tools.replying.words import WORDS
from coaching.core.tools.sleep_numbers import apart, is_muddled, length_of, nights_of, slept
from coaching.core.tools.sleep_picture import LEFT, RIGHT, picture_of

DIARY = TOOL["sleep-diary"]
MONDAY = date(2026, 3, 2)


def night(ago: int = 0, **told: Any) -> dict[str, Any]:
    return {"on": (MONDAY - timedelta(days=ago)).isoformat(), "up": "07:00", "wake_goal": "07:00", "sleep": 5, **told}


def said(answers: dict[str, Any]) -> str:
    return " ".join(f"{reply.words} {reply.sums}" for reply in reply_to_night(answers))


@pytest.mark.parametrize(
    ("told", "minutes"),
    [
        ({"lights_out": "23:00", "up": "07:00"}, 480),
        ({"lights_out": "23:00", "woke": "06:30", "up": "07:00"}, 450),
        ({"lights_out": "00:30", "up": "07:00"}, 390),
        ({"lights_out": "23:00", "up": "07:00", "to_sleep": 30, "awake": 40}, 410),
        ({"lights_out": "08:30", "up": "15:00"}, 390),
        ({"lights_out": "07:00", "up": "07:00"}, 0),
        ({"lights_out": "23:00", "up": "07:00", "awake": 480}, 0),
    ],
)
def test_time_asleep_is_from_the_light_to_the_waking_less_what_was_lost(told: dict[str, Any], minutes: int) -> None:
    found = slept(told)

    assert found is not None and found.minutes == minutes


def test_the_sum_of_a_night_is_shown() -> None:
    found = slept({"lights_out": "23:00", "up": "07:00", "to_sleep": 30, "awake": 40})

    assert found is not None
    assert found.sums == (
        "23:00 to 07:00 is 8 h, less 30 min until you slept, less 40 min awake in the night, makes 6 h 50 min."
    )


@pytest.mark.parametrize(
    "told",
    [
        {"lights_out": "07:00", "up": "06:00"},
        {"lights_out": "23:00", "up": "07:00", "awake": 481},
        {"lights_out": "23:00", "up": "07:00", "to_sleep": 600, "awake": 900},
    ],
)
def test_times_that_fit_into_no_night_are_asked_about_and_not_reckoned(told: dict[str, Any]) -> None:
    assert slept(told) is None and is_muddled(told)
    assert "have another look" in said(told).lower()


@pytest.mark.parametrize("told", [{}, {"lights_out": "23:00"}, {"up": "07:00"}])
def test_without_both_ends_there_is_no_length_and_nothing_to_ask(told: dict[str, Any]) -> None:
    assert slept(told) is None and not is_muddled(told)


@pytest.mark.parametrize(
    ("one", "other", "minutes"),
    [(420, 420, 0), (430, 420, 10), (410, 420, -10), (10, 1430, 20), (1430, 10, -20), (720, 0, -720)],
)
def test_clock_times_are_compared_the_short_way_round(one: int, other: int, minutes: int) -> None:
    assert apart(one, other) == minutes


@pytest.mark.parametrize(("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (410, "6 h 50 min")])
def test_a_length_is_told_in_hours_and_minutes(minutes: int, words: str) -> None:
    assert length_of(minutes) == words


@pytest.mark.parametrize(("up", "is_near"), [("07:30", True), ("06:30", True), ("07:31", False), ("06:29", False)])
def test_near_is_within_half_an_hour_either_side(up: str, is_near: Any) -> None:
    [found] = nights_of([night(up=up)]).nights

    assert found.is_near is is_near


def test_only_the_newest_fourteen_nights_count_and_one_a_day() -> None:
    entries = [night(0, sleep=9), *[night(ago) for ago in range(20)]]

    nights = nights_of(entries).nights

    assert len(nights) == 14
    assert nights[-1].on == MONDAY and nights[-1].sleep == 9


def test_a_picture_needs_three_nights() -> None:
    [reply] = overview_of(DIARY, [night(0), night(1)])

    assert "You have 2" in reply.words


def test_the_overview_counts_regular_mornings_and_means_with_their_sums() -> None:
    entries = [night(0, sleep=3), night(1, sleep=4, up="08:00"), night(2, sleep=5, lights_out="23:00")]

    told = [f"{reply.words} {reply.sums}".strip() for reply in overview_of(DIARY, entries)]

    assert told == [
        "You got up within 30 minutes of your time on 2 of 3 mornings.",
        "Your sleep was 4.0 of 10 on average. (5 + 4 + 3) / 3 = 4.0",
    ]


def test_no_diary_no_overview() -> None:
    assert overview_of(DIARY, []) == [] and overview_of(DIARY, [{"note": "No day"}]) == []


def test_the_drawing_puts_the_same_hour_in_the_same_place_each_night() -> None:
    picture = picture_of(nights_of([night(ago) for ago in range(5)]))

    assert picture is not None
    assert len({bar.up for bar in picture.bars}) == 1
    assert picture.goal_x == picture.bars[0].up


@pytest.mark.parametrize("goal", ["00:00", "03:10", "07:00", "12:00", "15:30", "23:59"])
def test_the_drawing_holds_any_way_of_sleeping(goal: str) -> None:
    entries = [
        night(ago, wake_goal=goal, up=f"{ago * 2:02}:15", lights_out=f"{ago * 3 % 24:02}:40") for ago in range(12)
    ]

    picture = picture_of(nights_of(entries))

    assert picture is not None
    for bar in picture.bars:
        assert bar.up is not None and LEFT <= bar.up <= RIGHT
        assert bar.length >= 0 and (bar.dark is None or LEFT <= bar.dark <= bar.up)


def test_without_a_time_of_getting_up_there_is_nothing_to_draw() -> None:
    assert picture_of(nights_of([{"on": "2026-03-02", "sleep": 5}])) is None


def test_the_chosen_time_is_named_and_a_late_morning_is_no_fault() -> None:
    told = said(night(up="09:00"))

    assert "It is one morning. Tomorrow the same time again." in told and "2 h later" in told


def test_a_bad_night_gets_a_kind_word() -> None:
    assert "A bad night is hard. It is one night." in said(night(sleep=2))
    assert "bad night" not in said(night(sleep=4))


def test_nothing_in_the_diary_asks_for_less_time_in_bed() -> None:
    told = " ".join(WORDS["sleep"].values()).lower()

    assert not [words for words in ("less time in bed", "go to bed later", "stay up", "restrict") if words in told]
