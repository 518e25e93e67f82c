"""What pages show of the library is read once, and anew as soon as a row of the library is another one."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from content.core.vocabulary import Status
from content.models import EvidenceCard, Lesson, Translation
from content.reading import stamp
from content.reading.once import MOST_KEPT, Readings
from content.reading.stamp import library_stamp, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


@pytest.fixture
def readings() -> Readings:
    return Readings()


def numbers(readings: Readings, key: str = "a") -> int:
    told = readings.of(key, lambda number: [number])
    assert told is not None
    return told[0]


def test_it_is_read_once_while_nothing_changes(readings: Readings) -> None:
    assert numbers(readings) == numbers(readings) == numbers(readings, "b")
    assert readings.of("a", lambda _number: ["another"]) != ["another"]


def a_saved_lesson() -> None:
    lesson = Lesson.objects.get(slug="breathing")
    lesson.title = "Another"
    lesson.save()


def a_related_lesson() -> None:
    Lesson.objects.get(slug="breathing").related.add(Lesson.objects.exclude(related__slug="breathing").last())


def a_source_of_a_card_taken_away() -> None:
    card = EvidenceCard.objects.exclude(sources=None)[0]
    card.sources.remove(card.sources.all()[0])


def a_translation() -> None:
    Translation.objects.create(english="A word", language="es", words="Una palabra")


def a_lesson_withdrawn() -> None:
    Lesson.objects.filter(slug="breathing").update(status=Status.WITHDRAWN, publish_at=None)


@pytest.mark.parametrize(
    "change",
    [a_saved_lesson, a_related_lesson, a_source_of_a_card_taken_away, a_translation, a_lesson_withdrawn],
    ids=lambda change: change.__name__,
)
def test_it_is_read_anew_once_something_changed(readings: Readings, change: Any) -> None:
    before = numbers(readings)
    change()
    assert numbers(readings) != before
    assert numbers(readings) == numbers(readings)


def test_what_falls_due_changes_it() -> None:
    due = timezone.now() + timedelta(days=1)
    Lesson.objects.filter(slug="breathing").update(publish_at=due)
    at = due - timedelta(seconds=1)
    assert library_stamp.ask(at) == library_stamp.ask(at)
    assert library_stamp.ask(at) != library_stamp.ask(due)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite tells of no row by which change it was written")
def test_a_row_that_was_changed_around_its_model_is_seen_too(readings: Readings) -> None:
    before = numbers(readings)
    Lesson.objects.filter(slug="breathing").update(title="Another")
    assert numbers(readings) != before


def test_it_is_read_anew_every_few_minutes_in_any_case(readings: Readings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp, "monotonic", lambda: 0.0)
    before = numbers(readings)
    monkeypatch.setattr(stamp, "monotonic", lambda: float(stamp.LONGEST_KEPT))
    assert numbers(readings) != before


def test_what_is_not_there_is_not_kept(readings: Readings) -> None:
    assert readings.of("a", lambda _number: None) is None
    assert len(readings) == 0
    assert readings.of("a", lambda _number: "there now") == "there now"


def test_no_more_is_kept_than_fits(readings: Readings) -> None:
    for name in range(3 * MOST_KEPT):
        readings.of(name, str)
        assert len(readings) <= MOST_KEPT


def test_what_is_kept_is_that_of_one_number(readings: Readings) -> None:
    """Whoever began to read before a change puts nothing among what is read after it."""

    def read(number: int) -> list[int]:
        a_saved_lesson()
        numbers(readings, "b")
        return [number]

    readings.of("a", read)
    assert numbers(readings, "a") == numbers(readings, "b")


def test_every_table_that_a_page_shows_is_looked_at() -> None:
    watched = {model._meta.db_table for model in shown()}
    hidden = {"content_version", "content_pictureoriginal", "content_picturefile"}
    tables = {name for name in connection.introspection.table_names() if name.startswith("content_")}
    assert {name for name in tables - watched if not name.startswith("content_search")} == hidden


def test_the_look_is_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        library_stamp.ask(timezone.now())
