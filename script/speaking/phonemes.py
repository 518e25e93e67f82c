"""Words as phonemes, in the signs that the model learned.

English comes from `hibari`, which carries misaki's dictionary and rules; Spanish from espeak-ng, clause by clause, for
it drops the marks that tell the model how a sentence goes.
"""

import re
import subprocess
from functools import cache

from hibari.g2p import G2P

from script.speaking.spoken_text import for_speech, sentences_of

MOST = 500
"""Phonemes at a time: the model was taught with up to 510."""

ESPEAK = ("espeak-ng", "-q", "--ipa=3", "--tie=^", "-v")
CLAUSE = re.compile(r"[^.,;:?!…¿¡]+|[.,;:?!…]+")
OF_ESPEAK = (
    ("a^ɪ", "I"),
    ("a^ʊ", "W"),
    ("e^ɪ", "A"),
    ("o^ʊ", "O"),
    ("ɔ^ɪ", "Y"),
    ("d^ʒ", "ʤ"),
    ("t^ʃ", "ʧ"),
    ("t^s", "ʦ"),
    ("d^z", "ʣ"),
    ("^", ""),
    ("-", ""),
)
"""Two sounds that the model knows as one sign, in the order in which they are replaced."""


def phonemes_of(line: str, language: str) -> list[str]:
    """One string where the model takes the line at once, else one a sentence."""
    said = for_speech(line, language)
    whole = _phonemes(said, language)
    return [whole] if len(whole) <= MOST else [_phonemes(one, language) for one in sentences_of(said)]


def _phonemes(said: str, language: str) -> str:
    return _english()(said) if language == "en" else _by_espeak(said, language)


@cache
def _english() -> G2P:
    return G2P()


def _by_espeak(said: str, language: str) -> str:
    pieces = [piece if piece[0] in ".,;:?!…" else _clause(piece, language) for piece in CLAUSE.findall(said)]
    told = "".join(piece if piece[0] in ".,;:?!…" else f" {piece}" for piece in filter(None, pieces))
    return told.strip()


def _clause(words: str, language: str) -> str:
    if not words.strip():
        return ""
    run = subprocess.run([*ESPEAK, language, words.strip()], capture_output=True, text=True, check=True)
    told = " ".join(run.stdout.split())
    for old, new in OF_ESPEAK:
        told = told.replace(old, new)
    return told
