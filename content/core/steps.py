"""A step of a guide, as the player, the page and the checks read it.

A guide keeps its steps as rows of plain words and numbers, checked by `files/shapes.py` when they come in. They are
read into values here, once, where the guide is read; nothing else looks into a row.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from content.core.vocabulary import Skin

PACK_WORDS = ("begin", "rest", "check", "off", "after")
WALK_WORDS = ("begin", "spell", "again", "slow", "turn", "close")
"""What a guide says where somebody sets the time themselves."""


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

    @property
    def in_every_way(self) -> str:
        return " ".join([self.words, *(other.words for other in self.instead.values())])

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


def own_length_faults(skin: str, own: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the words for a time of one's own, as ends of the sentence "own_length ...".

    None at all is no fault: the guide has its sizes then, and nobody is asked for a time.
    """
    wanted = {Skin.WALK.value: {*WALK_WORDS}, Skin.TIMER.value: {*PACK_WORDS}}.get(skin, set())
    if own and not wanted:
        yield "is only for a walk or a timer"
    elif own and own.keys() != wanted:
        yield f"has to name: {', '.join(sorted(wanted))}"
