"""The check looks into every shape an answer may have."""

from coaching.core.tools.crisis_words import asks_for_care


def test_words_are_found_wherever_they_were_written() -> None:
    assert asks_for_care({"steps": [{"key": 1, "words": "I want to die"}]})
    assert asks_for_care({"traps_own": ["own:I want to die"]})
    assert asks_for_care({"a": {"b": ["I want to die"]}})


def test_numbers_and_dates_say_nothing() -> None:
    assert not asks_for_care({"sure": 100, "on": "2026-03-05", "let_go": True, "sleep": None})
