"""Authored Markdown as plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.core.texts.markup import render
from content.core.texts.plain_text import WIDTH, plain

SITE = "https://unloop.example"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("## Two words\n\nHello.", "Two words\n---------\n\nHello."),
        ("**Bold** and *soft*\nand more.", "Bold and soft and more."),
        ("- one\n- two\n\nafter", "- one\n- two\n\nafter"),
        ("1. one\n2. two", "1. one\n2. two"),
        ("> **Nadia.** I sat down.", "> Nadia. I sat down."),
        ("See [the lesson](/lessons/panic/).", "See the lesson (https://unloop.example/lessons/panic/)."),
        ("Out [there](https://example.org/a).", "Out there (https://example.org/a)."),
        ("Helped.[^wood19] Again.[^who23] Still.[^wood19]", "Helped.[1] Again.[2] Still.[1]"),
        ("![A heron](/x.png)", "A heron"),
        ("", ""),
    ],
)
def test_each_house_form_has_a_plain_one(source: str, text: str) -> None:
    assert plain(source, site=SITE).text == text


def test_numbers_go_on_from_an_earlier_text() -> None:
    again = plain("More.[^wood19] New.[^who23]", site=SITE, notes=("fincham23", "wood19"))
    assert again.text == "More.[2] New.[3]"
    assert again.notes == ("fincham23", "wood19", "who23")


def test_lines_are_short_and_long_addresses_stay_whole() -> None:
    address = f"https://example.org/{'a' * 90}"
    lines = plain(f"{'A small word. ' * 30}[x]({address})", site=SITE).text.splitlines()
    assert [line for line in lines if len(line) > WIDTH] == [f"({address})"]


@given(st.lists(st.sampled_from(["[^wood19]", "[^who23]", "[^ng59]", "word", "\n\n", "- ", "> "]), max_size=20))
def test_both_parts_of_a_letter_number_their_sources_alike(pieces: list[str]) -> None:
    source = " ".join(pieces)
    assert plain(source, site=SITE).notes == render(source).notes


@given(st.text(max_size=200))
def test_no_text_breaks_it(source: str) -> None:
    plain(source, site=SITE)
