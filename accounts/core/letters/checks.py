"""What a letter must keep before it may be scheduled, as a list of findings. Errors block; warnings are listed.

Bounds:
- subject: 78 signs at most (the longest line that every mail program shows whole, RFC 5322, section
  2.1.1); from 50 on a phone cuts it, so a warning;
- preheader: 110 signs at most before it is cut, so a warning;
- size: each part under 100 kB; Gmail cuts a letter at 102 kB, and the link to stop would be behind the cut;
- reading grade: as for every text of the library (`content/core/texts/checks.py`), for letters in English alone, as the
  formula is made for it;
- placeholders: as in `accounts/core/letters/slots.py`;
- the HTML: one language, one title, headings without a step left out, images described, nothing loaded from
  anywhere, and both parts with the link to stop.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from accounts.core.letters.slots import CLOSE, OPEN, broken_placeholders, slot, with_stand_ins
from content.core.texts import markup
from content.core.texts.checks import Finding, Known, Severity, form_findings, reading_findings
from content.core.texts.wording import avoided_words

SUBJECT_AT_MOST, SUBJECT_AIM = 78, 50
PREHEADER_AIM = 110
BYTES_AT_MOST = 100_000
EMPTY_LINK_WORDS = frozenset({"here", "click here", "this", "link", "this link", "more", "read more"})
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A letter as composed: what was typed, what was chosen, and what the two parts come to."""

    subject: str
    preheader: str
    words: str
    language: str
    practice: str
    is_practice_known: bool
    tips: tuple[str, ...]
    known_tips: tuple[str, ...]
    html: str
    text: str


def findings(draft: Draft, known: Known) -> list[Finding]:
    return [
        *_subject_findings(draft),
        *_preheader_findings(draft),
        *_line_findings(draft),
        *_placeholder_findings(draft),
        *_words_findings(draft, known),
        *_choice_findings(draft),
        *_part_findings(draft),
        *_html_findings(draft.html),
    ]


def errors(among: list[Finding]) -> list[Finding]:
    return [finding for finding in among if finding.severity is Severity.ERROR]


def _warning(field: str, message: str, line: int = 1) -> Finding:
    return Finding(field=field, message=message, severity=Severity.WARNING, line=line)


def _subject_findings(draft: Draft) -> Iterator[Finding]:
    length = len(draft.subject)
    if not draft.subject.strip():
        yield Finding(field="subject", message="is empty")
    elif length > SUBJECT_AT_MOST:
        yield Finding(field="subject", message=f"has {length} signs; {SUBJECT_AT_MOST} at most")
    elif length > SUBJECT_AIM:
        yield _warning("subject", f"has {length} signs; phones cut it after about {SUBJECT_AIM}")
    if draft.subject.isupper() or "!" in draft.subject:
        yield _warning("subject", "shouts; write it as you would say it")


def _preheader_findings(draft: Draft) -> Iterator[Finding]:
    if not draft.preheader:
        yield _warning("preheader", "is empty; mail programs will show the first words of the letter")
    elif len(draft.preheader) > PREHEADER_AIM:
        yield _warning("preheader", f"has {len(draft.preheader)} signs; it is cut after about {PREHEADER_AIM}")


def _line_findings(draft: Draft) -> Iterator[Finding]:
    """Of the two texts that are one line each."""
    for field in ("subject", "preheader"):
        if not getattr(draft, field).isprintable():
            yield Finding(field=field, message="holds a line break or another hidden sign")
        for words, instead in avoided_words(getattr(draft, field)):
            yield Finding(field=field, message=f'says "{words}"; say instead: {instead}')


def _placeholder_findings(draft: Draft) -> Iterator[Finding]:
    for field in ("subject", "preheader", "words"):
        for line, typed in broken_placeholders(getattr(draft, field)):
            yield Finding(field=field, line=line, message=f"has a broken placeholder: {typed}")
        if OPEN in getattr(draft, field) or CLOSE in getattr(draft, field) or "@@" in getattr(draft, field):
            yield Finding(field=field, message="has signs that are kept for placeholders")


