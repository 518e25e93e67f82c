"""Ratings and the danger level lie sealed in the database, and are plain everywhere else."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.sealing import CannotOpen, is_sealed, spelled
from accounts.work.slices import for_a_slice
from coaching import resealing, tasks
from coaching.models import Intake, Person, Plan, Practice
from coaching.models.sealed_parts import FILLED_UP_TO, FILLING, filled_up, parts_of
from coaching.models.sealing_begins import FIRST, MADE_THE_SEALS, PUT_IN, Begun, has_begun
from content.core.vocabulary import Level
from content.models import Technique
from tests.accounts.people import NOON, make_user
from tests.coaching.whole_people import a_whole_person
from tests.content.makers import a_technique

pytestmark = pytest.mark.django_db

OTHER = "other:" + "QUFB" * 10 + "QUE="
TOLD = {"tension_before": 7, "tension_after": 0, "managed": 3}


def a_practice(number: int = 1, **told: Any) -> Practice:
    person = Person.objects.first() or Person.objects.create()
    own = {
        "person": person,
        "technique": Technique.objects.first() or a_technique(),
        "client_id": f"go-{number}",
        "started_at": NOON,
    }
    return Practice.objects.create(**own, **told)


def an_intake(**told: Any) -> Intake:
    person = Person.objects.first() or Person.objects.create()
    return Intake.objects.create(person=person, version="1", started_at=NOON, changed_at=NOON, **told)


def lies(table: str, *columns: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM coaching_{table} ORDER BY id")  # noqa: S608
        return cursor.fetchone()


def test_a_row_is_sealed_once_for_all_that_is_told_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    sealings: list[str] = []
    sealed = Practice.close

    def count(row: Practice, column: str, parts: Any) -> None:
        sealings.append(column)
        sealed(row, column, parts)

    monkeypatch.setattr(Practice, "close", count)
    a_practice(**TOLD, **dict.fromkeys(sorted(parts_of(Practice).keys() - TOLD.keys())))
    assert sealings == ["sealed_ratings"]
    a_practice(2, **dict.fromkeys(sorted(parts_of(Practice))))
    assert {one.sealed_ratings for one in Practice.objects.filter(client_id="go-2")} == {""}


def test_the_database_holds_no_number_and_no_level() -> None:
    a_practice(**TOLD)
    an_intake(safety_level=Level.SOON)
    sealed, *plain = lies("practice", "sealed_ratings", "tension_before", "tension_after", "managed")
    assert is_sealed(sealed) and plain == [None, None, None]
    sealed, plain = lies("intake", "sealed_safety_level", "safety_level")
    assert is_sealed(sealed) and plain == ""


def test_everywhere_else_they_are_plain() -> None:
    a_practice(**TOLD)
    an_intake(safety_level=Level.SOON)
    row = Practice.objects.get()
    assert (row.tension_before, row.tension_after, row.managed, row.pain_before) == (7, 0, 3, None)
    assert Intake.objects.get().safety_level == Level.SOON
    row.pain_next_day, row.tension_before = 4, None
    row.save()
    row = Practice.objects.get()
    assert (row.tension_before, row.tension_after, row.pain_next_day) == (None, 0, 4)


def test_an_update_of_a_part_leaves_the_others_and_other_rows() -> None:
    a_practice(1, **TOLD), a_practice(2, **TOLD)
    assert Practice.objects.filter(client_id="go-1").update(pain_next_day=4, tension_before=None, seconds=9) == 1
    first, second = Practice.objects.order_by("pk")
    assert (first.tension_before, first.managed, first.pain_next_day, first.seconds) == (None, 3, 4, 9)
    assert (second.tension_before, second.pain_next_day, second.seconds) == (7, None, 0)


@pytest.mark.parametrize("asked", ["tension_before", "tension_before__gte", "tension_before__isnull"])
def test_no_query_can_ask_for_one(asked: str) -> None:
    with pytest.raises(FieldError):
        Practice.objects.filter(**{asked: 7}).count()


@pytest.mark.parametrize(("name", "value"), [("tension_before", 11), ("managed", 4), ("pain_after", -1)])
def test_what_no_scale_holds_is_refused(name: str, value: int) -> None:
    with pytest.raises(ValidationError):
        a_practice(**{name: value})


def test_a_level_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError):
        an_intake(safety_level="bad")


@pytest.mark.usefixtures("library")
def test_of_a_whole_person_nothing_of_it_stands_readable() -> None:
    a_whole_person(make_user(), 1)
    for model in resealing.models_with_parts():
        parts = parts_of(model)
        rows = list(model._base_manager.all())
        assert rows and any(is_sealed(getattr(row, part.of)) for row in rows for part in parts.values()), model
        readable = [
            (row, name) for row in rows for name, part in parts.items() if getattr(row, part.plain) != part.emptied
        ]
        assert readable == []


@pytest.mark.usefixtures("library")
def test_rows_of_each_kind_from_before_say_the_same_once_they_are_sealed() -> None:
    a_whole_person(make_user(), 1)
    before = all_told()
    for model in resealing.models_with_parts():
        for row in model._base_manager.all():
            values = {part.plain: getattr(row, name) for name, part in parts_of(model).items()}
            seals = {part.of: "" for part in parts_of(model).values()}
            model._base_manager.filter(pk=row.pk).update(**values, **seals)
    assert all_told() == before
    resealing.seal_what_stands_open()
    assert all_told() == before
    assert resealing.seal_what_stands_open() == 0


def all_told() -> dict[str, list[Any]]:
    return {
        model.__name__: [[getattr(row, name) for name in parts_of(model)] for row in model._base_manager.order_by("pk")]
        for model in resealing.models_with_parts()
    }


def test_a_part_is_saved_by_its_name() -> None:
    intake = an_intake()
    plan = Plan.objects.create(person=intake.person, intake=intake, minutes_a_day=20, made_at=NOON)
    assert (plan.sure, plan.held, plan.sealed_steps) == ({}, {}, "")
    plan.sure, plan.held = {"walking": {"value": 7}}, {"walking": {"place": 2}}
    plan.save(update_fields=["sure"])
    kept = Plan.objects.get()
    assert (kept.sure, kept.held) == ({"walking": {"value": 7}}, {"walking": {"place": 2}})
    assert is_sealed(kept.sealed_steps) and lies("plan", "sure", "held") == ("{}", "{}")
    one, other = Plan.objects.get(), Plan(person=intake.person, intake=intake)
    assert one.held is not other.held and other.held == {}


# --- What a thief of the database can tell ---


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (lambda: an_intake(safety_level=Level.NOW), lambda: an_intake(safety_level="")),
        (lambda: an_intake(safety_level=Level.TODAY), lambda: an_intake(safety_level=Level.SOON)),
        (lambda: a_practice(pain_before=1), lambda: a_practice(pain_before=10, pain_after=10)),
    ],
)
def test_all_seals_of_a_kind_are_of_one_length(one: Any, other: Any) -> None:
    lengths = set()
    for make in (one, other):
        row = make()
        lengths.add(len(getattr(row, next(iter(parts_of(type(row)).values())).of)))
        row.delete()
    assert len(lengths) == 1


@pytest.mark.parametrize("letters", range(0, 260, 3))
def test_what_is_filled_up_tells_the_same_and_is_as_long_as_the_next_step(letters: int) -> None:
    told = {"pain_before": 7, "held": {'a "word" {': ["é", None, "x" * letters]}}
    full = filled_up(spelled(told))
    filling = json.loads(full).pop(FILLING)
    assert full == spelled({**told, FILLING: filling})
    assert (filling.strip(), len(full) % FILLED_UP_TO) == ("", 0) and len(filling) < FILLED_UP_TO


def test_a_seal_opens_in_no_other_row() -> None:
    first, second = a_practice(1, **TOLD), a_practice(2, pain_before=1)
    Practice._base_manager.filter(pk=second.pk).update(sealed_ratings=first.sealed_ratings)
    second.refresh_from_db()
    assert second.tension_before is None
    with pytest.raises(CannotOpen):
        second.opened("sealed_ratings")


def test_without_the_key_a_level_is_the_most_urgent_and_a_rating_is_missing(settings: Any) -> None:
    a_practice(**TOLD)
    an_intake(safety_level=Level.SOON)
    settings.FIELD_KEYS = [OTHER]
    assert Intake.objects.get().safety_level == Level.NOW
    assert Practice.objects.get().tension_before is None
    with pytest.raises(CannotOpen):
        Practice.objects.update(pain_before=3)


def test_a_new_key_seals_them_anew_and_no_store_is_out_of_date(settings: Any) -> None:
    practice = a_practice(**TOLD)
    an_intake(safety_level=Level.TODAY)
    before = practice.person.newest_practices
    settings.FIELD_KEYS = [OTHER, *settings.FIELD_KEYS]
    call_command("reseal")
    settings.FIELD_KEYS = [OTHER]
    assert Practice.objects.get().tension_before == 7
    assert Intake.objects.get().safety_level == Level.TODAY
    store = Practice.objects.store_of(practice.person_id)
    assert store.read(store.first) == before


# --- Rows from before, and processes of the release before ---


def stands_open() -> None:
    """As the release before wrote them."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE coaching_practice SET tension_before = 6, managed = 2, sealed_ratings = ''")
        cursor.execute("UPDATE coaching_intake SET safety_level = 'today', sealed_safety_level = ''")


