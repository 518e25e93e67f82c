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
from coaching.core.practice.past import past_of, written
from coaching.models import Person, Practice, PracticeStore
from coaching.models.practice_store import LETTERS_OF_A_KEY, ROOM_BEHIND, seal_behind
from coaching.practice.practices import Report, record, take_back
from coaching.resealing import SealedColumn, reseal
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


def seals() -> list[str]:
    """Those behind, without the keys that stand beside them."""
    return [word for word in (store().sealed_later or "").split() if not word.isdecimal()]


def kept() -> list[Any] | None:
    """As the one row has them, and None where it does not count."""
    row = Practice.objects.store_of(Person.objects.get().pk)
    read = row.read(row.first)
    return None if read is None else list(read)


def as_their_rows_say() -> list[Any]:
    return [past_of(row) for row in Practice.objects.newest_first()]


def test_the_long_seal_stays_as_it_is_until_there_is_no_more_room_behind_it(person: Person, guide: Guide) -> None:
    long = []
    for number in range(2, 40):
        do(person, guide, number)
        row = store()
        assert len(row.sealed_later or "") == ROOM_BEHIND
        assert kept() == as_their_rows_say()
        long.append(row.sealed_newest)
    changed = sum(before != after for before, after in pairwise(long))
    assert 3 <= changed <= 6


def test_each_that_is_put_behind_is_sealed_by_itself_for_its_own_person(person: Person, guide: Guide) -> None:
    do(person, guide, 2, tension_before=7)
    assert len(seals()) == 2 and all(map(is_sealed, seals()))
    words = (store().sealed_later or "").split()
    keys = [str(one.pk) for one in Practice.objects.order_by("pk")]
    assert words == [seals()[0], keys[1], seals()[1], keys[2]]
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
    assert len({len(one) for one in seals()}) == 1


def test_an_earlier_one_that_comes_late_has_its_place(person: Person, guide: Guide) -> None:
    do(person, guide, 2, at=NOON - timedelta(days=3))
    do(person, guide, 3, at=NOON)
    do(person, guide, 4, at=NOON + timedelta(hours=3))
    assert kept() == as_their_rows_say()
    assert len(seals()) == 4


def test_what_was_changed_since_is_read_anew_and_what_comes_then_lies_behind_that(person: Person, guide: Guide) -> None:
    take_back(Practice.objects.earliest("pk"))
    do(person, guide, 2)
    assert kept() is None
    list(Person.objects.get().newest_practices)
    for number in (3, 4):
        do(person, guide, number)
        assert kept() == as_their_rows_say()
    assert len(seals()) == 2


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
    row.newest = written(as_their_rows_say())
    PracticeStore.objects.filter(changes=row.changes).update(made_of=row.changes, sealed_newest=row.sealed_newest)
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
    assert all(map(is_current, seals()))
    assert kept() == as_their_rows_say()


def test_nothing_is_sealed_anew_where_the_newest_key_has_sealed_all_or_nothing_lies_there(
    person: Person, guide: Guide
) -> None:
    behind = SealedColumn(model=PracticeStore, column="sealed_later", opened_by="later")
    assert (len(seals()), reseal(behind).resealed) == (1, 0)
    row = Practice.objects.store_of(person.pk)
    row.fold(row.first)
    assert (len(seals()), reseal(behind).resealed) == (0, 0)
    do(person, guide, 2)
    assert (len(seals()), reseal(behind).resealed) == (1, 0)


def test_a_row_that_holds_nothing_so_far_does_not_end_the_move_to_a_new_key() -> None:
    """Such as that of somebody who has not practised, and those of a release from before."""
    PracticeStore.objects.open_for(Person.objects.create().pk)
    assert store().sealed_later is None
    call_command("reseal", stdout=StringIO())


