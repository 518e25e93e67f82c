"""What a page says, whatever the layout of its template: a test reads tags and words, not indentation."""

import re


def squeezed(html: str) -> str:
    """Without the line breaks of the source: beside a tag they go, between words they are one space."""
    html = re.sub(r">\s*\n\s*", ">", html)
    html = re.sub(r"\s*\n\s*(?=[<>])", "", html)
    return re.sub(r"\s*\n\s*", " ", html)
