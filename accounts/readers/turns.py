"""Whose turn it is in a series: so many days after the letter before, at the hour at which they signed up or which they
chose, on their own clock. When that clock is put on or back, the letter still comes at that hour.

Every minute only those are looked at to whom something happened within RECENT: the letter before went, they confirmed,
a break ended. Each of these is found by an index, whatever the number of people.
"""

from array import array
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce, ExtractHour, ExtractMinute

from accounts.core.sending.hours import HOUR, Hours, beginning_of, day_there, zone_of
from accounts.models import Delivery, DeliveryState, Occasion, SeriesLetter, Subscriber
from accounts.models.letter_hours import hours_of_site

WENT_BY = (DeliveryState.SENT, DeliveryState.SKIPPED)
RECENT = timedelta(days=2)
AT_A_TIME = 1000
FARTHEST_ZONE = timedelta(hours=26)
"""More than any two clocks of the world lie apart."""


def got(such: Q) -> Exists:
    return Exists(Delivery.objects.filter(such, subscriber=OuterRef("pk")))


def next_in_order(letter: SeriesLetter, people: QuerySet[Subscriber], *, at: datetime) -> QuerySet[Subscriber]:
    """Those who may be on the day of this letter; a letter without days comes at once.

    Who came with a list begins when staff said, a few a day; or never, if they did not say so.
    """
    people = people.filter(confirmed_at__gte=letter.series.begun_at, gets_series=True)
    people = people.annotate(begins=Coalesce("series_from", "confirmed_at"))
    latest = _latest(letter, at)
    before = _letter_before(letter)
    if before is None:
        return people.filter(begins__lte=latest)
    return people.filter(got(Q(edition=before.edition_id, state__in=WENT_BY, closed_at__lte=latest)))


def recent(letter: SeriesLetter, *, at: datetime) -> Iterator[list[int]]:
    """Keys of those to whom something happened that may make it their turn, some at a time.

    They are read before they are asked for: with all of them in one statement, the database reads every person instead.
    """
    for keys in _recent_of_each_kind(letter, at):
        those = array("q", keys.distinct().iterator())  # eight bytes for each, all read before any row is written
        for begin in range(0, len(those), AT_A_TIME):
            yield those[begin : begin + AT_A_TIME].tolist()


def everybody() -> Iterator[Q]:
    """Some thousand after the other, by their keys."""
    after: int | None = 0
    while after is not None:
        keys = Subscriber.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
        last = keys[AT_A_TIME - 1 : AT_A_TIME].first()
        yield Q(pk__gt=after) if last is None else Q(pk__gt=after, pk__lte=last)
        after = last


def _recent_of_each_kind(letter: SeriesLetter, at: datetime) -> Iterator[QuerySet[Any, int]]:
    latest, today = _latest(letter, at), at.date()
    earliest = at - timedelta(days=letter.days) - RECENT
    before = _letter_before(letter)
    if before is not None:
        went = Delivery.objects.filter(edition=before.edition_id, closed_at__range=(earliest, latest))
        yield went.filter(state__in=WENT_BY).order_by().values_list("subscriber", flat=True)
    since = earliest if before is None else at - RECENT
    yield _keys(confirmed_at__range=(since, at))
    yield _keys(series_from__range=(since, at))
    yield _keys(paused_until__range=(today - RECENT, today + timedelta(days=1)))


def due(letter: SeriesLetter, people: QuerySet[Subscriber], *, at: datetime) -> Iterator[QuerySet[Subscriber]]:
    """Those whose hour has come on the day of the letter, one time zone after the other."""
    hours = hours_of_site()
    for zone in people.order_by().values_list("time_zone", flat=True).distinct():
        yield _due_there(letter, people.filter(time_zone=zone), zone, hours, at=at)


def _due_there(
    letter: SeriesLetter, people: QuerySet[Subscriber], zone: str, hours: Hours, *, at: datetime
) -> QuerySet[Subscriber]:
    there = zone_of(zone, hours)
    local = at.astimezone(there)
    next_day = day_there(at, zone, hours) - timedelta(days=letter.days - 1)
    before, ends = _letter_before(letter), beginning_of(next_day, there)
    if before is None:
        people = people.filter(begins__lt=ends)
    else:
        people = people.filter(got(Q(edition=before.edition_id, state__in=WENT_BY, closed_at__lt=ends)))
    signed_up = ExtractHour("confirmed_at", tzinfo=there) * HOUR + ExtractMinute("confirmed_at", tzinfo=there)
    timed = people.annotate(signed_up=signed_up).annotate(minute=_minute(hours))
    return timed.filter(minute__lte=local.hour * HOUR + local.minute)


def _minute(hours: Hours) -> Case:
    """Of the day. What was chosen holds; a sign-up outside of the hours counts as one at their beginning."""
    within = Q(signed_up__gte=hours.opens * HOUR, signed_up__lt=hours.closes * HOUR)
    return Case(
        When(letters_hour__isnull=False, then=F("letters_hour") * HOUR),
        When(within, then=F("signed_up")),
        default=hours.opens * HOUR,
        output_field=IntegerField(),
    )


def _letter_before(letter: SeriesLetter) -> SeriesLetter | None:
    in_order = letter.series.letters.filter(when=Occasion.AFTER_CONFIRMATION, position__lt=letter.position)
    return in_order.order_by("position").last()


def _latest(letter: SeriesLetter, at: datetime) -> datetime:
    """When the letter before has gone at the latest, wherever the reader lives."""
    return at if not letter.days else at - timedelta(days=letter.days) + FARTHEST_ZONE


def _keys(**such: object) -> QuerySet[Any, int]:
    return Subscriber.objects.filter(**such).order_by().values_list("pk", flat=True)