def test_rows_from_before_are_read_as_they_are_and_sealed_by_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resealing.Looked, "all_is_sealed", False)
    monkeypatch.setattr(resealing, "BATCH", 2)
    for number in range(5):
        a_practice(number)
    an_intake()
    stands_open()
    assert {(row.tension_before, row.managed) for row in Practice.objects.all()} == {(6, 2)}
    assert Intake.objects.get().safety_level == "today"
    monkeypatch.setattr(tasks, "for_a_slice", lambda: lambda: False)
    tasks.seal_what_stands_open.func()
    [again] = DBTaskResult.objects.all()
    assert Practice.objects.exclude(plain_tension_before=None).exists()
    monkeypatch.setattr(tasks, "for_a_slice", for_a_slice)
    tasks.seal_what_stands_open.func(*again.args_kwargs["args"])
    assert {(row.tension_before, row.managed) for row in Practice.objects.all()} == {(6, 2)}
    assert Intake.objects.get().safety_level == "today"
    assert not Practice.objects.exclude(plain_tension_before=None, plain_managed=None).exists()
    assert lies("intake", "safety_level") == ("",)
    assert resealing.seal_what_stands_open() == 0


def test_no_row_shows_by_an_empty_seal_that_there_is_no_danger() -> None:
    an_intake()
    assert resealing.seal_what_stands_open() == 1
    assert is_sealed(lies("intake", "sealed_safety_level")[0])
    assert Intake.objects.get().safety_level == ""


