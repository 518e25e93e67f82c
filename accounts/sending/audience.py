"""Who gets an edition: who confirmed, chose its topic and language, has no break, and whose pace allows it."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.core.sending.paces import LEAST_BETWEEN, had_one_since
from accounts.models import Delivery, DeliveryState, Edition, EditionKind, EditionStatus, Subscriber

GOT_IT = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENT, DeliveryState.UNSURE)
WILL_NOT_GET_IT = Q(edition__status=EditionStatus.CANCELLED, state=DeliveryState.QUEUED)


def audience_of(edition: Edition, *, at: datetime) -> QuerySet[Subscriber]:
    """The suppression list holds hashes, which no query can match: who is on it is left out after the claim."""
    people = Subscriber.objects.reachable(at.date()).filter(language=edition.language)
    if edition.topics:
        people = people.annotate(topics_text=Cast("topics", TextField())).filter(_chose_one_of(edition.topics))
    return people.exclude(_has_had_enough(edition, at=at))


def _chose_one_of(topics: list[str]) -> Q:
    """SQLite cannot search inside a list, so the list is searched as text; topic ids hold no quotes."""
    chosen = Q()
    for topic in topics:
        chosen |= Q(topics_text__contains=f'"{topic}"')
    return chosen


def _has_had_enough(edition: Edition, *, at: datetime) -> Q:
    others = Delivery.objects.filter(
        subscriber=OuterRef("pk"), state__in=GOT_IT, edition__kind=EditionKind.EDITION
    ).exclude(Q(edition=edition) | WILL_NOT_GET_IT)
    enough = Q()
    for pace in LEAST_BETWEEN:
        enough |= Q(pace=pace) & Q(Exists(others.filter(edition__started_at__gt=had_one_since(pace, at=at))))
    return enough
