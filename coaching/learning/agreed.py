"""People who agreed that their ratings are counted together, by the hundred, with what is needed of them read at once.

Few queries for each hundreds of people, however many there are, and no more than those in memory. Ids of people are
drawn at random (`coaching/models/person.py`), so whoever comes first in their order is an even draw of all. To read
more than MOST_PEOPLE would cost minutes and make little more certain, as certainty grows with the root of their number:
so many are taken, in that order, and the same ones day after day while they agree.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from accounts.models import Consent, ConsentKind
from coaching.core.practice.past import past_of
from coaching.models import CheckIn, Intake, Person, Practice
from coaching.models.check_in import PastCheckIn
from coaching.models.practice_store import MOST_PRACTICES

LOOKED_AT_ONCE, READ_AT_ONCE = 500, 100
MOST_PEOPLE = 10_000

Reader = Callable[[Sequence[Person]], None]
"""Reads rows of some people in one query, and leaves them where each person keeps what was read."""


def agreed_people(*readers: Reader) -> Iterator[list[Person]]:
    """People with an active account who agreed to pool their ratings and did not take that back, in an even order.

    Some at a time; an empty list where nobody of some hundred agreed, so that a walk over all can rest there.
    """
    last = ""
    while some := list(Person.objects.filter(pk__gt=last, user__is_active=True).order_by("pk")[:LOOKED_AT_ONCE]):
        last = some[-1].pk
        agreed = _who_agreed(some)
        if not agreed:
            yield []
        for begin in range(0, len(agreed), READ_AT_ONCE):
            these = agreed[begin : begin + READ_AT_ONCE]
            for read in readers:
                read(these)
            yield these


def _who_agreed(people: Sequence[Person]) -> list[Person]:
    standing = Consent.objects.standing().filter(kind=ConsentKind.POOLING, user__in=[one.user_id for one in people])
    agreed = set(standing.order_by().values_list("user", flat=True))
    return [person for person in people if person.user_id in agreed]


def with_answers(people: Sequence[Person]) -> None:
    for person, rows in _by_person(people, Intake.objects.order_by("-id")):
        person.all_intakes = rows


def with_practices(people: Sequence[Person]) -> None:
    """The newest of each, as `Person.newest_practices` reads them one by one: from the row in which they are kept
    together, and only where that is out of date from their own rows."""
    kept = {store.person_id: store.read(store.first) for store in Practice.objects.stores_of(people)}
    others = [person for person in people if kept.get(person.pk) is None]
    place = Window(RowNumber(), partition_by="person_id", order_by=[F("started_at").desc(), F("pk").desc()])
    newest = Practice.objects.annotate(place=place).filter(place__lte=MOST_PRACTICES).order_by("person_id", "place")
    for person, rows in _by_person(others, newest):
        kept[person.pk] = [past_of(row) for row in rows]
    for person in people:
        person.newest_practices = kept[person.pk] or []


def with_check_ins(people: Sequence[Person]) -> None:
    theirs: dict[str, list[PastCheckIn]] = defaultdict(list)
    for row in CheckIn.objects.filter(person__in=people).past():
        theirs[row.person_id].append(row)
    for person in people:
        person.all_check_ins = theirs[person.pk]


def _by_person(people: Sequence[Person], rows: QuerySet[Any]) -> Iterator[tuple[Person, list[Any]]]:
    theirs: dict[str, list[Any]] = defaultdict(list)
    for row in rows.filter(person__in=people) if people else ():
        theirs[row.person_id].append(row)
    yield from ((person, theirs[person.pk]) for person in people)
