"""What a page says, whatever the layout of its template: a test reads tags and words, not indentation."""

import re
from html import unescape


def squeezed(html: str) -> str:
    """Without the line breaks of the source: beside a tag they go, between words they are one space."""
    html = re.sub(r">\s*\n\s*", ">", html)
    html = re.sub(r"\s*\n\s*(?=[<>])", "", html)
    return re.sub(r"\s*\n\s*", " ", html)


def words_of(html: str) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