def test_one_that_was_damaged_is_read_from_its_own_row(person: Person, guide: Guide) -> None:
    do(person, guide, 2)
    assert kept() == as_their_rows_say()
    behind = store().sealed_later or ""
    damaged = behind[:60] + ("A" if behind[60] != "A" else "B") + behind[61:]
    PracticeStore.objects.update(sealed_later=damaged)
    assert kept() is None
    assert list(Person.objects.get().newest_practices) == as_their_rows_say()


@pytest.mark.django_db(transaction=True)
def test_devices_that_send_at_once_are_all_kept_and_nothing_has_to_be_read_anew(guide: Guide) -> None:
    person, both, counted = Person.objects.create(), Barrier(2), list[bool]()
    do(person, guide, 0)
    list(Person.objects.get().newest_practices)

    def send(first: int) -> None:
        for number in range(first, 41, 2):
            both.wait()
            do(person, guide, number)
            both.wait()
            counted.append(kept() is not None)
        connections.close_all()

    threads = [Thread(target=send, args=(first,)) for first in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted == [True] * 40
    assert kept() == as_their_rows_say()
    assert len(as_their_rows_say()) == 41


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_while_another_makes_room_finds_it_there(guide: Guide) -> None:
    person, has_made_room, may_end = Person.objects.create(), Event(), Event()
    do(person, guide, 0)
    list(Person.objects.get().newest_practices)
    numbers = count(1)
    while not the_next_one_is_the_last():
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
    assert len(seals()) == 1
    assert kept() == as_their_rows_say()


def the_next_one_is_the_last() -> bool:
    letters = (store().sealed_later or "").rstrip()
    return bool(letters) and len(letters) + 2 * (len(seals()[-1]) + LETTERS_OF_A_KEY) > ROOM_BEHIND


@pytest.fixture
def nobody_makes_room(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Until it is undone."""
    monkeypatch.setattr(PracticeStore, "fold", lambda _row, _first: None)
    return monkeypatch


def test_where_nobody_could_make_room_one_more_lies_there_all_the_same(
    person: Person, guide: Guide, nobody_makes_room: pytest.MonkeyPatch
) -> None:
    for number in range(2, 12):
        do(person, guide, number)
        assert kept() == as_their_rows_say()
    assert len(store().sealed_later or "") > ROOM_BEHIND
    nobody_makes_room.undo()
    do(person, guide, 12)
    assert kept() == as_their_rows_say()
    assert len(seals()) == 0


def test_where_nobody_makes_room_for_long_what_is_kept_counts_no_more(
    person: Person, guide: Guide, nobody_makes_room: pytest.MonkeyPatch
) -> None:
    for number in range(2, 30):
        do(person, guide, number)
    assert kept() is None
    assert len(store().sealed_later or "") <= 3 * ROOM_BEHIND
    assert list(Person.objects.get().newest_practices) == as_their_rows_say()
    do(person, guide, 30)
    assert kept() == as_their_rows_say()


def test_what_came_meanwhile_is_not_lost_by_whoever_makes_room(person: Person, guide: Guide) -> None:
    early = Practice.objects.store_of(person.pk)
    do(person, guide, 2)
    early.fold(early.first)
    assert len(seals()) == 2
    assert kept() == as_their_rows_say()


def test_seals_of_a_release_from_before_hold_the_key_themselves(person: Person, guide: Guide) -> None:
    do(person, guide, 2)
    lines = written(as_their_rows_say()[:2])
    old, new = seal_behind(lines[1], person.pk), (store().sealed_later or "").split()[2:]
    PracticeStore.objects.update(sealed_later=" ".join([old, *new]).ljust(ROOM_BEHIND))
    assert kept() == as_their_rows_say()
    PracticeStore.objects.update(sealed_later=" ".join([*new, old]).ljust(ROOM_BEHIND))
    assert kept() == as_their_rows_say()
    do(person, guide, 3)
    assert kept() == as_their_rows_say()


def somebody_waits() -> bool:
    """For a row; SQLite lets one write at a time, and tells nobody who waits."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return bool(cursor.fetchone()[0])
