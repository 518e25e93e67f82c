"""Words that run from right to left, within a sentence that does not."""

import unicodedata

_FIRST_STRONG, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def apart(words: str) -> str:
    """As it came; between marks that nobody sees where some of it runs from right to left.

    Without them a number or a bracket at its end is drawn on its wrong side, among the words of the sentence.
    """
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words):
        return f"{_FIRST_STRONG}{words}{_END}"
    return words