def _words_findings(draft: Draft, known: Known) -> Iterator[Finding]:
    source = with_stand_ins(draft.words)
    stand_ins = {mark.what for mark in markup.link_marks(source) if "/@@" in mark.what}
    paths = Known(references=known.references, paths=known.paths | stand_ins)
    yield from form_findings("words", source, paths)
    if draft.language.startswith("en"):
        yield from reading_findings("words", source)
    elif draft.words:
        yield _warning("words", "are not in English, so the reading grade was not checked")
    for mark in markup.picture_marks(source):
        yield _warning("words", "show a picture; a letter loads nothing, so readers see its words only", mark.line)
    if not (draft.words.strip() or draft.tips):
        yield Finding(field="words", message="are empty, and no tip is chosen")
    yield from _link_findings(draft.words)


def _link_findings(source: str) -> Iterator[Finding]:
    for number, token in _links(source):
        if not token.strip():
            yield Finding(field="words", line=number, message="have a link without words")
        elif token.strip().lower() in EMPTY_LINK_WORDS:
            yield Finding(
                field="words", line=number, message=f"have a link that only says “{token.strip()}”; say where to"
            )
    for mark in markup.link_marks(with_stand_ins(source)):
        if mark.what.lower().startswith("https://"):
            yield _warning("words", f"lead out of the site: {mark.what}", mark.line)


def _links(source: str) -> Iterator[tuple[int, str]]:
    """Each link's line and words."""
    for token in markup.parse(with_stand_ins(source)):
        words, line = None, (token.map[0] + 1) if token.map else 1
        for child in token.children or []:
            if child.type == "link_open":
                words = ""
            elif child.type == "link_close":
                yield line, words or ""
                words = None
            elif words is not None:
                words += child.content


def _choice_findings(draft: Draft) -> Iterator[Finding]:
    for slug in draft.tips:
        if slug not in draft.known_tips:
            yield Finding(
                field="tips", message=f"name {slug}, which no reader can open: there is no such tip, or not yet"
            )
    if draft.practice and not draft.is_practice_known:
        yield Finding(field="practice", message=f"is {draft.practice}, which no reader can open")
    elif not draft.practice:
        yield _warning("practice", "is empty; a letter ends with something to try in a minute")


def _part_findings(draft: Draft) -> Iterator[Finding]:
    for name, part in (("HTML part", draft.html), ("text part", draft.text)):
        size = len(part.encode())
        if size >= BYTES_AT_MOST:
            yield Finding(field="words", message=f"make the {name} {size // 1000} kB; it must stay under 100")
        if slot("unsubscribe_link") not in part:
            yield Finding(field="words", message=f"leave the {name} without the link to stop the letters")


def _html_findings(html: str) -> list[Finding]:
    reader = _HtmlReader()
    reader.feed(html)
    return [Finding(field="words", message=f"make a letter whose HTML {problem}") for problem in reader.problems()]


class _HtmlReader(HTMLParser):
    """What a screen reader and a mail filter would stumble over."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.levels: list[int] = []
        self.has_language = self.has_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.has_language |= tag == "html" and bool(values.get("lang"))
        self.has_title |= tag == "title"
        if tag in HEADINGS:
            self.levels.append(int(tag[1]))
        if tag == "img" and not (values.get("alt") or "").strip():
            self.faults.append("has an image without a description")
        if tag in ("script", "iframe", "object", "embed", "form", "link") or "src" in values:
            self.faults.append(f"loads something: <{tag}>")

    def problems(self) -> Iterator[str]:
        yield from self.faults
        if not self.has_language:
            yield "has no language"
        if not self.has_title:
            yield "has no title"
        if self.levels.count(1) != 1:
            yield "has not exactly one main heading"
        if any(later > earlier + 1 for earlier, later in zip(self.levels, self.levels[1:], strict=False)):
            yield "leaves out a level of headings"
