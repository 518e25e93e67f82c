"""What a recording is called: the same words by the same voice always bear the same name, and changed words another.

A *line* is one text as it is spoken. A *recording* is one line by one voice. Its name is made of the words, the
language, the voice and the settings with which it was made, so a text that was changed since has no recording, and
one that was not changed needs no new one.
"""

import re
from hashlib import sha256

from content.core.voices.manifest import Voice

DIGITS = 20
"""Of a digest, 80 bits: two of the few thousand lines there will ever be do not meet."""

WHITE = re.compile(r"[ \t\r\n\f\u00a0]+")


def as_spoken(words: str) -> str:
    """Without what is only layout: `static/js/sentences.js` does the same."""
    return WHITE.sub(" ", words).strip(" ")


def name_of(line: str, voice: Voice) -> str:
    told = "\n".join((as_spoken(line), voice.language, voice.name, voice.settings))
    return sha256(told.encode()).hexdigest()[:DIGITS]


def key_of(line: str, voice: Voice) -> str:
    """Under which the manifest lists it; its file lies at the same place."""
    return f"{voice.key}/{name_of(line, voice)}"
