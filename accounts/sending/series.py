"""Letters of a series whose turn has come, put into the ledger; twice, or by two at once, puts in nothing more.

Each comes once in a lifetime: who stops and comes back goes on where they were. A letter that could not be
delivered ends the series for that person.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DateTimeField, Q, QuerySet, Value

from accounts.letters import editions
from accounts.letters.occasions import looking, those_at
from accounts.models import (
    OPEN_STATES,
    EditionStatus,
    Occasion,
    Series,
    SeriesLetter,
    Subscriber,
)
from accounts.models.letter_hours import moment_for_each
from accounts.readers import turns
from accounts.readers.turns import got
from accounts.sending import ledger


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
        editions.pause(letter.edition, editions.ENDED)


def put_in_due(*, at: datetime) -> int:
    """How many letters have come into the ledger. It looks at those only to whom something happened these days, and
    whose turn to be looked at it is."""
    return sum(due_in_steps(at))


def due_in_steps(at: datetime) -> Iterator[int]:
    """The same, some at a time."""
    in_order, at_occasions = _running(at)
    for letter in in_order:
        people = people_for(letter, at=at)
        for those in turns.recent(letter, at=at):
            yield _put_in(letter, people.filter(pk__in=those), at=at)
    if at_occasions:
        # One step: whoever rests in between must not look at these people alone.
        with looking(at):
            count = sum(_put_in(letter, people_for(letter, at=at), at=at) for letter in at_occasions)
        yield count


def all_in_steps(at: datetime) -> Iterator[int]:
    """Letters in their order for everybody, some at a time: whoever ended a break early, chose another language, or was
    missed by a worker away. To occasions everybody's turn comes once a day as it is.

    Meant for once a day, as it reads all people.
    """
    in_order, _ = _running(at)
    for letter in in_order:
        people = people_for(letter, at=at)
        for some in turns.everybody():
            yield _put_in(letter, people.filter(some), at=at)


def _running(at: datetime) -> tuple[list[SeriesLetter], list[SeriesLetter]]:
    """Those that come in their order, and those that wait for an occasion."""
    running = SeriesLetter.objects.filter(series__begun_at__lte=at, edition__status=EditionStatus.SENDING)
    letters = list(running.select_related("series", "edition"))
    in_order = [letter for letter in letters if letter.when == Occasion.AFTER_CONFIRMATION]
    return in_order, [letter for letter in letters if letter not in in_order]


def _put_in(letter: SeriesLetter, people: QuerySet[Subscriber], *, at: datetime) -> int:
    """What follows at once on a confirmation is not held for the hours of the day: they are here."""
    if letter.when != Occasion.AFTER_CONFIRMATION:
        return ledger.put_in(letter.edition, people, moment_for_each(at))
    if not letter.days:
        return ledger.put_in(letter.edition, people, Value(at, output_field=DateTimeField()))
    return sum(ledger.put_in(letter.edition, due, moment_for_each(at)) for due in turns.due(letter, people, at=at))


def people_for(letter: SeriesLetter, *, at: datetime) -> QuerySet[Subscriber]:
    """For letters in their order: those on whose day it may be; `turns` looks at their clocks."""
    people = Subscriber.objects.reachable(at).filter(language=letter.edition.language)
    people = people.exclude(got(Q(edition=letter.edition)))
    if letter.when == Occasion.AFTER_CONFIRMATION:
        return turns.next_in_order(letter, people, at=at)
    since = at - timedelta(days=letter.days)
    recent = Q(edition__place__series=letter.series) & (Q(closed_at__gt=since) | Q(state__in=OPEN_STATES))
    return those_at(Occasion(letter.when), people.exclude(got(recent)), at=at, lesson=letter.lesson)
