"""Whether the practice that a tip leads to is the one that its text speaks of.

A tip ends in something to do in a minute. The button under it must follow from that, or the text says one thing and
the page asks for another. Judged by words: the part that begins with MARK and the practice (its name, its short name,
its first step) must share the beginning of one telling word. Texts without the mark are not judged.
"""

import re
from collections.abc import Mapping
from typing import Any

MARK = "**In 60 seconds.**"
BEGINNING = 5
"""Letters of a word that count: breath and breathing are the same here."""

_SAY_NOTHING = frozenset(
    (
        "with that your then each there from five when this what they into have minute minutes today slow slowly "
        "little easy small feel"
    ).split()
)


def follows(body: str, practice: Mapping[str, Any]) -> bool:
    _, mark, asked = body.partition(MARK)
    told = " ".join((practice["name"], practice["short"], practice["first_step"]))
    return not mark or bool(_beginnings(asked) & _beginnings(told))


def _beginnings(text: str) -> set[str]:
    return {word[:BEGINNING] for word in re.findall(r"[a-z]{4,}", text.casefold()) if word not in _SAY_NOTHING}
