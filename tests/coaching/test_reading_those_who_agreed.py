"""What a pool is made of is read for hundreds of people at once, and is what reading them one by one gives."""

from datetime import timedelta
from itertools import chain
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from coaching import tasks
from coaching.core.learning.pooling import Pool, Record, summarise
from coaching.learning import agreed
from coaching.learning.agreed import agreed_people, with_answers, with_check_ins, with_practices
from coaching.learning.estimates import priors_of, sessions_of
from coaching.learning.pools import current_pool
from coaching.models import CheckIn, Person, PoolNorms, Practice, practice
from coaching.plan.knowledge import knowledge
from coaching.plan.start_rules import snapshot_of
from coaching.service import teaching
from tests.coaching.test_learning import agree, coached

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
TECHNIQUES = ("breathing", "imagery", "walking")


def practise(one: Person, goes: int, *, salt: int) -> None:
    """Ratings that differ from go to go, some of them missing, some practices begun at the same second as another."""
    at = timezone.now() - timedelta(days=40)
    Practice.objects.bulk_create(
        Practice(
            person=one,
            technique_id=TECHNIQUES[(number + salt) % 3],
            client_id=f"{one.pk[:8]}-{number:04}",
            started_at=at + timedelta(hours=5 * number),
            tension_before=None if (number + salt) % 5 == 0 else 5 + (number * salt) % 6,
            tension_after=(number + 2 * salt) % 7,
            pain_before=6,
            pain_after=(salt % 4) + 2,
        )
        for number in range(goes)
    )


def a_crowd(people: int) -> None:
    """Each as different from the next as can be: no practice at all, one, many."""
    for number in range(people):
        practise(agree(number), (0, 1, 4, 9)[number % 4], salt=number + 1)
    coached()
    practise(coached(User.objects.create_user("other@example.org", "a-made-up-password")), 6, salt=3)


def one_by_one() -> list[Record]:
    """As it was read before: two queries and more for each."""
    known = knowledge()
    records = []
    for key in sorted(Person.objects.filter(user__email__startswith="person").values_list("pk", flat=True)):
        one = Person.objects.get(pk=key)
        snapshot = snapshot_of(one, known.levels)
        sessions = tuple(sessions_of(one, known.options))
        records.append(
            Record(needs=frozenset(snapshot.needs), priors=priors_of(snapshot, known.options), sessions=sessions)
        )
    return records


def test_each_person_is_read_as_they_would_be_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (agreed, practice):
        monkeypatch.setattr(module, "MOST_PRACTICES", 5)
    monkeypatch.setattr(agreed, "LOOKED_AT_ONCE", 5)
    monkeypatch.setattr(agreed, "READ_AT_ONCE", 3)
    a_crowd(8)
    for one in Person.objects.filter(user__email__in=["person1@example.org", "person2@example.org"]):
        CheckIn.objects.create(
            person=one, day=timezone.localdate(), version="1", given_at=timezone.now(), changed_at=timezone.now()
        )
    read = list(chain.from_iterable(agreed_people(with_practices, with_answers, with_check_ins)))
    assert len(read) == 8
    assert max(len(one.newest_practices) for one in read) == 5
    for one in read:
        alone = Person.objects.get(pk=one.pk)
        assert one.newest_practices == alone.newest_practices
        assert [(row.pk, row.answers) for row in one.all_intakes] == [
            (row.pk, row.answers) for row in alone.all_intakes
        ]
        assert one.all_check_ins == alone.all_check_ins


def test_the_pool_is_the_one_that_reading_one_by_one_gives() -> None:
    a_crowd(32)
    tasks.refresh_what_people_teach.func()
    records = one_by_one()
    assert numbers(current_pool()) == pytest.approx(numbers(summarise(records)), rel=1e-9, abs=1e-9)
    assert current_pool().norms.people == len([record for record in records if record.rated]) == 21


def numbers(pool: Pool) -> dict[str, float]:
    cells = {
        f"{cell.technique} {cell.need} {name}": getattr(cell, name) or 0.0
        for cell in pool.cells
        for name in ("n", "mean", "spread", "shift", "kept")
    }
    assert cells
    return {**cells, "noise": pool.norms.drop.noise, "drift": pool.norms.drift_back, "usual": pool.norms.usual}


def queries() -> int:
    with CaptureQueriesContext(connection) as asked:
        tasks.refresh_what_people_teach.func()
    return len([each for each in asked if "coaching_p" in each["sql"] or "intake" in each["sql"]])


def test_twice_the_people_are_read_in_as_many_queries() -> None:
    a_crowd(8)
    few = queries()
    for number in range(8, 16):
        practise(agree(number), 4, salt=number)
    assert queries() == few


def test_of_very_many_an_even_draw_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(teaching, "MOST_PEOPLE", 21)
    for number in range(25):
        practise(agree(number), 4, salt=1)
    tasks.refresh_what_people_teach.func()
    assert current_pool().norms.people == 21


def test_who_rated_nothing_has_no_answer_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    agree(1)
    opened: list[Any] = []
    monkeypatch.setattr(teaching, "snapshot_of", lambda *told: opened.append(told))
    tasks.refresh_what_people_teach.func()
    assert opened == []


def test_goes_that_are_kept_together_are_read_from_there_and_are_the_same() -> None:
    a_crowd(8)
    stale = {one.pk: one.newest_practices for people in agreed_people(with_practices) for one in people}
    for one in Person.objects.all():
        assert one.newest_practices == stale.get(one.pk, one.newest_practices)
    with CaptureQueriesContext(connection) as asked:
        kept = {one.pk: one.newest_practices for people in agreed_people(with_practices) for one in people}
    assert kept == stale
    assert not [each for each in asked if "ROW_NUMBER" in each["sql"]]


def test_the_pool_is_the_same_when_it_is_made_in_slices_and_is_kept_only_when_it_is_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_crowd(32)
    tasks.refresh_what_people_teach.func()
    at_once = numbers(current_pool())
    PoolNorms.objects.all().delete()
    monkeypatch.setattr(tasks, "for_a_slice", lambda: lambda: False)
    slices = 0
    while not PoolNorms.objects.exists():
        told = DBTaskResult.objects.values_list("args_kwargs", flat=True).last() or {"args": []}
        DBTaskResult.objects.all().delete()
        tasks.refresh_what_people_teach.func(*told["args"])
        slices += 1
    assert numbers(current_pool()) == at_once
    assert slices > 32
    assert not DBTaskResult.objects.exists()
