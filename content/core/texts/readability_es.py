"""How easy a Spanish text is to read: the Fernández Huerta score, counted by ourselves.

score = 206.84 - 60 x syllables a word - 1.02 x words a sentence

It is Flesch's reading ease with weights for Spanish, whose words have more syllables; a higher
score is easier, and 100 is the easiest that is usually named. The English grade must not be used
on Spanish: it would call every text hard. Weights: as the formula is commonly given; the paper
of 1959 was not opened, and editions differ in how they write the second term.

Syllables are counted by rule: a strong vowel (a, e, o, or one with an accent) with the weak ones
beside it is one syllable; two strong vowels are two. Bounds: numbers count as one syllable.
"""

import re

from content.core.texts.readability import Counts, count_with

WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
NUCLEUS = re.compile(r"[iuü]?[aeoáéóíú][iuü]?(?![aeoáéóíú])|[iuü]?[aeoáéóíú]|[iuü]+")


def ease_of(text: str) -> float:
    """The score, to one decimal; 100 for a text without a word."""
    counts = count(text)
    if not counts.words:
        return 100.0
    per_word, per_sentence = counts.syllables / counts.words, counts.words / counts.sentences
    return round(206.84 - 60 * per_word - 1.02 * per_sentence, 1)


def count(text: str) -> Counts:
    return count_with(WORD, syllables, text)


def syllables(word: str) -> int:
    return max(1, len(NUCLEUS.findall(re.sub(r"y\Z", "i", word.lower()).replace("qu", "q"))))
