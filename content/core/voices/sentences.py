"""A text as a voice reads it, sentence by sentence: the same sentences as `static/js/sentences.js` makes of the page.

Spoken are headings, paragraphs and items of lists, in the order of the page, each cut into sentences; footnote numbers
are not. An item that holds paragraphs or items of its own is spoken by those. A sentence ends with a full stop, a
question mark or an exclamation mark (and what closes behind it) where space follows, and after it no small letter.
`tests/content/test_sentences.py` gives every lesson to both.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from content.core.voices.names import as_spoken

SPOKEN = frozenset({"h2", "h3", "p", "li"})
HOLDS_BLOCKS = frozenset({"p", "li"})
SILENT = "sup"
SENTENCE = re.compile(
    r"""(?s).+?(?:[.!?…]+["'”’»)\]]*[ \t\r\n\f\u00a0]+(?![ \t\r\n\f\u00a0a-zß-öø-ÿ])|\Z)""",
)


def sentences(text: str) -> Iterator[str]:
    """Of one block. Joined they are the text, but for space."""
    yield from filter(None, map(as_spoken, SENTENCE.findall(text)))


def spoken_sentences(html: str) -> tuple[str, ...]:
    """Of HTML that is balanced, as `content/core/texts/markup.py` and our templates make it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    said = (block for block in reader.blocks if not block.holds_blocks)
    return tuple(sentence for block in said for sentence in sentences("".join(block.pieces)))


@dataclass(kw_only=True, eq=False)
class _Block:
    tag: str
    pieces: list[str] = field(default_factory=list)
    holds_blocks: bool = False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self._open: list[_Block] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HOLDS_BLOCKS:
            for block in self._open:
                block.holds_blocks = True
        if tag in SPOKEN:
            self._open.append(_Block(tag=tag))
            self.blocks.append(self._open[-1])
        self._silent += tag == SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag == SILENT
        if self._open and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            for block in self._open:
                block.pieces.append(data)
