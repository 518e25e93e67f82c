"""Recording a practice: once, however often it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from coaching.models import Person, Practice
from coaching.practice.questions import ASKING, RATINGS
from content.core.signals import Signal
from content.models import Guide

LONGEST = timedelta(hours=3)
OLDEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the client says of one go; no time where its clock makes no sense. `ratings` are taps by the names of
    `questions`, None where left out."""

    client_id: str
    started_at: datetime | None
    seconds: int
    ratings: Mapping[str, int | None]


def record(person: Person, guide: Guide, report: Report, at: datetime) -> tuple[Practice, bool]:
    """Keep the practice; a report with a client id that is known changes nothing."""
    practice = Practice(
        person_id=person.pk,
        client_id=report.client_id,
        technique_id=guide.technique_id,
        guide=guide.slug,
        started_at=believable(report.started_at, at),
        seconds=min(report.seconds, int(LONGEST.total_seconds())),
        **report.ratings,
    )
    if Practice.objects.put_in(practice):
        return practice, True
    return Practice.objects.get(person=person, client_id=report.client_id), False


def believable(started_at: datetime | None, at: datetime) -> datetime:
    """The time the device gave, unless its clock is plainly wrong: not to come, not over a year old."""
    if started_at is None or started_at > at or started_at < at - OLDEST:
        return at
    return started_at if timezone.is_aware(started_at) else timezone.make_aware(started_at)


@dataclass(frozen=True, kw_only=True)
class RatingChange:
    """What one pair of taps says, in words."""

    label: str
    words: str


@dataclass(frozen=True, kw_only=True)
class RatedPair:
    """What is rated before and after, under one name."""

    name: str
    label: Any
    is_more_better: bool = False


PAIRS = (
    RatedPair(name="tension", label=_lazy("Tension or worry")),
    RatedPair(name="belief", label=_lazy("The worry or the thought")),
    RatedPair(name="confidence", label=_lazy("How sure you are"), is_more_better=True),
    RatedPair(name="pain", label=_lazy("Pain")),
)


def changes_of(practice: Practice, *, hides_pain: bool) -> tuple[RatingChange, ...]:
    pairs = [pair for pair in PAIRS if not (hides_pain and pair.name == "pain")]
    changes = [
        _change(pair, getattr(practice, f"{pair.name}_before"), getattr(practice, f"{pair.name}_after"))
        for pair in pairs
    ]
    return tuple(change for change in changes if change)


def _change(pair: RatedPair, before: int | None, after: int | None) -> RatingChange | None:
    if before is None or after is None:
        return None
    told = {"before": before, "after": after}
    if after == before:
        words = _("%(before)s before and after. That happens, and it counts.")
    elif (after > before) is not pair.is_more_better:
        words = _("from %(before)s to %(after)s. Be gentle with yourself. You can try another way.")
    elif pair.is_more_better:
        words = _("from %(before)s to %(after)s. A little surer.")
    else:
        words = _("from %(before)s to %(after)s. A little quieter.")
    return RatingChange(label=str(pair.label), words=words % told)


def take_back(practice: Practice) -> None:
    """Forget the taps of a practice; that it was done stays."""
    Practice.objects.filter(pk=practice.pk).update(**dict.fromkeys(RATINGS))


def tell_later(practice: Practice, rating: int | None) -> None:
    """The tap of the next day. None takes it back."""
    name = ASKING[Signal(practice.technique.outcome)].later
    if name:
        Practice.objects.filter(pk=practice.pk).update(**{name: rating})
