"""Letters of a series whose turn has come, put into the ledger; twice, or by two at once, puts in nothing more.

Each comes once in a lifetime: who stops and comes back goes on where they were. A letter that could not be
delivered ends the series for that person.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.letters import editions
from accounts.letters.occasions import those_at
from accounts.models import (
    OPEN_STATES,
    Delivery,
    DeliveryState,
    EditionStatus,
    Occasion,
    Series,
    SeriesLetter,
    Subscriber,
)
from accounts.sending import ledger

WENT_BY = (DeliveryState.SENT, DeliveryState.SKIPPED)
ENDED = "The series was ended."


@transaction.atomic
def begin(series: Series, *, at: datetime) -> None:
    """For everybody who confirms from now on; after an end, as if it had not been ended."""
    Series.objects.filter(pk=series.pk, begun_at=None).update(begun_at=at)
    for letter in series.letters.select_related("edition"):
        editions.start(letter.edition, at=at) or editions.resume(letter.edition, at=at)


@transaction.atomic
def end(series: Series) -> None:
    Series.objects.filter(pk=series.pk).update(begun_at=None)
    for letter in series.letters.select_related("edition"):
        editions.pause(letter.edition, ENDED)


def put_in_due(*, at: datetime) -> int:
    """How many letters have come into the ledger."""
    running = SeriesLetter.objects.filter(series__begun_at__lte=at, edition__status=EditionStatus.SENDING)
    return sum(
        ledger.put_in(letter.edition, people_for(letter, at=at), at=at)
        for letter in running.select_related("series", "edition")
    )


def people_for(letter: SeriesLetter, *, at: datetime) -> QuerySet[Subscriber]:
    people = Subscriber.objects.reachable(at.date()).filter(language=letter.edition.language)
    people = people.exclude(_got(Q(edition=letter.edition)))
    since = at - timedelta(days=letter.days)
    if letter.when == Occasion.AFTER_CONFIRMATION:
        return _next_in_order(letter, people, since=since)
    recent = Q(edition__place__series=letter.series) & (Q(closed_at__gt=since) | Q(state__in=OPEN_STATES))
    return those_at(Occasion(letter.when), people.exclude(_got(recent)), at=at, lesson=letter.lesson)


def _next_in_order(letter: SeriesLetter, people: QuerySet[Subscriber], *, since: datetime) -> QuerySet[Subscriber]:
    """Who came with a list begins when staff said, a few a day; or never, if they did not say so."""
    people = people.filter(confirmed_at__gte=letter.series.begun_at, gets_series=True)
    people = people.annotate(begins=Coalesce("series_from", "confirmed_at"))
    in_order = letter.series.letters.filter(when=Occasion.AFTER_CONFIRMATION, position__lt=letter.position)
    before = in_order.order_by("position").last()
    if before is None:
        return people.filter(begins__lte=since)
    return people.filter(_got(Q(edition=before.edition_id, state__in=WENT_BY, closed_at__lte=since)))


def _got(such: Q) -> Exists:
    return Exists(Delivery.objects.filter(such, subscriber=OuterRef("pk")))