def test_a_worker_that_seals_leaves_the_newest_practices_as_they_are_kept() -> None:
    practice = a_practice()
    stands_open()
    Practice.objects.update(seconds=5)
    before = Person.objects.get().newest_practices
    resealing.seal_what_stands_open()
    store = Practice.objects.store_of(practice.person_id)
    assert store.read(store.first) == before
    assert before[0].tension_before == 6


def put_in(ago: timedelta, *, after: timedelta) -> None:
    """The release was put in some time ago, into a database made a while before that."""
    sealing = timezone.now() - ago
    for name, at in (*((name, sealing) for name in MADE_THE_SEALS), (FIRST, sealing - after)):
        MigrationRecorder(connection).migration_qs.filter(app="coaching", name=name).update(applied=at)


@pytest.fixture
def asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Begun, "is_known", False)


MINUTE, YEAR = timedelta(minutes=1), timedelta(days=365)


@pytest.mark.usefixtures("asked_anew")
@pytest.mark.parametrize(
    ("ago", "after", "begun"),
    [(MINUTE, MINUTE, True), (MINUTE, YEAR, False), (PUT_IN - MINUTE, YEAR, False), (PUT_IN + MINUTE, YEAR, True)],
)
def test_a_new_database_seals_at_once_and_one_from_before_after_an_hour(
    ago: timedelta, after: timedelta, *, begun: bool
) -> None:
    put_in(ago, after=after)
    assert has_begun() is begun


@pytest.mark.usefixtures("asked_anew")
def test_in_that_hour_both_releases_read_and_write_the_same_columns() -> None:
    put_in(MINUTE, after=YEAR)
    a_practice(**TOLD)
    an_intake(safety_level=Level.NOW)
    assert lies("practice", "tension_before", "tension_after", "sealed_ratings") == (7, 0, "")
    assert lies("intake", "safety_level", "sealed_safety_level") == ("now", "")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE coaching_practice SET tension_before = 2")
    assert Practice.objects.get().tension_before == 2
    assert resealing.seal_what_stands_open() == 0
    put_in(PUT_IN + MINUTE, after=YEAR)
    resealing.seal_what_stands_open()
    assert lies("practice", "tension_before", "tension_after") == (None, None)
    assert (Practice.objects.get().tension_before, Practice.objects.get().managed) == (2, 3)
    assert Intake.objects.get().safety_level == "now"


@pytest.mark.usefixtures("asked_anew")
def test_what_is_taken_back_in_that_hour_does_not_come_back_from_a_seal() -> None:
    Begun.is_known = True
    a_practice(**TOLD)
    Begun.is_known = False
    put_in(MINUTE, after=YEAR)
    Practice.objects.update(tension_before=None, managed=1)
    row = Practice.objects.get()
    assert (row.tension_before, row.tension_after, row.managed) == (None, 0, 1)


def test_every_number_of_a_person_is_a_part_of_a_seal() -> None:
    named = {f"{model.__name__}.{name}" for model in resealing.models_with_parts() for name in parts_of(model)}
    assert len(parts_of(Practice)) == 12
    assert named - {f"Practice.{name}" for name in parts_of(Practice)} == {
        *("Intake.safety_level", "Plan.sure", "Plan.held", "ComparisonDay.rating", "LogEntry.value"),
        *("WeekReview.in_the_way", "WeekReview.confidence", "Booster.doing", "Booster.calm", "Booster.confidence"),
    }
    for model in resealing.models_with_parts():
        columns = {column.column for column in resealing.SEALED_COLUMNS if column.model is model}
        assert {part.of for part in parts_of(model).values()} <= columns


def test_a_worker_that_found_nothing_left_looks_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resealing.Looked, "all_is_sealed", False)
    a_practice()
    stands_open()
    assert (sum(resealing.look_again()), resealing.Looked.all_is_sealed) == (1, False)
    assert (sum(resealing.look_again()), resealing.Looked.all_is_sealed) == (0, True)
    with CaptureQueriesContext(connection) as asked:
        tasks.seal_what_stands_open.func()
    assert [query["sql"] for query in asked if "coaching_practice" in query["sql"]] == []
