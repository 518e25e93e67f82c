"""Words that blame, frighten or promise, and what to say instead.

Source: evidence file, section 6 ("Words that avoid blame"), and the voice of the product.
Words inside quotation marks are somebody's thought or saying and are let be. So is what a
sentence denies before it says it ("It is not in your head", "Nobody can promise a cure").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")
SENTENCE_START = re.compile(r"[.!?:;]\s")
DENIAL = re.compile(r"\b(?:not?|never|nor|none|nobody|cannot|without)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Avoided:
    pattern: re.Pattern[str]
    instead: str


def _avoid(pattern: str, instead: str) -> Avoided:
    return Avoided(pattern=re.compile(pattern, re.IGNORECASE), instead=instead)


AVOIDED = (
    _avoid(
        r"\b(?:is|are|all|just|only|be) in (?:your|the|their) head\b|\bcaused by stress\b",
        "Your pain is real. Stress can turn its volume up. It is not your fault.",
    ),
    _avoid(r"\boverdrive\b|\bdamaged nervous system\b", "Your alarm system may be extra careful right now."),
    _avoid(r"\bcatastrophi[sz]\w*", "Scary thoughts about pain are common."),
    _avoid(r"\byou avoid (?:activity|movement|moving)\b", "It makes sense to protect your back."),
    _avoid(
        r"\bslipped dis[ck]s?\b|\bworn (?:dis[ck]|spine|joint|back)s?\b|\bcrumbling\b|\bout of (?:line|alignment)\b"
        r"|\bweak core\b",
        "sore, sensitive, strong and able to adapt",
    ),
    _avoid(r"\b(?:bad|poor) posture\b", "Your next position is a good one. Change often."),
    _avoid(r"\byou(?:['’]ve| have)? failed\b|\bnon-?complian\w+", "That step was too big today. Try a smaller one."),
    _avoid(r"\bpain-free\b|\bcures?\b|\bproven\b", "Many people feel a small to moderate change. Some do not."),
    _avoid(r"\bjust panic\b|\bnothing serious\b", "These feelings are real. If they are new, get checked."),
    _avoid(r"\bsufferers?\b|(?<!be )\bpatients?\b", "person, people, you"),
    _avoid(r"\bjust relax\b", "Let the next out-breath be a little longer."),
)


def avoided_words(text: str) -> list[tuple[str, str]]:
    """Each word or phrase to avoid that a text says, with what to say instead."""
    return [pair for sentence in SENTENCE_START.split(QUOTED.sub(" ", text)) for pair in _said_in(sentence)]


def _said_in(sentence: str) -> Iterator[tuple[str, str]]:
    for avoided in AVOIDED:
        for match in avoided.pattern.finditer(sentence):
            if not DENIAL.search(sentence, 0, match.start()):
                yield match.group(0), avoided.instead
