"""What the intake takes as an answer."""

from typing import Any

import pytest

from coaching.core.intake.answers import AnswerError, clean, clean_all, storable
from coaching.core.intake.questionnaires import GAD_CREDIT, ITEM, PEG_CREDIT, STEP, STEPS
from coaching.core.questions.chapters import GROUPS
from coaching.core.questions.items import Kind

SCALES = [item for item in ITEM.values() if item.kind is Kind.SCALE]
GARBAGE: list[Any] = [
    "1.0",
    "1,2",
    "1 ",
    " 1",
    "+1",
    "01",
    "-1",
    "1e0",
    "1\n",
    "0x",
    "١",
    "x",
    "11111",
    1.0,
    True,
    False,
    [1],
    ["1", "2"],
    {},
]


@pytest.mark.parametrize("raw", GARBAGE, ids=repr)
@pytest.mark.parametrize("item", ["peg_1", "gad_2", "active_days"])
def test_a_scale_takes_whole_numbers_only(item: str, raw: Any) -> None:
    with pytest.raises(AnswerError) as refused:
        clean(item, raw)
    assert refused.value.item == item
    assert item in str(refused.value)


@pytest.mark.parametrize("item", SCALES, ids=lambda item: item.id)
def test_a_scale_takes_both_its_ends_and_nothing_beyond(item: Any) -> None:
    assert clean(item.id, str(item.low)) == item.low
    assert clean(item.id, item.high) == item.high
    for beyond in (item.low - 1, item.high + 1):
        with pytest.raises(AnswerError):
            clean(item.id, beyond)


@pytest.mark.parametrize("empty", [None, "", [], ()])
def test_what_is_safe_to_skip_may_be_left_empty(empty: Any) -> None:
    assert all(clean(item.id, empty) is None for item in ITEM.values() if not item.must_answer)


def test_only_age_and_safety_must_be_answered() -> None:
    must = {item.id for item in ITEM.values() if item.must_answer}
    assert must == {"adult", "safety_now", "safety_soon", *GROUPS, "self_harm"}
    for name in must:
        with pytest.raises(AnswerError):
            clean(name, "")


@pytest.mark.parametrize(
    ("item", "raw"),
    [
        ("safety_now", ["fever", "fever"]),
        ("safety_now", ["not_a_sign"]),
        ("safety_now", [1]),
        ("safety_now", {"fever": "on"}),
        ("conditions", ["urgent_sign"]),
        ("using_now", ["wine"]),
        ("duration", "over 12"),
        ("duration", ["over12", "under6"]),
        ("panic", True),
        ("self_harm", "maybe"),
        ("goal", "x" * 301),
        ("goal", "a\x00b"),
        ("no_such_item", "1"),
    ],
)
def test_repeated_unknown_and_oversized_answers_are_refused(item: str, raw: Any) -> None:
    with pytest.raises(AnswerError) as refused:
        clean(item, raw)
    assert refused.value.item == item


def test_a_tick_counts_and_none_beside_it_does_not() -> None:
    assert clean("safety_now", ["none", "fever"]) == ["fever"]
    assert clean("conditions", ["none", "lung"]) == ["lung"]
    assert clean("conditions", ["skip", "lung"]) == ["lung", "skip"]


def test_none_alone_and_skip_alone_are_answers() -> None:
    assert clean("safety_soon", ["none"]) == ["none"]
    assert clean("conditions", "skip") == ["skip"]


def test_a_sign_that_staff_added_is_taken_when_the_library_knows_it() -> None:
    assert clean("safety_now", ["new_sign"], {"new_sign"}) == ["new_sign"]


def test_a_whole_set_is_cleaned_and_gaps_are_left_out() -> None:
    raw = {"peg_1": "3", "peg_2": "", "safety_now": ["none"], "extra_care": True}
    assert clean_all(raw) == {"peg_1": 3, "safety_now": ["none"], "extra_care": True}


@pytest.mark.parametrize("told", ["yes", "skip"])
def test_the_record_cannot_tell_a_yes_from_prefer_not_to_say(told: str) -> None:
    assert storable({"self_harm": told, "sleep": 3}) == {"sleep": 3, "asked_directly": True, "extra_care": True}


def test_a_no_leaves_only_that_it_was_asked() -> None:
    assert storable({"self_harm": "no", "extra_care": True}) == {"asked_directly": True}


def test_the_mark_stays_when_the_question_was_not_asked_again() -> None:
    assert storable({"sleep": 3, "extra_care": True}) == {"sleep": 3, "extra_care": True}


def test_the_licensed_words_are_exact() -> None:
    words = [ITEM[f"gad_{place}"].question for place in range(1, 8)] + [
        ITEM[f"phq_{place}"].question for place in (1, 2)
    ]
    assert words == [
        "Feeling nervous, anxious, or on edge",
        "Not being able to stop or control worrying",
        "Worrying too much about different things",
        "Trouble relaxing",
        "Being so restless that it is hard to sit still",
        "Becoming easily annoyed or irritable",
        "Feeling afraid, as if something awful might happen",
        "Little interest or pleasure in doing things",
        "Feeling down, depressed, or hopeless",
    ]
    assert {ITEM[name].stem for name in ("gad_1", "gad_7", "phq_1")} == {
        "Over the last 2 weeks, how often have you been bothered by the following problems?"
    }
    assert [option.words for option in ITEM["gad_1"].options] == [
        "Not at all",
        "Several days",
        "More than half the days",
        "Nearly every day",
    ]
    assert [ITEM[f"peg_{place}"].question for place in (1, 2, 3)] == [
        "What number best describes your pain on average in the past week?",
        "What number best describes how, during the past week, pain has interfered with your enjoyment of life?",
        "What number best describes how, during the past week, pain has interfered with your general activity?",
    ]
    assert (ITEM["peg_1"].high_words, ITEM["peg_2"].high_words) == (
        "Pain as bad as you can imagine",
        "Completely interferes",
    )


def test_every_step_says_why_and_credits_its_scale() -> None:
    assert all(step.why for step in STEPS)
    assert STEP["mood"].credit == STEP["worry-more"].credit == GAD_CREDIT
    assert "No permission required to reproduce, translate, display or distribute." in GAD_CREDIT
    assert STEP["pain"].credit == PEG_CREDIT
    assert "Krebs" in PEG_CREDIT


def test_no_list_is_ticked_before_the_person_ticks() -> None:
    assert not any(hasattr(item, "default") or hasattr(item, "initial") for item in ITEM.values())
