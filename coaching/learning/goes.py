"""Each practice as two ratings, one before and one after, of the one thing that its technique is judged by:

- Tension or worry; where one of those two ratings is missing, pain.
- How strong the worry or the thought is.
- How sure somebody is of a move. Where the next day's pain was told, the mean of that and the pain: a move that
  gives confidence and costs a bad day has not simply helped.
- The night before and the night after. The night after a practice may be rated the next morning, or before the next
  practice.

A practice with a rating that is missing, or still to come, counts as done and changes no estimate yet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from coaching.core.learning.personalise import Session
from coaching.core.practice.past import PastPractice
from coaching.core.recommend.options import Options
from content.core.signals import Signal

MOST = 10
NIGHT_FROM, NIGHT_TO = timedelta(hours=4), timedelta(hours=36)
"""How long after a practice another one may tell of the night between them."""


@dataclass(frozen=True, kw_only=True)
class Go:
    """One practice. `before` and `after` are as they were told, in the person's own figures; None where not.

    `is_more_better`: a higher figure is the better one. `pain`: before and the next day, where both are known.
    """

    practice: PastPractice
    signal: Signal
    before: float | None = None
    after: float | None = None
    pain: tuple[int, int] | None = None

    @property
    def is_more_better(self) -> bool:
        return self.signal in (Signal.CONFIDENCE, Signal.NIGHT)

    @property
    def is_rated(self) -> bool:
        return self.before is not None and self.after is not None

    @property
    def is_of_pain(self) -> bool:
        """Whether it is rated by pain, because one of its two ratings of tension is missing."""
        told = (self.practice.tension_before, self.practice.tension_after)
        return self.signal is Signal.TENSION and None in told

    def without_pain(self) -> "Go":
        """The same for somebody who wants to see no figure of pain."""
        if self.is_of_pain:
            return replace(self, before=None, after=None)
        return replace(self, pain=None)

    @cached_property
    def session(self) -> Session:
        """For the core, where less is better on every scale."""
        before, after = self.before, self.after
        if before is None or after is None:
            return Session(technique=self.practice.technique_id, signal=self.signal)
        if self.is_more_better:
            before, after = MOST - before, MOST - after
        if self.pain:
            before, after = (before + self.pain[0]) / 2, (after + self.pain[1]) / 2
        return Session(technique=self.practice.technique_id, before=before, after=after, signal=self.signal)

    @property
    def gain(self) -> float:
        """Points for the better; below 0 it was worse after than before. 0 where it is not rated."""
        session = self.session
        return (session.before or 0.0) - (session.after or 0.0) if session.is_rated else 0.0


def goes_of(newest_first: Sequence[PastPractice], options: Options) -> list[Go]:
    """Oldest first."""
    nights = _nights(newest_first, options)
    return [_go(practice, _signal(practice, options), nights) for practice in reversed(newest_first)]


def _signal(practice: PastPractice, options: Options) -> Signal:
    facts = options.by_slug.get(practice.technique_id)
    return facts.signal if facts else Signal.NONE


def _go(practice: PastPractice, signal: Signal, nights: dict[int, int | None]) -> Go:
    before, after = _before_and_after(practice, signal, nights)
    pain = _pain(practice) if signal is Signal.CONFIDENCE else None
    return Go(practice=practice, signal=signal, before=before, after=after, pain=pain)


def _before_and_after(
    practice: PastPractice, signal: Signal, nights: dict[int, int | None]
) -> tuple[int | None, int | None]:
    match signal:
        case Signal.TENSION:
            return _tension(practice)
        case Signal.BELIEF:
            return practice.belief_before, practice.belief_after
        case Signal.CONFIDENCE:
            return practice.confidence_before, practice.confidence_after
        case Signal.NIGHT:
            return practice.night_before, nights[practice.pk]
        case _:
            return None, None


def _tension(practice: PastPractice) -> tuple[int | None, int | None]:
    tension = (practice.tension_before, practice.tension_after)
    return (practice.pain_before, practice.pain_after) if None in tension else tension


def _pain(practice: PastPractice) -> tuple[int, int] | None:
    before, after = practice.pain_before, practice.pain_next_day
    return None if before is None or after is None else (before, after)


def _nights(newest_first: Iterable[PastPractice], options: Options) -> dict[int, int | None]:
    """The night after each practice that is judged by nights."""
    night_after: dict[int, int | None] = {}
    following: PastPractice | None = None
    for practice in newest_first:
        if _signal(practice, options) is not Signal.NIGHT:
            continue
        night_after[practice.pk] = practice.night_after
        if practice.night_after is None and following and _is_the_night_between(practice, following):
            night_after[practice.pk] = following.night_before
        following = practice
    return night_after


def _is_the_night_between(practice: PastPractice, following: PastPractice) -> bool:
    return NIGHT_FROM <= following.started_at - practice.started_at <= NIGHT_TO
