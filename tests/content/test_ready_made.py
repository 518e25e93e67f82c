"""A question that is put together once is answered like one that is put together anew."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.models import FilteredRelation, Q
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from content.models import Guide, Lesson, Technique
from content.reading import ready_made
from content.reading.ready_made import ReadyMade, ReadyUpdate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def lessons(technique: str) -> Any:
    rows = Lesson.objects.filter(Q(technique=technique) | Q(technique=None)).order_by("-slug")
    return rows.values_list("title", "updated", "slug", "technique__name", "needs")


def lessons_since(since: datetime, least: int) -> Any:
    return Lesson.objects.filter(updated__gte=since, position__gte=least).order_by("pk").values_list("pk", "title")


def guides(technique: str) -> Any:
    return Guide.objects.filter(technique=technique).select_related("technique").order_by("slug")


def with_guides(technique: str) -> Any:
    rows = Technique.objects.filter(slug=technique).annotate(found=FilteredRelation("guides"))
    return rows.select_related("found").order_by("found__slug")


def test_rows_come_in_the_order_and_as_the_values_of_the_query() -> None:
    ready = ReadyMade(lessons, technique=str)
    for technique in ("breathing", "walking", "nothing of the kind", "' OR 1=1 --", "breathing"):
        assert [tuple(row) for row in ready.rows(technique=technique)] == list(lessons(technique))


def test_times_and_numbers_go_in_as_they_do_anywhere() -> None:
    ready = ReadyMade(lessons_since, since=datetime, least=int)
    newest = Lesson.objects.latest("updated").updated
    for since in (datetime(1990, 5, 1, tzinfo=UTC), newest, newest + timedelta(microseconds=1)):
        for least in (0, 2):
            found = [tuple(row) for row in ready.rows(since=since, least=least)]
            assert found == list(lessons_since(since, least))


def test_a_value_of_another_kind_goes_in_as_a_field_takes_it() -> None:
    """A key out of an old session may be a number where words are kept."""
    Technique.objects.filter(slug="breathing").update(name="7")
    by_name = ReadyMade(lambda name: Technique.objects.filter(name=name).values_list("slug"), name=str)
    assert [tuple(row) for row in by_name.rows(name=7)] == [("breathing",)]
    by_position = ReadyMade(lambda least: Lesson.objects.filter(position__gte=least).values_list("pk"), least=int)
    assert len(by_position.rows(least="2")) == Lesson.objects.filter(position__gte="2").count() > 0


def test_what_is_not_told_is_found_nowhere_and_changed_to_nothing() -> None:
    """It is no word "None", under which somebody may have put something."""
    Technique.objects.filter(slug="breathing").update(name="None", short="A word")
    by_name = ReadyMade(lambda name: Technique.objects.filter(name=name).values_list("slug"), name=str)
    assert by_name.rows(name=None) == []
    of_no_technique = ReadyUpdate(
        lambda slug, technique: (Lesson.objects.filter(slug=slug), {"technique": technique}), slug=str, technique=str
    )
    assert of_no_technique.change(slug="breathing", technique=None) == 1
    assert Lesson.objects.get(slug="breathing").technique_id is None


def test_objects_are_those_of_the_query_with_all_that_is_joined(django_assert_num_queries: Any) -> None:
    ready = ReadyMade(guides, technique=str)
    for technique in ("breathing", "walking"):
        expected = list(guides(technique))
        assert expected
        with django_assert_num_queries(1):
            found = ready.objects(technique=technique)
            assert [one.technique.name for one in found] == [one.technique.name for one in expected]
        assert [{**vars(one), "_state": 0} for one in found] == [{**vars(one), "_state": 0} for one in expected]
        assert not any(one._state.adding for one in found)


def test_objects_are_made_of_rows_that_another_question_brought(django_assert_num_queries: Any) -> None:
    ready, expected = ReadyMade(guides, technique=str), list(guides("breathing"))
    assert expected
    columns = [field.attname for field in Guide._meta.concrete_fields]
    joined = [f"technique__{field.attname}" for field in Technique._meta.concrete_fields]
    rows = list(guides("breathing").values_list(*columns, *joined))
    with django_assert_num_queries(0):
        found = ready.objects_of(rows)
        assert [one.technique.name for one in found] == [one.technique.name for one in expected]
    assert [{**vars(one), "_state": 0} for one in found] == [{**vars(one), "_state": 0} for one in expected]


@pytest.mark.parametrize("technique", ["breathing", "education"])
def test_a_relation_that_is_joined_by_name_is_there_too(technique: str) -> None:
    found, expected = ReadyMade(with_guides, technique=str).objects(technique=technique), with_guides(technique)
    assert [(one.pk, vars(one).get("found")) for one in found] == [(one.pk, vars(one).get("found")) for one in expected]


@pytest.mark.parametrize("technique", ["breathing", "education", "nothing of the kind"])
def test_one_row_with_many_is_made_an_object_once(technique: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = list(with_guides(technique))
    made: list[str] = []
    monkeypatch.setattr(Technique, "__init__", noting(made, Technique.__init__))
    one, many = ReadyMade(with_guides, technique=str).one_with_many("found", technique=technique)
    assert many == [vars(row)["found"] for row in expected if "found" in vars(row)]
    assert [one] == (expected[:1] or [None])
    assert len(made) == len(expected[:1])


def noting(made: list[str], init: Any) -> Any:
    def noted(self: Any, *told: Any) -> None:
        made.append(type(self).__name__)
        init(self, *told)

    return noted


def test_it_asks_in_the_same_words_and_is_put_together_once() -> None:
    built = []

    def build(technique: str) -> Any:
        built.append(technique)
        return lessons(technique)

    ready = ReadyMade(build, technique=str)
    with CaptureQueriesContext(connection) as asked:
        ready.rows(technique="breathing")
        ready.rows(technique="breathing")
        list(lessons("breathing"))
    assert len({query["sql"] for query in asked.captured_queries}) == 1
    assert len(built) == 1


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_its_own_connection() -> None:
    ready, compilers = ReadyMade(lessons, technique=str), []

    def ask() -> None:
        ready.rows(technique="breathing")
        compilers.append(ready._made().compiler)
        connections.close_all()

    ask()
    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert compilers[0].connection is not compilers[1].connection


def test_a_value_that_is_never_asked_for_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="does not ask"):
        ReadyMade(lambda technique, on: lessons(technique), technique=str, on=date).rows(technique="", on=date.min)


def later_in_the_list(technique: str, least: int, position: int) -> Any:
    return Lesson.objects.filter(technique=technique, position__gte=least), {"position": position, "title": "Later"}


def test_a_change_is_the_one_that_the_rows_would_make() -> None:
    ready = ReadyUpdate(later_in_the_list, technique=str, least=int, position=int)
    for technique, least in (("breathing", 0), ("walking", 0), ("nothing of the kind", 0), ("breathing", 9000)):
        expected = Lesson.objects.filter(technique=technique, position__gte=least).count()
        assert ready.change(technique=technique, least=least, position=8000) == expected
    changed = Lesson.objects.filter(position=8000, title="Later").values_list("technique", flat=True)
    assert set(changed) == {"breathing", "walking"}
    assert not Lesson.objects.exclude(technique__in=changed).filter(title="Later").exists()


def test_stand_ins_that_fall_on_the_same_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([7, 7, 7, 8])
    monkeypatch.setitem(ready_made.STAND_INS, int, lambda: next(drawn))
    ready = ReadyUpdate(later_in_the_list, technique=str, least=int, position=int)
    assert ready.change(technique="breathing", least=9000, position=5) == 0


@pytest.mark.django_db(transaction=True)
def test_rows_are_held_in_a_transaction_alone() -> None:
    ready = ReadyMade(lambda slug: Lesson.objects.select_for_update().filter(slug=slug).values_list("slug"), slug=str)
    with transaction.atomic():
        assert [tuple(row) for row in ready.rows(slug="breathing")] == [("breathing",)]
    with pytest.raises(TransactionManagementError):
        ready.rows(slug="breathing")
