"""What the tools say back: safe, kind, with the sum beside each number, and never a diagnosis."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from coaching.core.tools.kinds.catalogue import TOOL, TOOLS
from coaching.core.tools.replying.replies import overview_of, replies_to


def said(slug: str, matters: tuple[str, ...] = (), **answers: Any) -> str:
    return " ".join(f"{reply.words} {reply.sums}" for reply in replies_to(TOOL[slug], answers, matters))


def over(slug: str, *entries: dict[str, Any]) -> str:
    return " ".join(f"{reply.words} {reply.sums}" for reply in overview_of(TOOL[slug], entries))


# --- thoughts -------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["always", "never", "everything", "nothing", "ruined", "No one", "FOREVER"])
def test_a_word_without_room_is_named_and_asked_about(word: str) -> None:
    assert f"“{word.lower()}”" in said("thought-record", thought=f"It is {word} like this")


def test_a_word_is_only_found_whole() -> None:
    assert "leave no room" not in said("thought-record", thought="Nevertheless it holds")


def test_a_thought_about_the_future_is_called_a_guess() -> None:
    assert "It is a guess" in said("thought-record", thought="It will get worse")


def test_belief_before_and_after_is_compared_with_its_sum() -> None:
    told = said("thought-record", thought="It is bad", sure=80, sure_after=50)

    assert "You believed it 80 of 100. Now it is 50. That is 30 less. 80 − 50 = 30" in told


@pytest.mark.parametrize(("before", "after"), [(50, 50), (50, 46), (50, 54), (0, 0), (100, 100)])
def test_a_number_that_hardly_moved_is_no_failure(before: int, after: int) -> None:
    assert "That is common" in said("thought-record", thought="It is bad", sure=before, sure_after=after)


def test_a_number_that_went_up_is_met_with_care() -> None:
    told = said("thought-record", thought="It is bad", sure=40, sure_after=90)

    assert "tell someone you trust" in told and "90 − 40 = 50" in told


def test_one_number_alone_is_compared_with_nothing() -> None:
    assert "of 100" not in said("thought-record", thought="It is bad", sure=80)


def test_at_most_three_shapes_are_spoken_of() -> None:
    told = said("thought-record", traps_pain=["worst", "feeling", "never", "glass", "rule"], traps_worry=["minds"])

    assert told.count("?") == 3


def test_a_shape_of_ones_own_is_greeted_by_its_name() -> None:
    assert "Old radio: “Oh, you again.”" in said("thought-record", traps_own=["own:Old radio"])


def test_one_side_alone_is_asked_for_the_other() -> None:
    assert "does not fit" in said("thought-record", for_it="It grabbed")
    assert "does not fit" not in said("thought-record", for_it="It grabbed", against_it="It let go")


def test_records_with_both_numbers_add_up_from_three_on() -> None:
    entries = [{"sure": 80, "sure_after": 40}, {"sure": 60, "sure_after": 50}, {"sure": 70}]
    assert over("thought-record", *entries) == ""

    told = over("thought-record", *entries, {"sure": 70, "sure_after": 30})

    assert "In 3 records you believed the thought 70 of 100 at first, and 40 in the end." in told
    assert "(80 + 60 + 70) / 3 = 70; (40 + 50 + 30) / 3 = 40" in told


# --- worry ----------------------------------------------------------------------------------


def test_a_worry_that_was_set_down_is_told_its_time() -> None:
    assert "see you at 18:00" in said("worry-time", worry="The bill", at_time="18:00")


@pytest.mark.parametrize(("at", "is_late"), [("20:59", 0), ("21:00", 1), ("23:59", 1), ("00:00", 1), ("05:00", 0)])
def test_a_time_close_to_bed_is_mentioned(at: str, is_late: int) -> None:
    assert ("close to bed" in said("worry-time", worry="The bill", at_time=at)) == bool(is_late)


def test_a_worry_that_shrank_is_told_with_its_sum() -> None:
    told = said("worry-time", worry="The bill", size=8, size_after=3, left="less")

    assert "from 8 to 3 of 10" in told and "8 − 3 = 5" in told


def test_a_worry_that_grew_is_met_with_care() -> None:
    assert "tell someone you trust" in said("worry-time", worry="The bill", size=3, size_after=8, left="more")


@pytest.mark.parametrize(
    ("drawer", "words"), [("act", "what, who, when"), ("wait", "Waiting"), ("leave", "for tonight")]
)
def test_each_drawer_gets_its_own_word(drawer: str, words: str) -> None:
    assert words in said("worry-time", worry="The bill", left="same", drawer=drawer)


def test_worries_that_wait_are_counted() -> None:
    assert "2 still waiting" in over("worry-time", {"worry": "a"}, {"worry": "b"}, {"worry": "c", "left": "same"})


def test_worries_that_shrank_are_counted() -> None:
    told = over("worry-time", {"left": "nothing"}, {"left": "same"}, {"size": 8, "size_after": 3})

    assert "You looked at 3 worries. 2 had gone or shrunk by then." in told


# --- the test in the real world -------------------------------------------------------------


def test_a_bet_is_compared_with_what_came() -> None:
    told = said("experiment", sure=80, came_true=20, happened="I stood up")

    assert "You were 80 of 100 sure. 20 of 100 came true. Fear had bet 60 too high." in told
    assert "80 − 20 = 60" in told


def test_a_bet_that_came_true_is_taken_seriously() -> None:
    assert "What helped you through it?" in said("experiment", sure=80, came_true=80)


def test_more_than_the_bet_asks_for_a_smaller_test() -> None:
    told = said("experiment", sure=20, came_true=90)

    assert "smaller" in told and "90 − 20 = 70" in told


def test_before_the_test_nothing_is_compared() -> None:
    assert "The bet is placed" in said("experiment", sure=80, expect="I cannot stand")


def test_bets_add_up_from_three_on() -> None:
    entries = [{"sure": 80, "came_true": 20}, {"sure": 90, "came_true": 10}, {"sure": 70, "came_true": 30}]

    assert "In 3 tests you were 80 of 100 sure on average. 20 of 100 came true." in over("experiment", *entries)


# --- the others -----------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "after", "words"), [(8, 5, "lighter"), (5, 5, "about the same"), (5, 8, "heavier")])
def test_a_page_that_was_written_is_weighed_kindly(before: int, after: int, words: str) -> None:
    assert words in said("writing", page="…", weight=before, weight_after=after)


def test_words_that_were_let_go_are_told_to_be_gone() -> None:
    assert "The words are gone" in said("writing", let_go=True)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"ideas": [{"idea": "One"}]}, "Add two more"),
        ({"ideas": [{"idea": "One"}, {"idea": "Two"}]}, "2 ideas"),
        ({"ideas": [{"idea": "One"}], "chosen": "One"}, "very first step"),
        ({"chosen": "One", "first_step": "Ask"}, "Give the first step a day"),
        ({"chosen": "One", "first_step": "Ask", "on": "2026-03-05"}, "That is a plan"),
        ({"chosen": "One", "first_step": "Ask", "hurdle": "Rain"}, "what you will do then"),
        ({"helped": 7}, "helped 7 of 10"),
        ({"helped": 0}, "rules out one idea"),
    ],
)
def test_problem_solving_asks_for_the_next_of_its_five_steps(answers: dict[str, Any], words: str) -> None:
    assert words in said("problem-solving", **answers)


def test_good_things_that_serve_what_matters_are_counted() -> None:
    things = [{"what": "Tea", "matters": "friends"}, {"what": "Song", "matters": "faith"}, {"what": "Bath"}]

    assert "2 of these serve what you said matters to you." in said("activities", ("friends", "faith"), things=things)


def test_good_things_that_serve_nothing_of_it_ask_for_a_small_one() -> None:
    told = said("activities", ("family", "faith"), things=[{"what": "Bath"}])

    assert "time with family, faith or spirit" in told


def test_what_was_expected_is_compared_with_what_it_was_like() -> None:
    things = [
        {"what": "Tea", "expect": 3, "joy": 6},
        {"what": "Song", "expect": 4, "joy": 7},
        {"what": "Bath", "expect": 9},
    ]

    told = said("activities", things=things)

    assert "You thought 3.5 of 10 on average. It was 6.5." in told
    assert "(3 + 4) / 2 = 3.5; (6 + 7) / 2 = 6.5" in told


def test_what_did_not_happen_is_made_smaller_and_not_counted() -> None:
    assert "Make it smaller, or let it go." in said("activities", things=[{"what": "Tea", "done": "no"}])


@pytest.mark.parametrize("missing", ["note", "first", "people"])
def test_a_flare_plan_is_asked_for_what_it_lacks(missing: str) -> None:
    whole = {"note": "Hey", "first": [{"do": "Breathe"}], "people": [{"who": "Dani"}]}

    assert "It is ready" in said("flare-plan", **whole)
    assert "Add one" in said("flare-plan", **{name: value for name, value in whole.items() if name != missing})


# --- all of them ----------------------------------------------------------------------------


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.slug)
def test_an_empty_entry_breaks_nothing(tool: Any) -> None:
    assert isinstance(replies_to(tool, {}), list)
    assert overview_of(tool, []) == []
    assert isinstance(overview_of(tool, [{}, {}, {}, {}]), list)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.slug)
def test_any_two_numbers_give_a_reply_without_a_hole_in_it(tool: Any) -> None:
    numbers = [ask for ask in tool.asks if ask.kind in ("percent", "tenths", "number")]
    for low_or_high in product((0, 1), repeat=min(len(numbers), 6)):
        answers = {ask.id: ask.high if is_high else ask.low for ask, is_high in zip(numbers, low_or_high, strict=False)}
        for reply in replies_to(tool, answers):
            assert "{" not in reply.words and "None" not in reply.words


def test_a_tool_that_has_no_reply_yet_says_nothing_back() -> None:
    new = replace(TOOL["problem-solving"], slug="a-new-tool")
    assert replies_to(new, {"problem": "The shopping is too heavy"}) == []
    assert overview_of(new, []) == []
