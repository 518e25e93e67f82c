"""Words after which the way to help is shown; plain pain talk is not among them."""

import pytest

from coaching.core.tools.crisis_words import asks_for_care


@pytest.mark.parametrize(
    "words",
    [
        "I want to die",
        "i wanted to die last night",
        "I WANT TO KILL MYSELF",
        "I keep thinking about killing myself",
        "I wish I was dead",
        "I wish that I were dead",
        "I'd rather be dead",
        "suicidal",
        "thoughts of suicide",
        "end my life",
        "ending my own life",
        "end it all",
        "They would be better off without me",
        "I don't want to live like this",
        "I don’t want to wake up",
        "I do not want to be here",
        "I can't go on anymore",
        "there is no reason to live",
        "life is not worth living",
        "nothing to live for",
        "I want to hurt myself",
        "thinking of hurting myself",
        "I cut myself on purpose",
        "self-harm",
        "self harming again",
        "take all my pills",
        "an overdose",
        "line one\nI want\nto die",
        "quiero morir",
        "no quiero vivir",
        "he pensado en quitarme la vida",
    ],
)
def test_words_of_despair_show_where_help_is(words: str) -> None:
    assert asks_for_care({"thought": words})


@pytest.mark.parametrize(
    "words",
    [
        "",
        "My back is killing me",
        "This pain will be the death of me",
        "I am afraid I will hurt myself if I bend",
        "If I lift I am going to hurt myself",
        "I do not want to hurt my back again",
        "My phone died",
        "My wife died in February",
        "I could die of shame",
        "I cut myself while cooking",
        "deadline",
        "I live for the weekend",
        "I want to live by the sea",
        "I cannot go on the bus",
        "The dose was too high",
    ],
)
def test_plain_talk_of_pain_and_life_does_not(words: str) -> None:
    assert not asks_for_care({"thought": words})


def test_words_are_found_wherever_they_were_written() -> None:
    assert asks_for_care({"steps": [{"key": 1, "words": "I want to die"}]})
    assert asks_for_care({"traps_own": ["own:I want to die"]})
    assert asks_for_care({"a": {"b": ["I want to die"]}})


def test_numbers_and_dates_say_nothing() -> None:
    assert not asks_for_care({"sure": 100, "on": "2026-03-05", "let_go": True, "sleep": None})
