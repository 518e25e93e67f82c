"""What can still be read of a form that nobody can take in: a short answer that stands beside the name it answers.

A form may be too long, hold too many fields, be cut off, or come in an encoding that is not its own. Its bytes are
then searched for names that are known beforehand. It is enough for an answer that is one word, such as the id of a
sign; what a person wrote in their own words is neither found nor looked for.
"""

import re
from collections.abc import Iterable

# In pairs (`a=b&`), in lines (`a=b`), or in parts (`name="a"`, its other headers, an empty line, then `b`).
_BESIDE = (
    rb"(?<![\w%%-])(?:(%(names)s)="
    rb'|name="?(%(names)s)"?[^\r\n]{0,200}\r?\n(?:[^\r\n]{1,200}\r?\n){0,5}\r?\n)([\w-]{1,60})'
)
NONE = "none"


def answers_in(sent: bytes, names: Iterable[str]) -> dict[str, list[str]]:
    """Every answer to one of the `names`, in the order in which they stand there."""
    # A letter of a wider encoding is the letter we know, and a zero beside it.
    plain = sent.replace(b"\0", b"")
    among = b"|".join(re.escape(name.encode()) for name in names)
    answers: dict[str, list[str]] = {}
    for match in re.finditer(_BESIDE % {b"names": among}, plain):
        answer = match[3].decode("ascii", "ignore")
        is_cut = match.end() == len(plain) and NONE.startswith(answer)
        if answer and not is_cut:
            answers.setdefault((match[1] or match[2]).decode(), []).append(answer)
    return answers
