"""How strong a text calls an effect, so that two pages never call one result by two strengths.

A strength belongs to the reference whose mark closes its sentence, and to the outcome that stands
nearest: right after it ("a small gain in pain"), else before it ("mood improved, by a medium amount").
Medium and moderate are one. How sure the science is ("moderate certainty") is no strength.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Strength(Enum):
    SMALL = "small"
    SMALL_TO_MEDIUM = "small to medium"
    MEDIUM = "medium"
    MEDIUM_TO_LARGE = "medium to large"
    LARGE = "large"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a text says of one result."""

    reference: str
    outcome: str
    strength: Strength
    words: str


OUTCOMES = {
    "scary thoughts": r"scary thoughts(?: about (?:the )?pain)?|pensamientos que asustan",
    "anxiety": r"anxiety|worry|worries|ansiedad|preocupación",
    "pain": r"pain|dolor",
    "daily life": r"function|daily (?:life|tasks)|disability|everyday tasks|vida diaria",
    "mood": r"mood|depression|ánimo",
    "sleep": r"sleep|sueño",
    "stress": r"stress|estrés",
    "fear of moving": r"fear of mov\w+|fear-avoidance|miedo a mover\w*",
}
_MEDIUM = r"medium|moderate|mediano|mediana|moderado|moderada"
_SMALL = r"small|pequeñ[oa]s?"
_LARGE = r"large|big|grandes?"
STRENGTHS = (
    (Strength.SMALL_TO_MEDIUM, rf"(?:{_SMALL})(?:[- ](?:to|a|or|o)[- ])(?:{_MEDIUM})"),
    (Strength.MEDIUM_TO_LARGE, rf"(?:{_MEDIUM})(?:[- ](?:to|a|or|o)[- ])(?:{_LARGE})"),
    (Strength.SMALL, _SMALL),
    (Strength.MEDIUM, _MEDIUM),
    (Strength.LARGE, _LARGE),
)
_SIZE = r"amounts?|gains?|effects?|benefits?|drops?|sizes?|ones?|changes?|help|relief"
_SIZE_ES = r"efectos?|medida|beneficios?|mejoras?|cambios?|alivio"
_CALLED = re.compile(
    "|".join(f"(?P<s{place}>\\b(?:{words})\\b)" for place, (_, words) in enumerate(STRENGTHS)), re.IGNORECASE
)
_MEANS_SIZE = re.compile(rf"\W+(?:\w+\W+){{0,1}}?(?:{_SIZE}|{_SIZE_ES})\b", re.IGNORECASE)
_MEANS_SIZE_BEFORE = re.compile(rf"\b(?:{_SIZE_ES})\W+(?:\w+\W+){{0,1}}?\Z", re.IGNORECASE)
_OUTCOME = re.compile(
    "|".join(f"(?P<o{place}>\\b(?:{words})\\b)" for place, words in enumerate(OUTCOMES.values())), re.IGNORECASE
)
_NAMES = tuple(OUTCOMES)
_CITED = re.compile(r"([^.!?]*)[.!?]((?:\[\^[\w-]+\])+)")
_MARK = re.compile(r"\[\^([\w-]+)\]")
NEAR = 30
"""Signs between a strength and an outcome that follows it."""


def claims_in(text: str) -> Iterator[Claim]:
    """Of every sentence that ends with the marks of its sources."""
    for sentence, marks in _CITED.findall(text):
        for reference in _MARK.findall(marks):
            yield from claims_of(sentence, reference)


def claims_of(sentence: str, reference: str) -> Iterator[Claim]:
    outcomes = [(match.start(), _NAMES[int((match.lastgroup or "")[1:])]) for match in _OUTCOME.finditer(sentence)]
    for match in _CALLED.finditer(sentence):
        if not (_MEANS_SIZE.match(sentence, match.end()) or _MEANS_SIZE_BEFORE.search(sentence[: match.start()])):
            continue
        outcome = _nearest(sentence, match.span(), outcomes)
        if outcome:
            strength = STRENGTHS[int((match.lastgroup or "")[1:])][0]
            yield Claim(reference=reference, outcome=outcome, strength=strength, words=sentence.strip())


def _nearest(sentence: str, span: tuple[int, int], outcomes: list[tuple[int, str]]) -> str | None:
    start, end = span
    after = [name for place, name in outcomes if end <= place <= end + NEAR and "," not in sentence[end:place]]
    before = [name for place, name in outcomes if place < start]
    if before and not after:
        return before[-1]
    return after[0] if after else None


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a plain value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each)
