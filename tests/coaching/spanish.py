"""What a page says, block by block, and whether a block is Spanish.

A block is what stands between two tags, or in an attribute that is read out. What a page marks as English (a text that
staff have changed since) is no block: nobody takes it for Spanish.
"""

import json
import re
from collections.abc import Iterator
from html import unescape

MARKED = re.compile(r'<(span|cite|a|p|q|h1|h2|div|li|blockquote)\b[^>]*\blang="(?:en)?"[^>]*>.*?</\1>', re.DOTALL)
"""As English, or as in a language that only whoever wrote it knows: their own words."""
SILENT = re.compile(r"<(style|noscript)\b.*?</\1>|<script\b(?![^>]*application/json).*?</script>|<!--.*?-->", re.DOTALL)
TOLD_TO_A_SCRIPT = re.compile(r'<script id="[^"]*" type="application/json">(.*?)</script>', re.DOTALL)
READ_OUT = re.compile(r'(?:aria-label|aria-roledescription|alt|title|placeholder|content)="([^"]*)"')
OWN_WORDS = re.compile(r"(<textarea\b[^>]*>).*?(</textarea>)", re.DOTALL)
ENGLISH = frozenset(
    "the and you your that this with from have has are was were will would can could not for what which when where how "
    "who it is be been of to in on at or if by as an we our they them their there here then than some any all more "
    "most no yes do does did about after before again into over under only also because while each other week day "
    "days".split()
)
ALSO_SPANISH = frozenset("a no me has he son once come pan sin son an as in on or do all is be at".split())
SPANISH = frozenset(
    "el la los las un una unos unas de del al y o que en por para con sin se te tu tus lo su sus es son está están hay "
    "más menos muy no sí si como cuando donde qué cómo cuál ya todo toda todos nada algo esto esta este eso esa cada "
    "me mi mis nos le les ha has he han fue ser estar puedes puede tienes tiene hoy día días semana vez veces".split()
)
WORD = re.compile(r"[A-Za-zÁÉÍÓÚÜÑáéíóúüñ’']+")
LEAST_WORDS = 3


def blocks(page: str) -> set[str]:
    whole = OWN_WORDS.sub(r"\1\2", MARKED.sub(" ", SILENT.sub(" ", page)))
    told = [*re.split(r"<[^>]+>", TOLD_TO_A_SCRIPT.sub(" ", whole)), *READ_OUT.findall(whole)]
    for script in TOLD_TO_A_SCRIPT.findall(page):
        told.extend(_strings(json.loads(script)))
    return {words for one in told if re.search("[A-Za-z]{3}", words := " ".join(unescape(one).split()))}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("skin", "cue", "part"):
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, str):
        yield value


def is_english(block: str) -> bool:
    """By the small words that every sentence has, of which the two languages share almost none."""
    words = [word.lower() for word in WORD.findall(block)]
    english = sum(word in ENGLISH - ALSO_SPANISH for word in words)
    spanish = sum(word in SPANISH for word in words)
    return len(words) >= LEAST_WORDS and english > spanish
