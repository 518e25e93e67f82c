"""What was written, laid out to read: codes become words, a try names its step, gaps leave no trace."""

from datetime import date

import pytest

from coaching.core.tools.kinds.catalogue import TOOL
from coaching.core.tools.laid_out import Cell, Line, Table, plain_text, read, title_of

DAY = date(2026, 3, 5)
LADDER, RECORD = TOOL["ladder"], TOOL["thought-record"]
STEPS = [{"key": 7, "words": "Hands to my knees", "fear": 2}]


def cells(answers: dict) -> list[tuple[Cell, ...]]:
    blocks = [block for section in read(LADDER, answers) for block in section.blocks]
    return [row for block in blocks if isinstance(block, Table) for row in block.rows]


def lines(answers: dict) -> list[Line]:
    return [block for section in read(RECORD, answers) for block in section.blocks if isinstance(block, Line)]


def test_a_try_names_its_step_in_words() -> None:
    _, try_row = cells({"steps": STEPS, "tries": [{"step": "7", "before": 3}]})

    assert try_row[0] == Cell(head="Which step?", words="Hands to my knees")


def test_a_try_whose_step_is_gone_says_so() -> None:
    _, try_row = cells({"steps": STEPS, "tries": [{"step": "9", "before": 3}]})

    assert try_row[0].words == "A step that is no longer on the list"


def test_what_was_left_out_leaves_no_trace() -> None:
    assert read(RECORD, {}) == ()
    assert [line.label for line in lines({"thought": "It is bad"})] == ["What went through your mind?"]


def test_nought_is_an_answer_and_is_shown() -> None:
    assert lines({"sure": 0})[0].words == ("0 of 100",)


def test_ticks_and_ones_own_words_are_shown_in_words() -> None:
    pain, own = lines({"traps_pain": ["worst", "gone_from_the_list"], "traps_own": ["own:Old radio"]})

    assert pain.words[0].startswith("The worst case")
    assert pain.words[1] == "gone_from_the_list"
    assert own.words == ("Old radio",)


@pytest.mark.parametrize(
    ("answers", "title"),
    [
        ({"thought": "my back will go"}, "My back will go"),
        ({"situation": "at the sink"}, "At the sink"),
        ({}, "Thought record, 5 March 2026"),
        ({"thought": "one two " * 30}, "One two one two one two one two one two one two one two one two one…"),
        ({"thought": "a" * 90}, "A" + "a" * 68 + "…"),
        ({"thought": "line one\n\nline two"}, "Line one line two"),
    ],
)
def test_an_entry_is_called_by_its_first_words(answers: dict, title: str) -> None:
    assert title_of(RECORD, answers, DAY) == title


def test_a_night_is_called_by_its_own_day() -> None:
    assert title_of(TOOL["sleep-diary"], {"on": "2026-03-01"}, DAY) == "Night, 1 March 2026"


def test_as_text_an_entry_reads_from_top_to_bottom() -> None:
    told = {
        "want": "Kneel",
        "steps": STEPS,
        "tries": [{"step": "7", "before": 3, "after": 1}],
        "learned": "It held.\nTwice.",
    }

    assert plain_text(LADDER, told, DAY).splitlines() == [
        "Ladder of small steps",
        "Kneel",
        "Written on 5 March 2026",
        "",
        "",
        "The top",
        "-------",
        "",
        "I want to be able to…",
        "  Kneel",
        "",
        "",
        "The steps",
        "---------",
        "",
        "Steps",
        "  1. What will you do? Hands to my knees",
        "     How much does it scare you? 2 of 10",
        "",
        "",
        "My tries",
        "--------",
        "",
        "Tries",
        "  1. Which step? Hands to my knees",
        "     Fear before 3 of 10",
        "     Fear after 1 of 10",
        "",
        "What will you tell yourself next time?",
        "  It held.",
        "  Twice.",
    ]
