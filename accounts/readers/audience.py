"""Who gets an edition: who confirmed, chose its topic and language, has no break, and whose pace allows it.

A correction goes to everybody it is for, whatever they had before, and takes nothing from anybody's pace.
"""

from collections import defaultdict
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.core.sending.paces import LEAST_BETWEEN, had_one_since
from accounts.models import Delivery, DeliveryState, Edition, EditionKind, EditionStatus, Subscriber

GOT_IT = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENT, DeliveryState.UNSURE)
GOT_IT_THOUGH_CANCELLED = (DeliveryState.CLAIMED, DeliveryState.SENT, DeliveryState.UNSURE)


def audience_of(edition: Edition, *, at: datetime) -> QuerySet[Subscriber]:
    """The suppression list holds hashes, which no query can match: who is on it is left out after the claim."""
    people = Subscriber.objects.reachable(at).filter(language=edition.language)
    if edition.topics:
        people = people.annotate(topics_text=Cast("topics", TextField())).filter(_chose_one_of(edition.topics))
    return people if edition.is_correction else _without_those_who_had_enough(people, edition, at=at)


def _chose_one_of(topics: list[str]) -> Q:
    """SQLite cannot search inside a list, so the list is searched as text; topic ids hold no quotes."""
    chosen = Q()
    for topic in topics:
        chosen |= Q(topics_text__contains=f'"{topic}"')
    return chosen


def _without_those_who_had_enough(
    people: QuerySet[Subscriber], edition: Edition, *, at: datetime
) -> QuerySet[Subscriber]:
    """Looked up by the few editions of the last weeks: most often there is none, and then nothing to look up."""
    recent = list(begun_since(min(had_one_since(pace, at=at) for pace in LEAST_BETWEEN)).exclude(pk=edition.pk))
    paces = defaultdict(list)
    for pace in LEAST_BETWEEN:
        since = had_one_since(pace, at=at)
        paces[tuple(each for each in recent if each.started_at and each.started_at > since)].append(pace)
    for those, with_pace in paces.items():
        if those:
            people = people.exclude(Q(pace__in=with_pace) & Q(got_one_of(those)))
    return people


def begun_since(moment: datetime) -> QuerySet[Edition]:
    """Those that count for the pace of whoever got one."""
    begun = Edition.objects.filter(kind=EditionKind.EDITION, is_correction=False, started_at__gt=moment)
    return begun.only("pk", "status", "started_at").order_by("-started_at")


def got_one_of(those: tuple[Edition, ...]) -> Exists:
    """Of a subscriber: whether one of these is on its way to them, came, or may have come."""
    cancelled = [each.pk for each in those if each.status == EditionStatus.CANCELLED]
    others = [each.pk for each in those if each.status != EditionStatus.CANCELLED]
    got = Q(edition__in=others, state__in=GOT_IT) if others else Q()
    if cancelled:
        got |= Q(edition__in=cancelled, state__in=GOT_IT_THOUGH_CANCELLED)
    return Exists(Delivery.objects.filter(got, subscriber=OuterRef("pk")))


def states_that_count(edition: Edition) -> tuple[DeliveryState, ...]:
    """Of a letter of this edition: it is on its way, came, or may have come."""
    return GOT_IT_THOUGH_CANCELLED if edition.status == EditionStatus.CANCELLED else GOT_IT
