"""What differs from copy to copy of a letter, and how an author names it.

An author writes `[change your topics]({{ preferences }})`: a placeholder is a link's whole address, and one of
PLACEHOLDERS. It becomes a slot, which the sending fills in for each copy. Anything else in double
braces, or half a pair of them, is broken: a reader would see it as it was typed.
"""

import re

OPEN, CLOSE = "\ue000", "\ue001"
PLACEHOLDERS = {"preferences": "preferences_link", "unsubscribe": "unsubscribe_link", "why": "why_link"}
PLACEHOLDER = re.compile(r"\]\(\s*\{\{ *([A-Za-z_]+) *\}\}\s*\)")
BRACES = re.compile(r"\{\{[^{}\n]{0,40}\}?\}?|\}\}|\{%[^\n]{0,40}")
STAND_IN = "/newsletter/@@{}@@/"


def slot(name: str) -> str:
    return f"{OPEN}{name}{CLOSE}"


def without_slots(text: str) -> str:
    """Words of a mail that has no slots, whatever somebody typed into them."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def broken_placeholders(text: str) -> list[tuple[int, str]]:
    """Each broken placeholder with its line, counted from 1."""
    kept = PLACEHOLDER.sub(lambda match: "" if match.group(1) in PLACEHOLDERS else match.group(), text)
    return [(kept.count("\n", 0, match.start()) + 1, match.group()) for match in BRACES.finditer(kept)]


def with_stand_ins(text: str) -> str:
    """The text with a path of this site in the place of each placeholder, as links may only lead to such."""
    return PLACEHOLDER.sub(_stand_in, text)


def _stand_in(match: re.Match[str]) -> str:
    name = match.group(1)
    return f"]({STAND_IN.format(name)})" if name in PLACEHOLDERS else match.group()


def with_slots(written: str, *, site: str) -> str:
    """What was written out, with the slots in the place of the stand-ins."""
    for name, link in PLACEHOLDERS.items():
        written = written.replace(site + STAND_IN.format(name), slot(link))
    return written


def filled(written: str, links: dict[str, str]) -> str:
    """One copy, for a preview or a test letter."""
    for name, link in links.items():
        written = written.replace(slot(name), link)
    return written
