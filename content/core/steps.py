"""A step of a guide, as the player, the page and the checks read it.

A guide keeps its steps as rows of plain words and numbers, checked by `files/shapes.py` when they come in. They are
read into values here, once, where the guide is read; nothing else looks into a row.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, kw_only=True)
class OtherWords:
    """What one way says in the place of the usual words; None where the usual one holds."""

    words: str
    cue: str | None = None
    part: str | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """`seconds` are whole. `part` is the id of a part of the body or of a pose, empty where there is none.

    `sizes` are the lengths of the guide that hold it. `instead` are other words by their way, for the same seconds.
    Under one of the limits in `without` the step is left out.
    """

    words: str
    seconds: int
    cue: str
    part: str = ""
    sizes: frozenset[str] = frozenset()
    instead: Mapping[str, OtherWords] = field(default_factory=dict)
    without: frozenset[str] = frozenset()

    def said(self, ways: Collection[str] = ()) -> "Step":
        """The step as it is said in the ways chosen: the first of its other words whose way is among them."""
        other = next((other for way, other in self.instead.items() if way in ways), OtherWords(words=self.words))
        return replace(
            self,
            words=other.words,
            cue=self.cue if other.cue is None else other.cue,
            part=self.part if other.part is None else other.part,
        )


def read_steps(rows: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    return tuple(_read_step(row) for row in rows)


def _read_step(row: Mapping[str, Any]) -> Step:
    return Step(
        words=row["words"],
        seconds=row["seconds"],
        cue=row["cue"],
        part=row.get("part", ""),
        sizes=frozenset(row["sizes"]),
        instead={way: OtherWords(**other) for way, other in row.get("instead", {}).items()},
        without=frozenset(row.get("without", ())),
    )
