import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.core.texts.markup import link_marks, note_marks, passages, refused_marks, render

VOID = {"br"}
ALLOWED = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "code", "br", "a", "sup"}


class Tags(HTMLParser):
    """Keeps what a browser would see: the tags with their attributes, and those left open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags_of(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    tags.close()
    return tags


def test_a_footnote_is_numbered_in_order_of_first_use() -> None:
    rendered = render("One [^b]. Two [^a]. One again [^b].")
    assert rendered.notes == ("b", "a")
    assert re.findall(r'href="#note-(\d)"', rendered.html) == ["1", "2", "1"]


def test_only_the_first_use_of_a_footnote_can_be_led_back_to() -> None:
    assert render("[^a] [^a]").html.count('id="cite-1"') == 1


def test_a_second_text_of_the_page_goes_on_counting() -> None:
    first = render("One [^a].\n\nTwo.")
    second = render("Three [^c] [^a].", notes=first.notes, first_block=first.next_block)
    assert second.notes == ("a", "c")
    assert 'id="p3"' in second.html
    assert 'id="cite-1"' not in second.html


def test_every_block_but_headings_has_a_number() -> None:
    html = render("## Why\n\nText.\n\n- a\n- b\n\n> **Nadia.** Story.\n\nEnd.").html
    assert re.findall(r'<(\w+)[^>]* id="(p\d)"', html) == [("p", "p1"), ("ul", "p2"), ("blockquote", "p3"), ("p", "p4")]


def test_a_quote_that_opens_with_a_name_is_a_story() -> None:
    html = render("> **Nadia.** She walked.\n\nAnd\n\n> words of another").html
    assert html.count('class="story"') == 1


def test_headings_are_second_or_third_level_only() -> None:
    assert re.findall(r"<h\d", render("# A\n\n## B\n\n### C\n\n##### D").html) == ["<h2", "<h2", "<h3", "<h3"]


@pytest.mark.parametrize("address", ["/practice/breathing/", "https://example.org/a", "mailto:staff@example.org"])
def test_links_may_lead_inside_to_https_and_to_mail(address: str) -> None:
    assert f'href="{address}"' in render(f"[go]({address})").html


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "//example.org", "http://example.org", "data:x"],
)
def test_other_addresses_make_no_link_and_are_named(address: str) -> None:
    source = f"[go]({address})"
    assert "<a" not in render(source).html
    assert [mark.what for mark in refused_marks(source)] == ["a link to an address that is not allowed"]


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("Text <b>bold</b>", "raw HTML"),
        ("Text\n\n<script>alert(1)</script>", "raw HTML"),
        ("![a back](/static/back.png)", "an image that is none of our pictures"),
        ("[^two words]", "a footnote that is not one reference key"),
        ("| a | b |\n| - | - |", "a table"),
        ("```\ncode\n```", "a block of code"),
    ],
)
def test_forms_that_are_not_allowed_are_named(source: str, what: str) -> None:
    assert what in [mark.what for mark in refused_marks(source)]


def test_plain_text_holds_nothing_to_refuse() -> None:
    assert refused_marks("Two < three, and [a link](/tips/) and a *word* [^wood19].\n\n- 3 > 2") == ()


def test_raw_html_is_shown_as_it_was_typed() -> None:
    assert render("<script>alert(1)</script>").html == '<p id="p1">&lt;script&gt;alert(1)&lt;/script&gt;</p>\n'


def test_marks_say_in_which_line_they_stand() -> None:
    source = "One.\n\nTwo [^a] and [b](/c/)."
    assert [(mark.what, mark.line) for mark in (*note_marks(source), *link_marks(source))] == [("a", 3), ("/c/", 3)]


def test_running_text_is_told_apart_by_heading_without_footnotes_and_addresses() -> None:
    first, second = passages("Start [^a].\n\n## Next\n\n- one\n- [two](/x/)")
    assert (first.heading, first.text.replace(" .", ".")) == ("", "Start.")
    assert (second.heading, second.text) == ("Next", "one. two.")


NASTY = st.sampled_from(
    [
        *["<script>", "</p>", "<img src=x onerror=alert(1)>", "<a href=//x>", "<!--", "&#60;script&#62;", "&lt;"],
        *["](javascript:alert(1))", "](/ok/ 'onclick=alert(1)')", "[x]: javascript:alert(1)\n", "[x]", "<https://a.b>"],
        *["[a", "![", "[^wood19]", "[^", "> **", "\n\n", "- ", "1. ", "# ", "`", "```\n", "*", "_", "\\", "|", "\t"],
        *["\x00", "style="],
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(NASTY | st.text(max_size=8), max_size=14).map("".join))
def test_no_input_yields_more_than_the_allowed_tags_closed_and_harmless(source: str) -> None:
    tags = tags_of(render(source).html)
    assert tags.open == []
    for tag, attributes in tags.seen:
        assert tag in ALLOWED
        assert not any(name.startswith("on") or name in ("style", "src") for name in attributes)
        assert re.match(r"/(?![/\\])|https://|mailto:|#note-\d|\Z", attributes.get("href") or "", re.IGNORECASE)
