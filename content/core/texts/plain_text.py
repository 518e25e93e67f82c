"""Authored Markdown as plain text, for mail programs and people that read no HTML.

The same house forms as `content/core/texts/markup.py`, read by the same parser, so that both parts of a letter
say the same: headings are underlined, lists and quotes keep their signs, a link is its words and then its
address in brackets, a footnote is its number in square brackets. Lines are at most WIDTH signs long, but
for an address that is longer by itself.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from content.core.texts import markup

WIDTH = 72


@dataclass(frozen=True, kw_only=True)
class Plain:
    """The text, and the reference keys so far in the order of their numbers."""

    text: str
    notes: tuple[str, ...]


def plain(source: str, *, site: str, notes: Sequence[str] = ()) -> Plain:
    """`site` is put before each path, as a letter is read elsewhere; numbers go on from `notes`."""
    tokens = markup.parse(source)
    keys = [*notes]
    blocks = [_block(path, inline, keys, site) for path, inline in _leaves(tokens)]
    return Plain(text=_joined(blocks), notes=tuple(keys))


def _leaves(tokens: list[Token]) -> list[tuple[list[Token], Token]]:
    """Each run of words with the openings it stands in, outermost first."""
    open_now: list[Token] = []
    leaves = []
    for token in tokens:
        if token.nesting == 1:
            open_now.append(token)
        elif token.nesting == -1:
            open_now.pop()
        elif token.type == "inline":
            leaves.append(([*open_now], token))
    return leaves


@dataclass(frozen=True, kw_only=True)
class _Block:
    text: str
    list_item: bool


def _block(path: list[Token], inline: Token, keys: list[str], site: str) -> _Block:
    words = _words(inline.children or [], keys, site)
    if path[-1].type == "heading_open":
        return _Block(text=f"{words}\n{'-' * min(len(words), WIDTH)}", list_item=False)
    first, rest = _indents(path)
    lines = [_wrapped(line, first if not number else rest, rest) for number, line in enumerate(words.split("\n"))]
    return _Block(text="\n".join(lines), list_item=any(token.type == "list_item_open" for token in path))


def _indents(path: list[Token]) -> tuple[str, str]:
    """What stands before the first line of a block, and before the others."""
    before = "> " * sum(token.type == "blockquote_open" for token in path)
    items = [token for token in path if token.type == "list_item_open"]
    if not items:
        return before, before
    sign = f"{items[-1].info}. " if items[-1].info else "- "
    inner = before + "  " * (len(items) - 1)
    return inner + sign, inner + " " * len(sign)


def _words(children: list[Token], keys: list[str], site: str) -> str:
    """The words of a line; the address of a link follows its words."""
    parts: list[str] = []
    for token in children:
        if token.type == "note":
            parts.append(f"[{_number(token.meta['key'], keys)}]")
        elif token.type == "link_open":
            address = str(token.attrGet("href"))
            link = site + address if address.startswith("/") else address
        elif token.type == "link_close":
            parts.append(f" ({link})")
        else:
            parts.append({"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content))
    return "".join(parts)


def _number(key: str, keys: list[str]) -> int:
    if key not in keys:
        keys.append(key)
    return keys.index(key) + 1


def _wrapped(line: str, first: str, rest: str) -> str:
    return textwrap.fill(
        line,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _joined(blocks: list[_Block]) -> str:
    """An empty line between blocks, and none between the lines of a list."""
    text = ""
    for number, block in enumerate(blocks):
        is_in_list = number and block.list_item and blocks[number - 1].list_item
        text += ("\n" if is_in_list else "\n\n") + block.text if number else block.text
    return text
