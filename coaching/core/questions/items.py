"""What the intake is made of: an item is one question, a step one page of them.

A step that belongs to a chapter is one of several short screens: one group of signs or conditions, or one
single question, whose answers are buttons. Whoever adds a question adds data: a step in
`coaching.core.intake.questionnaires.STEPS` is asked in its place, counted in the progress, saved, and gone back to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Answers = Mapping[str, Any]
"""Item id -> cleaned answer; an item that was skipped is not in it."""


SAFETY, HEALTH = "safety", "health"
"""The chapters, by their addresses."""


class Show(StrEnum):
    """How a tick list is shown: as a list alone, beside a picture of the body, or as a table of rows."""

    LIST = "list"
    BODY = "body"
    TABLE = "table"


class Kind(StrEnum):
    SCALE = "scale"
    CHOICE = "choice"
    TICKS = "ticks"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class Option:
    """`of` names the row of a table that it stands in."""

    code: str
    words: str
    stands_alone: bool = False
    of: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question. `low` and `high` bound a scale. `asks_library` names the rows that bring more options;
    with `among` only these of them belong to the question. Of a tick list at most `most` count, 0 for all."""

    id: str
    kind: Kind
    question: str
    stem: str = ""
    help: str = ""
    options: tuple[Option, ...] = ()
    low: int = 0
    high: int = 10
    low_words: str = ""
    high_words: str = ""
    must_answer: bool = False
    asks_library: str = ""
    among: tuple[str, ...] = ()
    only_if: tuple[str, str] | None = None
    longest: int = 300
    most: int = 0
    show: Show = Show.LIST

    def is_asked(self, answers: Answers) -> bool:
        """A follow-up is asked only after the answer it follows."""
        return self.only_if is None or answers.get(self.only_if[0]) == self.only_if[1]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One page. `chapter` is the address that leads to the first of its screens that waits for an answer."""

    slug: str
    title: str
    why: str
    items: tuple[Item, ...]
    credit: str = ""
    chapter: str = ""

    @property
    def is_safety(self) -> bool:
        return self.chapter == SAFETY

    def is_open(self, answers: Answers) -> bool:
        return self.slug != "worry-more" or opens_gad7(answers)


TWO_WEEKS = "Over the last 2 weeks, how often have you been bothered by the following problems?"
YES_NO = (Option(code="no", words="No"), Option(code="yes", words="Yes"))
NONE = Option(code="none", words="None of these", stands_alone=True)
SKIP = Option(code="skip", words="Prefer not to say", stands_alone=True)


def choice(name: str, question: str, *options: Option, **more: Any) -> Item:
    return Item(id=name, kind=Kind.CHOICE, question=question, options=options, **more)


def often(name: str, question: str) -> Item:
    words = ("Not at all", "Several days", "More than half the days", "Nearly every day")
    options = tuple(Option(code=str(code), words=text) for code, text in enumerate(words))
    return Item(id=name, kind=Kind.SCALE, stem=TWO_WEEKS, question=question, options=options, high=3)


def tenths(name: str, question: str, low: str, high: str, most: int = 10) -> Item:
    return Item(id=name, kind=Kind.SCALE, question=question, high=most, low_words=low, high_words=high)


def ticks(name: str, question: str, *options: Option, **more: Any) -> Item:
    return Item(id=name, kind=Kind.TICKS, question=question, options=options, **more)


def options_of(pairs: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code=code, words=words) for code, words in pairs.items())


def opens_gad7(answers: Answers) -> bool:
    """The rest of the GAD-7 opens at a GAD-2 of 2 or more, or when the person asks for it."""
    first_two = (answers.get("gad_1"), answers.get("gad_2"))
    return answers.get("more_gad") == "yes" or sum(value for value in first_two if isinstance(value, int)) >= 2
