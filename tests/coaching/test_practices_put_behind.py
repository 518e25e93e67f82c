"""A practice that is put in lies behind the long seal of those before, which is written anew only now and then."""

from base64 import b64encode
from datetime import datetime, timedelta
from io import StringIO
from itertools import count, pairwise
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from accounts.sealing import is_current, is_sealed
from coaching.core.practice.past import past_of
from coaching.models import Person, Practice, PracticeStore
from coaching.models.practice_store import ROOM_BEHIND, PracticeStoreQuerySet
from coaching.practice.practices import Report, record, take_back
from content.models import Guide
from tests.accounts.people import NOON
from tests.content.makers import a_technique
from tests.processes import wait_until

pytestmark = pytest.mark.django_db

OLD, NEW = (f"{name}:{b64encode(name[:1].encode() * 32).decode()}" for name in ("old", "new"))
ALL = {"tension_before": 10, "tension_after": 10, "pain_before": 10, "pain_after": 10, "pain_next_day": 10}


@pytest.fixture
def guide() -> Guide:
    return Guide(slug="breathing", technique=a_technique())


@pytest.fixture
def person(guide: Guide) -> Person:
    """Somebody of whom two practices are kept, one of them behind the seal."""
    person = Person.objects.create()
    do(person, guide, 0)
    list(person.newest_practices)
    do(person, guide, 1)
    return person


def do(person: Person, guide: Guide, number: int, *, at: datetime | None = None, **ratings: int) -> None:
    started_at = at or NOON + timedelta(minutes=number)
    report = Report(client_id=f"go-{number}", started_at=started_at, seconds=240, ratings=ratings)
    assert record(person, guide, report, NOON + timedelta(days=1))[1]


def store() -> PracticeStore:
    return PracticeStore.objects.get()


def kept() -> list[Any] | None:
    """As the one row has them, and None where it does not count."""
    row = Practice.objects.store_of(Person.objects.get().pk)
    read = row.read(row.first)
    return None if read is None else list(read)


def as_their_rows_say() -> list[Any]:
    return [past_of(row) for row in Practice.objects.newest_first()]


def test_the_long_seal_stays_as_it_is_until_there_is_no_more_room_behind_it(person: Person, guide: Guide) -> None:
    seals = []
    for number in range(2, 40):
        do(person, guide, number)
        row = store()
        assert len(row.sealed_later or "") == ROOM_BEHIND
        assert kept() == as_their_rows_say()
        seals.append(row.sealed_newest)
    changed = sum(before != after for before, after in pairwise(seals))
    assert 3 <= changed <= 6


def test_each_that_is_put_behind_is_sealed_by_itself_for_its_own_person(person: Person, guide: Guide) -> None:
    do(person, guide, 2, tension_before=7)
    seals = (store().sealed_later or "").split()
    assert len(seals) == 2 and all(map(is_sealed, seals))
    other = Person.objects.create()
    do(other, guide, 0)
    list(other.newest_practices)
    do(other, guide, 1)
    PracticeStore.objects.filter(person=person).update(sealed_later=other.practice_store.sealed_later)
    assert list(Person.objects.get(pk=person.pk).newest_practices) == [
        past_of(row) for row in Practice.objects.filter(person=person).newest_first()
    ]


def test_how_long_it_is_does_not_tell_what_was_tapped(person: Person, guide: Guide) -> None:
    do(person, guide, 2)
    do(person, guide, 3, tension_before=0, tension_after=10)
    assert len({len(one) for one in (store().sealed_later or "").split()}) == 1


def test_an_earlier_one_that_comes_late_has_its_place(person: Person, guide: Guide) -> None:
    do(person, guide, 2, at=NOON - timedelta(days=3))
    do(person, guide, 3, at=NOON)
    do(person, guide, 4, at=NOON + timedelta(hours=3))
    assert kept() == as_their_rows_say()
    assert len((store().sealed_later or "").split()) == 4


def test_what_was_changed_since_is_read_anew_and_what_comes_then_lies_behind_that(person: Person, guide: Guide) -> None:
    take_back(Practice.objects.earliest("pk"))
    do(person, guide, 2)
    assert kept() is None
    list(Person.objects.get().newest_practices)
    for number in (3, 4):
        do(person, guide, number)
        assert kept() == as_their_rows_say()
    assert len((store().sealed_later or "").split()) == 2


def test_a_mark_of_what_is_kept_stands_for_no_other_practices(person: Person, guide: Guide) -> None:
    marks = [store().mark]
    for number in range(2, 14):
        do(person, guide, number)
        marks.append(store().mark)
    assert len(set(marks)) == 13


