"""Words that run from right to left, within a sentence that does not."""

import unicodedata

RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
ISOLATE, END_OF_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_NONE_THAT_TURNS = str.maketrans("", "", TURNING)


def without_turns(words: str) -> str:
    """Without signs that turn the direction of what follows them, beyond the words they stand in."""
    return words.translate(_NONE_THAT_TURNS)


def apart(words: str) -> str:
    """Words within a sentence of plain text: between marks that nobody sees where some of them run from right to left.

    Without the marks a number or a bracket at their end is drawn on its wrong side, among the words of the sentence.
    What a page says it sets apart with <bdi>.
    """
    plain = without_turns(words)
    turns = any(unicodedata.bidirectional(sign) in RIGHT_TO_LEFT for sign in plain)
    return f"{ISOLATE}{plain}{END_OF_ISOLATE}" if turns else plain
