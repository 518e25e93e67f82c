"""Whatever is typed around a picture, the page gets our own files, plain words, and nothing that runs."""

import re

from hypothesis import given
from hypothesis import strategies as st

from content.core.texts import markup
from content.core.texts.markup import Shown

HANDS = Shown(
    sources=(
        ("image/avif", "/pictures/aa.avif 480w, /pictures/bb.avif 800w"),
        ("image/webp", "/pictures/cc.webp 480w"),
    ),
    source="/pictures/cc.webp",
    sizes="92vw",
    width=800,
    height=400,
    description="Two hands.",
)
PIECES = [
    *(
        "![",
        "]",
        "(picture:hands)",
        "(picture:gone)",
        "](",
        ")",
        '"',
        "'",
        "<",
        ">",
        " onerror=",
        "javascript:",
        "data:",
    ),
    *(
        "\n",
        "\n\n",
        "> ",
        "- ",
        "**",
        "[^wood19]",
        "<img src=x>",
        "<picture>",
        "&quot;",
        "\\",
        "(/pictures/x.svg)",
        "x",
    ),
]
bits = st.sampled_from(PIECES)
ADDRESS = re.compile(r'(?:src|srcset|href)="([^"]*)"')
OURS = re.compile(r"(?:/pictures/[a-z0-9.]+(?: \d+w)?(?:, )?)+\Z|#note-\d+\Z|/")


@given(st.lists(bits | st.text(max_size=6), max_size=14))
def test_no_input_yields_a_foreign_address_a_handler_or_an_unclosed_tag(pieces: list[str]) -> None:
    html = markup.render("".join(pieces), pictures={"hands": HANDS}).html
    tags = re.findall(r"<[^>]*>", html)
    for tag in tags:
        bare = re.sub(r'"[^"]*"', "", tag)
        assert not re.search(r"\bon\w+\s*=", bare), tag
        assert not tag.startswith(("<script", "<svg", "<style", "<iframe")), tag
    for address in ADDRESS.findall("".join(tags)):
        assert OURS.match(address) or address.startswith(("https://", "mailto:")), address
    assert html.count("<picture>") == html.count("</picture>")
    assert html.count("<img") == html.count("<picture>")
