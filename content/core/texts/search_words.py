"""From what somebody typed to the words that are searched for.

Idea: only runs of letters and digits count, so no sign that a database gives a meaning to
(quotes, stars, NEAR, a colon, NUL) ever reaches it. Words that stand in every text are left out.

Bounds: at most `MOST_WORDS` words of `LONGEST_WORD` characters, taken from the first
`LONGEST_TYPED` characters. Any text is taken; what holds no word gives an empty tuple.
"""

import re

LONGEST_TYPED = 200
LONGEST_WORD = 40
MOST_WORDS = 8

WORD = re.compile(r"[^\W_]+")
EVERYWHERE = frozenset(
    "a about after all am an and any are as at be been but by can do does for from get had has have he her his how i "
    "if in into is it its me my no not of off on or our out she so than that the their them then there they this to "
    "too up was we were what when where which who why will with you your".split()
)


def words_of(typed: str) -> tuple[str, ...]:
    """The words to look for, in lower case, each once, in the order typed."""
    typed_words = (word.casefold() for word in WORD.findall(typed[:LONGEST_TYPED]))
    wanted = (word for word in typed_words if 1 < len(word) <= LONGEST_WORD and word not in EVERYWHERE)
    return tuple(dict.fromkeys(wanted))[:MOST_WORDS]
