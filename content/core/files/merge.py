"""Three-way merge of one field: what the file says, what the row says, and what both last agreed on.

Staff edit rows; git edits files; neither may lose to the other in silence. `base` is the
value last taken from the file, MISSING when the field was never loaded.

- both say the same: they agree, and that value becomes the base;
- only the file changed: the row takes it;
- only the row changed: it stays, and so does the base, so the edit remains visible;
- both changed, to different values: the row stays, and it is a conflict until someone settles it.

Merging the outcome again gives the same outcome, so loading twice changes nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class RowState(StrEnum):
    FROM_FILE = "from file"
    EDITED_HERE = "edited here"
    CONFLICT = "conflict"
    ONLY_HERE = "only here"


class _Missing:
    """The base of a field that was never loaded; equal to nothing but itself."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = _Missing()


@dataclass(frozen=True, kw_only=True)
class Merged:
    """The value the row should hold, the base to remember, and where the field now stands."""

    value: Any
    base: Any
    state: RowState


def merge(*, base: Any, file: Any, row: Any) -> Merged:
    if row == file:
        return Merged(value=file, base=file, state=RowState.FROM_FILE)
    if row == base:
        return Merged(value=file, base=file, state=RowState.FROM_FILE)
    if file == base:
        return Merged(value=row, base=base, state=RowState.EDITED_HERE)
    return Merged(value=row, base=base, state=RowState.CONFLICT)
