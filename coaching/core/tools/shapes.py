"""What a tool is made of: what it asks, in which parts, and the words around it.

A tool is a page of questions that a person answers in their own words, keeps, and comes back
to. Its definition holds every word that is shown; the rules that read the answers stand in
other modules. Every question may be left out.

What a person wrote is a plain mapping that JSON can hold:

    {"thought": "My back will go.", "sure": 80, "traps": ["worst", "own:Old radio"],
     "steps": [{"key": 1, "words": "Pick up a sock", "fear": 3}]}

Dates are "2026-03-05", times "07:30", numbers whole, ticks a list of codes. What was left
out is not in it, and a line of a list in which everything was left out is not either.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from coaching.core.questions.items import Option
from content.core.vocabulary import Family, Grade, Term

Answers = Mapping[str, Any]

OWN = "own:"
"""Begins the code of an option that a person added; the rest of the code is its words."""

LONGEST_LINE = 200
LONGEST_TEXT = 5000


class Kind(StrEnum):
    LINE = "line"
    TEXT = "text"
    PERCENT = "percent"
    TENTHS = "tenths"
    NUMBER = "number"
    CHOICE = "choice"
    TICKS = "ticks"
    DATE = "date"
    TIME = "time"
    YES = "yes"


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question. `low` and `high` bound a number. `own` labels a line for an option of one's own.

    `line_of` names the list whose lines are the options. A `later` question is answered after the
    event. `dropped_by` names a YES that, once ticked, keeps this answer from being stored. `is_carried`
    fills in what the last entry said.
    """

    id: str
    label: str
    kind: Kind = Kind.TEXT
    hint: str = ""
    options: tuple[Option, ...] = ()
    low: int = 0
    high: int = 10
    low_words: str = ""
    high_words: str = ""
    own: str = ""
    line_of: str = ""
    later: bool = False
    dropped_by: str = ""
    is_today: bool = False
    is_not_future: bool = False
    is_carried: bool = False

    @property
    def is_filled_in(self) -> bool:
        """Whether the page itself may write something here first."""
        return self.is_today or self.is_carried


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A list the person writes line by line. `blank` lines are offered at first, `most` are taken.

    A `keyed` list gives each line a number that stays with it, so that another list can point to it.
    """

    id: str
    label: str
    one: str
    asks: tuple[Ask, ...]
    hint: str = ""
    blank: int = 2
    most: int = 20
    keyed: bool = False

    @property
    def first_asks(self) -> tuple[Ask, ...]:
        return tuple(ask for ask in self.asks if not ask.later)

    @property
    def later_asks(self) -> tuple[Ask, ...]:
        return tuple(ask for ask in self.asks if ask.later)


class Depth(StrEnum):
    """When a part is open: always, for those who want more, or after the event."""

    FIRST = "first"
    MORE = "more"
    LATER = "later"


@dataclass(frozen=True, kw_only=True)
class Part:
    id: str
    title: str
    items: tuple[Ask | Rows, ...]
    lead: str = ""
    depth: Depth = Depth.FIRST


class Group(Term):
    """The shelves of the list of tools."""

    THOUGHTS = "thoughts", "When thoughts or worries get stuck"
    DOING = "doing", "When you want to do more again"
    NIGHTS = "nights", "For your nights, and for a hard day"


@dataclass(frozen=True, kw_only=True)
class Tool:
    """`one` names a single entry. `technique` is the library's technique whose cautions hold here;
    `minds` names one whose cautions are shown as a warning. `grade` None: not rated by itself.
    """

    slug: str
    name: str
    one: str
    begin: str
    group: Group
    family: Family
    good_for: str
    minutes: str
    why: tuple[str, ...]
    how_sure: str
    stop: str
    parts: tuple[Part, ...]
    title_from: tuple[str, ...]
    grade: Grade | None = None
    sources: tuple[str, ...] = ()
    technique: str = ""
    minds: str = ""
    lesson: str = ""
    cautions: tuple[str, ...] = ()
    begin_full: str = ""
    may_always: bool = False
    is_practice: bool = False
    """To fill it in is to practise its technique."""

    @property
    def items(self) -> Iterator[Ask | Rows]:
        for part in self.parts:
            yield from part.items

    @property
    def asks(self) -> tuple[Ask, ...]:
        return tuple(item for item in self.items if isinstance(item, Ask))

    @property
    def rows(self) -> tuple[Rows, ...]:
        return tuple(item for item in self.items if isinstance(item, Rows))


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A kind word on what was written. `sums` shows the arithmetic behind a number in it."""

    words: str
    sums: str = ""


def options(pairs: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code=code, words=words) for code, words in pairs.items())


def line(name: str, label: str, **more: Any) -> Ask:
    return Ask(id=name, label=label, kind=Kind.LINE, **more)


def text(name: str, label: str, **more: Any) -> Ask:
    return Ask(id=name, label=label, kind=Kind.TEXT, **more)


def tenths(name: str, label: str, low: str = "", high: str = "", **more: Any) -> Ask:
    return Ask(id=name, label=label, kind=Kind.TENTHS, low_words=low, high_words=high, **more)


def percent(name: str, label: str, **more: Any) -> Ask:
    return Ask(id=name, label=label, kind=Kind.PERCENT, high=100, **more)


def number(name: str, label: str, low: int, high: int, **more: Any) -> Ask:
    return Ask(id=name, label=label, kind=Kind.NUMBER, low=low, high=high, **more)


def choice(name: str, label: str, pairs: Mapping[str, str], **more: Any) -> Ask:
    return Ask(id=name, label=label, kind=Kind.CHOICE, options=options(pairs), **more)


def ticks(name: str, label: str, pairs: Mapping[str, str], **more: Any) -> Ask:
    return Ask(id=name, label=label, kind=Kind.TICKS, options=options(pairs), **more)


def day(name: str, label: str, **more: Any) -> Ask:
    return Ask(id=name, label=label, kind=Kind.DATE, **more)


def clock(name: str, label: str, **more: Any) -> Ask:
    return Ask(id=name, label=label, kind=Kind.TIME, **more)


def yes(name: str, label: str, **more: Any) -> Ask:
    return Ask(id=name, label=label, kind=Kind.YES, **more)
