"""Places in a rendered text: sections, shares, and the words by which a place is known again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.core.texts.blocks import blocks_of, opening_words, percent_read, sections_of
from content.core.texts.markup import render

TEXT = render(
    """First words.

## One

A **bold** claim[^wood19] & more words than nine fit into these words here.

- a point
- another

## Two

> **Nadia.** She waits.

Last.
"""
).html


def test_blocks_come_in_their_order() -> None:
    assert blocks_of(TEXT) == [1, 2, 3, 4, 5]


def test_sections_begin_at_headings_and_join_to_the_whole() -> None:
    sections = sections_of(TEXT)
    assert [section.last for section in sections] == [1, 3, 5]
    assert "".join(section.html for section in sections) == TEXT


@pytest.mark.parametrize(("block", "percent"), [(1, 20), (3, 60), (5, 100), (6, 0), (0, 0)])
def test_the_share_read_counts_blocks(block: int, percent: int) -> None:
    assert percent_read(TEXT, block) == percent


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (1, "First words."),
        (2, "A bold claim & more words than nine fit …"),
        (3, "a point another"),
        (4, "Nadia. She waits."),
        (9, ""),
    ],
)
def test_a_place_is_known_by_its_first_words(block: int, words: str) -> None:
    assert opening_words(TEXT, block) == words


@given(st.text())
def test_whatever_was_written_sections_lose_nothing(source: str) -> None:
    html = render(source).html
    joined = "".join(section.html for section in sections_of(html))
    assert joined.split() == html.split()
    assert all(opening_words(html, block).count("<p") == 0 for block in blocks_of(html) if "<p" not in source)
