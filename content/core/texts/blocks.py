"""The blocks of a rendered text: sections to stop after, and the words by which a place is known again.

Reads what `markup.py` makes and nothing else: there, every top-level block that is not a heading
has the id `p` and a number, growing through the text, and headings stand between blocks.
"""

import html as entities
import re
from dataclasses import dataclass

BLOCK = re.compile(r'<(?P<tag>p|ul|ol|blockquote)\b[^>]*\bid="p(?P<number>\d+)"[^>]*>')
NOTE = re.compile(r'<sup class="note">.*?</sup>')
TAG = re.compile(r"<[^>]+>")
OPENING_WORDS = 9


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading with all that stands under it. `last` is the number of its last block, 0 without any."""

    html: str
    last: int


def blocks_of(html: str) -> list[int]:
    return [int(match["number"]) for match in BLOCK.finditer(html)]


def sections_of(html: str) -> tuple[Section, ...]:
    """The text cut before each heading of the second level; joined again they are the text."""
    parts = re.split(r"(?=<h2>)", html)
    return tuple(Section(html=part, last=max(blocks_of(part), default=0)) for part in parts if part.strip())


def percent_read(html: str, block: int) -> int:
    """How much of the text lies before and in a block, 0 to 100; 0 for a block that is not in it."""
    blocks = blocks_of(html)
    return round(100 * (blocks.index(block) + 1) / len(blocks)) if block in blocks else 0


def opening_words(html: str, block: int) -> str:
    """The first words of a block, without markup and footnotes; empty when there is no such block."""
    opens = next((match for match in BLOCK.finditer(html) if int(match["number"]) == block), None)
    if opens is None:
        return ""
    rest = html[opens.end() :].partition(f"</{opens['tag']}>")[0]
    said = entities.unescape(TAG.sub(" ", NOTE.sub("", rest))).split()
    words = " ".join(said[:OPENING_WORDS])
    return f"{words} …" if len(said) > OPENING_WORDS else words
