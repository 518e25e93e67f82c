"""A line as it is given to a voice: the same words, written so that they are read aloud as they are meant.

The name of a recording comes from the line as it stands in the library (`content/core/voices/names.py`), never from
this. Pure: no file, no clock, no network.
"""

import re

ENDS = ".?!…"
MARKS_AND_QUOTES = re.compile(r'["“”«»]')
SPACE = re.compile(r"\s+")
HETERONYMS = {
    "en": (
        (re.compile(r"\b(eyes|lids|them) close\b"), r"\1 cloze"),
        (re.compile(r"\bclose (your|the|both) (eyes|lids)\b"), r"cloze \1 \2"),
    ),
}
"""English that is written alike and said apart, and that a voice would take for the other: the verb, not "near"."""

WORDS = {
    "en": (
        (re.compile(r"(?<=\w)/(?=\w)"), " or "),
        (re.compile(r"\s*&\s*"), " and "),
        (re.compile(r"(?<=\d)\s*%"), " percent"),
        (re.compile(r"(?<=\d)\s*[-–]\s*(?=\d)"), " to "),
    ),
    "es": (
        (re.compile(r"(?<=\w)/(?=\w)"), " o "),
        (re.compile(r"\s*&\s*"), " y "),
        (re.compile(r"(?<=\d)\s*%"), " por ciento"),
        (re.compile(r"(?<=\d)\s*[-–]\s*(?=\d)"), " a "),
    ),
}
"""Signs that are words when they are read out."""

SENTENCE = re.compile(r".+?[.?!…]+(?=\s|\Z)|.+\Z")


def for_speech(line: str, language: str) -> str:
    """Ends with a mark, for without one a voice stays up in the air."""
    said = MARKS_AND_QUOTES.sub("", line)
    for pattern, words in (*WORDS.get(language, ()), *HETERONYMS.get(language, ())):
        said = pattern.sub(words, said)
    said = SPACE.sub(" ", said.replace("...", "…").replace(" – ", ", ").replace(" — ", ", ")).strip()
    return said if said[-1:] in ENDS else f"{said.rstrip(',;:')}."


def sentences_of(said: str) -> list[str]:
    return [one.strip() for one in SENTENCE.findall(said)]
