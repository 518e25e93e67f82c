"""The one door between authored Markdown and HTML that a browser may see.

Idea: three walls. The parser escapes raw HTML and builds links only to addresses that
`is_allowed_link` accepts; the renderer knows headings, paragraphs, lists, quotes, bold,
italic, code, links, footnotes and our own pictures; nh3 then rebuilds the result from an
allow-list, so that what comes out is always balanced and never holds a script, an event
handler or a foreign address scheme.

House forms:
- `[^wood19]` is a footnote: a reference key, numbered from 1 in order of first use on the page;
- a quote that opens with a bold name (`> **Nadia.** ...`) is a story, and gets the class `story`;
- `![what it shows](picture:name)` shows a picture of ours, in the sizes that `render` is told; any other image is
  refused, and a picture that nobody knows shows its words only;
- every top-level block that is not a heading gets the id `p1`, `p2`, ... so that a reader can resume there.

A page may be made of several texts: `render` goes on from `notes` and `first_block`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

NOTE = re.compile(r"\[\^([A-Za-z0-9_-]{1,60})\]")
PICTURE = re.compile(r"picture:([a-z0-9_-]{1,60})\Z")
PICTURE_FILE = re.compile(r"/pictures/[a-z0-9.]+\Z")
INTERNAL = re.compile(r"/(?![/\\])[^\s\\]*\Z")
EXTERNAL = re.compile(r"(?:https://[^\s/\\]|mailto:[^\s@]+@[^\s@]+\Z)", re.IGNORECASE)
BLOCKS = {"paragraph_open", "bullet_list_open", "ordered_list_open", "blockquote_open"}
TAGS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "code", "br", "a", "sup"}
TAGS |= {"picture", "source", "img"}
ATTRIBUTES = {
    "a": {"href", "id", "rel", "aria-label"},
    "p": {"id"},
    "ul": {"id"},
    "ol": {"id", "start"},
    "blockquote": {"id", "class"},
    "sup": {"class"},
    "source": {"type", "srcset", "sizes"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
}
SWITCHED_OFF = ["html_block", "html_inline", "code", "fence", "hr", "lheading", "reference", "autolink"]


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """Safe HTML, the reference keys of the page so far in the order of their numbers, and the next block's number."""

    html: str
    notes: tuple[str, ...]
    next_block: int


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One of our pictures as a page shows it: (type, srcset) of each format, the file for all others, and its words."""

    sources: tuple[tuple[str, str], ...]
    source: str
    sizes: str
    width: int
    height: int
    description: str


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A heading ("" before the first) and the running text under it, as (line, text) of each block."""

    heading: str
    line: int
    blocks: tuple[tuple[int, str], ...]

    @property
    def text(self) -> str:
        return " ".join(text for _, text in self.blocks)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something found in a text: a footnote key, a link or a refused form, with its line counted from 1."""

    what: str
    line: int


def is_allowed_link(address: str) -> bool:
    """True for a path on this site, an https address and a mail address; false for all else."""
    return bool(INTERNAL.match(address) or EXTERNAL.match(address))


def _is_known_address(address: str) -> bool:
    return is_allowed_link(address) or bool(PICTURE.match(address))


def render(
    source: str, *, notes: Sequence[str] = (), first_block: int = 1, pictures: Mapping[str, Shown] | None = None
) -> Rendered:
    tokens = _parser.parse(source)
    keys = [*notes]
    _shape_headings(tokens)
    _mark_stories(tokens)
    next_block = _number_blocks(tokens, first_block)
    _number_notes(tokens, keys)
    html = _parser.renderer.render(tokens, _parser.options, {"pictures": pictures or {}})
    return Rendered(html=_last_door(html), notes=tuple(keys), next_block=next_block)


def parse(source: str) -> list[Token]:
    """The text in the house forms and nothing else, for those who write it out in another way than HTML."""
    return _parser.parse(source)


def passages(source: str) -> tuple[Passage, ...]:
    """The running text by heading, without footnotes and link addresses; for word counts and reading grades."""
    parts: list[tuple[str, int, list[tuple[int, str]]]] = [("", 1, [])]
    for opening, inline in _inlines(source):
        line = _line_of(inline)
        if opening.type == "heading_open":
            parts.append((_words(inline), line, []))
        else:
            parts[-1][2].append((line, _as_sentence(_words(inline))))
    return tuple(Passage(heading=heading, line=line, blocks=tuple(blocks)) for heading, line, blocks in parts)


def note_marks(source: str) -> tuple[Mark, ...]:
    return tuple(
        Mark(what=token.meta["key"], line=_line_of(inline))
        for _, inline in _inlines(source)
        for token in inline.children or ()
        if token.type == "note"
    )


def link_marks(source: str) -> tuple[Mark, ...]:
    return tuple(
        Mark(what=str(token.attrGet("href")), line=_line_of(inline))
        for _, inline in _inlines(source)
        for token in inline.children or ()
        if token.type == "link_open"
    )


def picture_marks(source: str) -> tuple[Mark, ...]:
    """The names of our pictures that a text shows."""
    return tuple(
        Mark(what=_picture_named(token), line=_line_of(inline))
        for _, inline in _inlines(source)
        for token in inline.children or ()
        if token.type == "image" and _picture_named(token)
    )


def pictures_without_words(source: str) -> tuple[Mark, ...]:
    return tuple(
        Mark(what=_picture_named(token), line=_line_of(inline))
        for _, inline in _inlines(source)
        for token in inline.children or ()
        if token.type == "image" and _picture_named(token) and not token.content.strip()
    )


def _picture_named(token: Token) -> str:
    match = PICTURE.match(str(token.attrGet("src")))
    return match.group(1) if match else ""


REFUSED_FORMS = (
    (re.compile(r"</?[A-Za-z][^>\n]*>|<!--"), "raw HTML"),
    (re.compile(r"\]\("), "a link to an address that is not allowed"),
    (re.compile(r"\[\^"), "a footnote that is not one reference key"),
    (re.compile(r"^\|.*\|", re.MULTILINE), "a table"),
)


def refused_marks(source: str) -> tuple[Mark, ...]:
    """What the author typed and a reader would see as bare signs, or not at all."""
    return tuple(
        Mark(what=name, line=_line_of(inline))
        for _, inline in _inlines(source)
        for name in _refused_forms(inline.children or [])
    )


def _refused_forms(children: list[Token]) -> Iterator[str]:
    if any(token.type == "image" and not _picture_named(token) for token in children):
        yield "an image that is none of our pictures"
    if any(token.type == "link_open" and not is_allowed_link(str(token.attrGet("href"))) for token in children):
        yield "a link to an address that is not allowed"
    if any(token.type == "code_inline" and len(token.markup) > 2 for token in children):
        yield "a block of code"
    text = "\n".join(token.content for token in children if token.type == "text")
    yield from (name for pattern, name in REFUSED_FORMS if pattern.search(text))


def _inlines(source: str) -> Iterator[tuple[Token, Token]]:
    tokens = _parser.parse(source)
    for opening, token in pairwise(tokens):
        if token.type == "inline":
            yield opening, token


def _line_of(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _words(inline: Token) -> str:
    spoken = {"softbreak": " ", "hardbreak": " "}
    kept = ("text", "code_inline", *spoken)
    return "".join(
        spoken.get(token.type, token.content) for token in inline.children or () if token.type in kept
    ).strip()


def _as_sentence(text: str) -> str:
    return text if not text or text.rstrip("\"'”’)").endswith((".", "!", "?")) else f"{text}."


def _shape_headings(tokens: list[Token]) -> None:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag in ("h3", "h4", "h5", "h6") else "h2"


def _mark_stories(tokens: list[Token]) -> None:
    for quote, paragraph, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if quote.type == "blockquote_open" and paragraph.type == "paragraph_open" and _opens_bold(inline):
            quote.attrSet("class", "story")


def _opens_bold(inline: Token) -> bool:
    children = [token for token in inline.children or () if token.type != "text" or token.content]
    return bool(children) and children[0].type == "strong_open"


def _number_blocks(tokens: list[Token], first: int) -> int:
    number = first
    for token in tokens:
        if token.level == 0 and token.type in BLOCKS:
            token.attrSet("id", f"p{number}")
            number += 1
    return number


def _number_notes(tokens: list[Token], keys: list[str]) -> None:
    for token in tokens:
        for child in token.children or ():
            if child.type == "note":
                key = child.meta["key"]
                child.meta["is_first"] = key not in keys
                if child.meta["is_first"]:
                    keys.append(key)
                child.meta["number"] = keys.index(key) + 1


def _parse_note(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the parser's own signature)
    match = NOTE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("note", "", 0).meta = {"key": match.group(1).lower()}
    state.pos = match.end()
    return True


def _render_note(self: RendererHTML, tokens: Sequence[Token], index: int, options: object, env: object) -> str:
    meta = tokens[index].meta
    number = meta["number"]
    # Only the first use can be the place that the list of sources leads back to.
    place = f' id="cite-{number}"' if meta["is_first"] else ""
    return f'<sup class="note"><a href="#note-{number}"{place} aria-label="Source {number}">{number}</a></sup>'


def _render_link(self: RendererHTML, tokens: Sequence[Token], index: int, options: object, env: object) -> str:
    token = tokens[index]
    if not str(token.attrGet("href")).startswith("/"):
        token.attrSet("rel", "noopener")
    token.attrs.pop("title", None)
    return self.renderToken(tokens, index, options, env)  # type: ignore[arg-type]


def _render_image(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: object, env: Mapping[str, Mapping[str, Shown]]
) -> str:
    words = tokens[index].content
    shown = env["pictures"].get(_picture_named(tokens[index]))
    if shown is None:
        return escapeHtml(words)
    sources = "".join(
        f'<source type="{kind}" srcset="{escapeHtml(srcset)}" sizes="{escapeHtml(shown.sizes)}">'
        for kind, srcset in shown.sources
    )
    image = f'src="{escapeHtml(shown.source)}" alt="{escapeHtml(words or shown.description)}"'
    size = f'width="{shown.width}" height="{shown.height}" loading="lazy" decoding="async"'
    return f"<picture>{sources}<img {image} {size}></picture>"


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("a", "href") and not (value.startswith("#note-") or is_allowed_link(value)):
        return None
    if (tag, name) == ("img", "src") and not PICTURE_FILE.match(value):
        return None
    if name == "srcset" and not all(PICTURE_FILE.match(part.split(" ")[0]) for part in value.split(", ")):
        return None
    return value


def _last_door(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"https", "mailto"},
        link_rel=None,
        attribute_filter=_keep_attribute,
    )


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).disable(SWITCHED_OFF)
    # The addresses of links are judged again where they are drawn, and at the last door.
    parser.validateLink = _is_known_address  # type: ignore[method-assign,assignment]
    parser.inline.ruler.before("link", "note", _parse_note)
    parser.add_render_rule("note", _render_note)
    parser.add_render_rule("link_open", _render_link)
    parser.add_render_rule("image", _render_image)
    return parser


_parser = _make_parser()