def test_a_release_from_before_reads_anew_and_what_it_keeps_is_not_counted_twice(person: Person, guide: Guide) -> None:
    """It knows `made_of` alone, and keeps what it read for the number that it found."""
    row = store()
    assert row.made_of != row.changes
    assert row.keep(as_their_rows_say(), row.changes)
    assert kept() == as_their_rows_say()
    for number in (2, 3):
        do(person, guide, number)
        assert kept() == as_their_rows_say()


def test_a_release_from_before_that_puts_one_in_has_it_read_anew(person: Person, guide: Guide) -> None:
    Practice(person=person, technique_id=guide.technique_id, client_id="before", started_at=NOON).save()
    PracticeStore.objects.mark({person.pk})
    do(person, guide, 2)
    assert kept() is None
    assert list(Person.objects.get().newest_practices) == as_their_rows_say()


def test_what_a_release_writes_that_knows_nothing_of_the_row_is_noticed_before_one_more(
    person: Person, guide: Guide
) -> None:
    later = NOON + timedelta(hours=1)
    Practice(person=person, technique_id=guide.technique_id, client_id="before", started_at=later).save()
    do(person, guide, 2, at=NOON + timedelta(hours=2))
    assert kept() is None
    assert list(Person.objects.get().newest_practices) == as_their_rows_say()


def test_the_command_finds_what_lies_behind_to_be_true(person: Person, guide: Guide) -> None:
    for number in range(2, 15):
        do(person, guide, number)
    told = StringIO()
    call_command("gather_practices", stdout=told)
    assert told.getvalue() == "Put together for 1 people. Of 0 of them something else had been kept.\n"
    do(person, guide, 15)
    assert kept() == as_their_rows_say()


def test_what_lies_behind_is_moved_to_a_new_key(guide: Guide, settings: Any) -> None:
    settings.FIELD_KEYS = [OLD]
    person = Person.objects.create()
    do(person, guide, 0)
    list(person.newest_practices)
    do(person, guide, 1, **ALL)
    settings.FIELD_KEYS = [NEW, OLD]
    do(person, guide, 2)
    call_command("reseal", stdout=StringIO())
    settings.FIELD_KEYS = [NEW]
    assert all(map(is_current, (store().sealed_later or "").split()))
    assert kept() == as_their_rows_say()


def test_one_that_was_damaged_is_read_from_its_own_row(person: Person, guide: Guide) -> None:
    do(person, guide, 2)
    assert kept() == as_their_rows_say()
    behind = store().sealed_later or ""
    damaged = behind[:60] + ("A" if behind[60] != "A" else "B") + behind[61:]
    PracticeStore.objects.update(sealed_later=damaged)
    assert kept() is None
    assert list(Person.objects.get().newest_practices) == as_their_rows_say()


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Whoever's practices were told to have changed."""
    told, mark = list[Any](), PracticeStoreQuerySet.mark

    def noted(self: Any, people: Any) -> None:
        told.append(people)
        mark(self, people)

    monkeypatch.setattr(PracticeStoreQuerySet, "mark", noted)
    return told


@pytest.mark.django_db(transaction=True)
def test_devices_that_send_at_once_are_all_kept_and_nothing_has_to_be_read_anew(
    guide: Guide, marked: list[Any]
) -> None:
    person, both = Person.objects.create(), Barrier(2)
    do(person, guide, 0)
    list(Person.objects.get().newest_practices)
    marked.clear()

    def send(first: int) -> None:
        for number in range(first, 41, 2):
            both.wait()
            do(person, guide, number)
        connections.close_all()

    threads = [Thread(target=send, args=(first,)) for first in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept() == as_their_rows_say()
    assert len(as_their_rows_say()) == 41
    assert not marked


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_while_another_makes_room_finds_it_there(guide: Guide) -> None:
    person, has_made_room, may_end = Person.objects.create(), Event(), Event()
    do(person, guide, 0)
    list(Person.objects.get().newest_practices)
    numbers = count(1)
    while not there_is_no_more_room():
        do(person, guide, next(numbers))

    def make_room() -> None:
        with transaction.atomic():
            do(person, guide, next(numbers))
            has_made_room.set()
            may_end.wait()
        connections.close_all()

    def come_after() -> None:
        do(person, guide, next(numbers))
        connections.close_all()

    first, second = Thread(target=make_room), Thread(target=come_after)
    first.start()
    has_made_room.wait()
    second.start()
    wait_until(somebody_waits)
    may_end.set()
    first.join()
    second.join()
    assert len((store().sealed_later or "").split()) == 2
    assert kept() == as_their_rows_say()


def there_is_no_more_room() -> bool:
    seals = (store().sealed_later or "").split()
    return bool(seals) and not store().has_room(f" {seals[-1]}")


def somebody_waits() -> bool:
    """For a row; SQLite lets one write at a time, and tells nobody who waits."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return bool(cursor.fetchone()[0])
