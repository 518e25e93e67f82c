"""From what was typed to the words that are looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.core.texts.search_words import LONGEST_WORD, MOST_WORDS, words_of


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Slow Breathing", ("slow", "breathing")),
        ("what is the pain of it", ("pain",)),
        ("sleep, sleep; SLEEP", ("sleep",)),
        ('"NEAR(a b)" *', ("near",)),
        ("can't", ()),
        ("a1 b", ("a1",)),
        ("", ()),
    ],
)
def test_words_are_taken_in_lower_case_once_and_without_signs(typed: str, words: tuple[str, ...]) -> None:
    assert words_of(typed) == words


@given(st.text(max_size=400))
def test_any_text_gives_few_words_of_letters_and_digits(typed: str) -> None:
    words = words_of(typed)
    assert len(words) <= MOST_WORDS
    assert all(word.replace("ß", "ss") and len(word) <= 3 * LONGEST_WORD for word in words)
    assert not any(sign in word for word in words for sign in "\"'*:&|!()<>\\\0- ")
