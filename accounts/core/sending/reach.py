"""Whom an edition reaches at the moment it leaves, and why the others do not get it.

People who are alike in all that counts are one group, so that a million readers are a few hundred groups. The editions
that leave before it are gone through in their order: whoever gets one of those within their pace is not sent this one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accounts.core.sending.paces import had_one_since


class Fate(StrEnum):
    GETS = "gets"
    HAD_ONE = "had_one"
    RESTS = "rests"
    OTHER_TOPICS = "other_topics"
    OTHER_LANGUAGE = "other_language"


@dataclass(frozen=True, kw_only=True)
class Mailing:
    """An edition as far as it counts here. No topics: it is for whoever reads its language."""

    at: datetime
    language: str
    topics: frozenset[str] = frozenset()
    is_correction: bool = False


@dataclass(frozen=True, kw_only=True)
class Alike:
    """So many people. `back_at` is the number of the first mailing that finds them without a break."""

    how_many: int
    pace: str
    language: str
    topics: frozenset[str]
    back_at: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How many people get it; and, of those with letters, how many do not, by the reason."""

    gets: int = 0
    had_one: int = 0
    rests: int = 0
    other_topics: int = 0
    other_language: int = 0

    @property
    def left_out(self) -> int:
        """Of those who read its language."""
        return self.had_one + self.rests + self.other_topics

    @property
    def readers(self) -> int:
        return self.gets + self.left_out


def reach_of(groups: Iterable[Alike], mailings: Sequence[Mailing]) -> Reach:
    """Of the last of the mailings, when all of them leave in this order."""
    counted: Counter[str] = Counter()
    for group in groups:
        counted[fate_of(group, mailings).value] += group.how_many
    return Reach(**counted)


def fate_of(group: Alike, mailings: Sequence[Mailing]) -> Fate:
    """With the last of the mailings."""
    last_at, fate = group.last_at, Fate.OTHER_LANGUAGE
    for number, mailing in enumerate(mailings):
        fate = _fate_of_one(group, number, mailing, last_at)
        if fate is Fate.GETS and not mailing.is_correction:
            last_at = mailing.at
    return fate


def _fate_of_one(group: Alike, number: int, mailing: Mailing, last_at: datetime | None) -> Fate:
    if group.language != mailing.language:
        return Fate.OTHER_LANGUAGE
    if mailing.topics and not mailing.topics & group.topics:
        return Fate.OTHER_TOPICS
    if number < group.back_at:
        return Fate.RESTS
    is_too_soon = last_at is not None and last_at > had_one_since(group.pace, at=mailing.at)
    return Fate.HAD_ONE if is_too_soon and not mailing.is_correction else Fate.GETS
