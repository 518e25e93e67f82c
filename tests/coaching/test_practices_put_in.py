"""A practice is put in by one statement, which says itself whether it was there before."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coaching.models import Person, Practice, PracticeStore
from coaching.practice.practices import Report, record
from content.models import Guide, Technique
from content.reading.ready_made import ReadyInsert
from tests.accounts.people import NOON
from tests.content.makers import a_technique

pytestmark = pytest.mark.django_db

TOLD = {"tension_before": 7, "tension_after": 0, "managed": 3}


def a_go(client_id: str, person: Person | None = None, **told: Any) -> Practice:
    technique = Technique.objects.first() or a_technique()
    own = {"technique": technique, "client_id": client_id, "started_at": NOON, "seconds": 240, **TOLD}
    return Practice(person=person or Person.objects.create(), **own | told)


def test_it_lies_there_as_if_it_had_been_saved() -> None:
    before, put_in, saved = timezone.now(), a_go("put-in"), a_go("saved")
    assert Practice.objects.put_in(put_in)
    saved.save()
    lying, beside = Practice.objects.get(client_id="put-in"), Practice.objects.get(client_id="saved")
    assert lying.pk == put_in.pk
    other = ["id", "person", "client_id", "sealed_ratings"]
    assert model_to_dict(lying, exclude=other) == model_to_dict(beside, exclude=other)
    assert {name: getattr(lying, name) for name in TOLD} == TOLD
    assert before <= lying.received_at <= timezone.now()
    assert lying.received_at == put_in.received_at
    put_in.save()
    assert Practice.objects.count() == 2


def test_the_same_once_more_changes_nothing() -> None:
    first = a_go("the-same")
    assert Practice.objects.put_in(first)
    again = a_go("the-same", first.person, tension_before=1, seconds=9)
    assert not Practice.objects.put_in(again)
    kept = Practice.objects.get()
    assert (kept.pk, kept.tension_before, kept.seconds) == (first.pk, 7, 240)
    assert [one.client_id for one in Person.objects.get().newest_practices] == ["the-same"]


def test_what_is_no_practice_is_not_taken_for_one_that_is_there() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.put_in(a_go("no-technique", technique=None))
    assert not Practice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_postgresql_is_asked_once_for_it_and_for_what_is_kept_of_all() -> None:
    person = a_go("first").person
    Practice.objects.put_in(a_go("first", person))
    list(Person.objects.get().newest_practices)
    go = a_go("second", person)
    with CaptureQueriesContext(connection) as asked:
        assert Practice.objects.put_in(go)
    first_words = [query["sql"].split()[0] for query in asked.captured_queries]
    assert first_words == (["WITH"] if connection.vendor == "postgresql" else ["BEGIN", "INSERT", "WITH", "COMMIT"])
    store = PracticeStore.objects.get()
    assert store.changes == store.followed_to != store.made_of
    assert [one.pk for one in Person.objects.get().newest_practices] == [go.pk, go.pk - 1]


@pytest.mark.django_db(transaction=True)
def test_where_what_comes_with_it_fails_it_is_not_put_in_either() -> None:
    of_nobody = (
        "INSERT INTO coaching_practicestore (person_id, changes, sealed_newest) "
        "SELECT NULL, made.id, %s FROM made RETURNING id"
    )
    once = ReadyInsert(lambda: Practice, unless=("person", "client_id"), then=of_nobody)
    with pytest.raises(IntegrityError):
        once.put_in(a_go("not-to-be"), "")
    assert not Practice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_devices_that_send_the_same_at_once_keep_it_once() -> None:
    technique, person = a_technique(), Person.objects.create()
    guide = Guide(slug="breathing", technique=technique)
    both, told = Barrier(2), list[bool]()

    def send(number: int) -> None:
        for go in range(12):
            report = Report(client_id=f"go-{go}", started_at=NOON - timedelta(days=go), seconds=number, ratings=TOLD)
            both.wait()
            told.append(record(person, guide, report, NOON)[1])
        connections.close_all()

    threads = [Thread(target=send, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False] * 12 + [True] * 12
    assert Practice.objects.count() == 12
    kept = [one.client_id for one in Person.objects.get().newest_practices]
    assert kept == [f"go-{go}" for go in range(12)]
