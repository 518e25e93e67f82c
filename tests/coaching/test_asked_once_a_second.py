"""Whether the library changed is asked at most once a second in a process, and no answer is older than that."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coaching.plan import knowledge as kept
from coaching.plan.knowledge import knowledge
from content.core.vocabulary import Status
from content.models import Caution, Lesson, LessonVariant, Picture, Row
from content.reading import stamp
from content.reading.stamp import AskedOnceASecond, library_stamp, shown
from tests.coaching.shell_makers import a_member, a_plan, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

NOW = datetime(2026, 5, 4, 8, tzinfo=timezone.get_fixed_timezone(0))
SECOND = timedelta(seconds=1)


@pytest.fixture
def a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a site runs, and nothing asked so far."""
    monkeypatch.setattr(stamp, "ASKED_AGAIN", SECOND)
    for asked in (library_stamp, kept._pooled):
        monkeypatch.setattr(asked, "last", None)


@pytest.fixture
def asked() -> tuple[AskedOnceASecond, list[datetime]]:
    times: list[datetime] = []

    def ask(at: datetime) -> tuple:
        times.append(at)
        return (len(times),)

    return AskedOnceASecond(ask), times


@pytest.mark.usefixtures("a_second")
@pytest.mark.parametrize(("later", "times_asked"), [(0, 1), (0.999, 1), (1, 2), (3600, 2), (-0.001, 2)])
def test_an_answer_stands_for_a_second_and_not_when_the_clock_is_set_back(
    asked: tuple[AskedOnceASecond, list[datetime]], later: float, times_asked: int
) -> None:
    question, times = asked
    question(NOW)
    assert question(NOW + timedelta(seconds=later)) == (times_asked,)
    assert len(times) == times_asked


@pytest.mark.usefixtures("a_second")
@pytest.mark.parametrize("path", ["/today/", "/progress/", "/plan/", "/practice/breathing/", "/lessons/the-loop/"])
def test_pages_of_one_second_ask_the_library_nothing(client: Client, path: str, monkeypatch: Any) -> None:
    a_plan(a_member(client))
    client.get(path)
    monkeypatch.setattr(stamp, "ASKED_AGAIN", timedelta(hours=1))
    # An answer from now stands as long as this test needs.
    library_stamp(timezone.now())
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    assert not [one["sql"] for one in queries if "SELECT (SELECT" in one["sql"]]


@pytest.mark.usefixtures("a_second")
def test_a_caution_that_staff_edit_is_known_a_second_later(monkeypatch: pytest.MonkeyPatch) -> None:
    at = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: at)
    knowledge()
    row = Caution.objects.all()[0]
    row.words = "Only with somebody beside you."
    row.save()
    monkeypatch.setattr(timezone, "now", lambda: at + SECOND)
    assert row.words in {one.words for one in knowledge().options.cautions}


@pytest.mark.usefixtures("a_second")
def test_a_lesson_that_is_published_shows_a_second_later(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    path, at = "/lessons/breathing/", timezone.now()
    client.get(path)
    row = Lesson.objects.get(slug="breathing")
    row.title = "A title that nobody has read so far"
    row.save()
    monkeypatch.setattr(timezone, "now", lambda: at + 2 * SECOND)
    assert row.title in text(client.get(path))


@pytest.mark.parametrize("model", [model for model in shown() if issubclass(model, Row)])
def test_every_row_that_is_saved_changes_the_stamp(model: Any) -> None:
    before = library_stamp.ask(NOW)
    (model.objects.first() or Picture(slug="a-spine", description="A spine")).save()
    assert library_stamp.ask(NOW) != before


def test_of_two_editors_at_once_the_one_who_is_through_later_is_seen_too() -> None:
    """Whoever began to save first may be through last; the newest change is then one that was seen already."""
    first, second = Caution.objects.all()[:2]
    began = timezone.now()
    Caution.objects.filter(pk=second.pk).update(updated=began + timedelta(milliseconds=200))
    knowledge()
    Caution.objects.filter(pk=first.pk).update(updated=began, words="Only with somebody beside you.")
    assert "Only with somebody beside you." in {one.words for one in knowledge().options.cautions}


def a_lesson() -> Lesson:
    return Lesson.objects.published(timezone.now())[0]


def a_variant() -> LessonVariant:
    return LessonVariant.objects.published(timezone.now())[0]


@pytest.mark.parametrize("find", [a_lesson, a_variant])
def test_a_text_falls_due_without_a_change_of_its_row(find: Callable[[], Any]) -> None:
    row, due = find(), timezone.now() + timedelta(hours=1)
    type(row).objects.filter(pk=row.pk).update(publish_at=due, status=Status.PUBLISHED.value)
    assert library_stamp.ask(due - SECOND) != library_stamp.ask(due)
    assert library_stamp.ask(due) == library_stamp.ask(due + SECOND)
