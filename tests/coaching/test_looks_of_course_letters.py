"""Each minute only those are looked at for letters about the course whom no look has seen for a day."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.letters.occasions import looking
from accounts.models import Delivery, Subscriber
from accounts.newsletter import course_wish
from accounts.sending.series import put_in_due
from coaching.lessons import course_letters
from coaching.models import LessonProgress, Person
from content.models import Lesson
from tests.accounts.people import make_subscriber, make_user

pytestmark = pytest.mark.django_db

NOON = timezone.now() + timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def readers(library: None, letters: None) -> list[Subscriber]:
    """Five who asked for these letters, each with the first lesson done three days ago."""
    return [make_reader(number) for number in range(5)]


@pytest.fixture
def letters(library: None) -> None:
    call_command("load_letters", verbosity=0)


def make_reader(number: int) -> Subscriber:
    user = make_user(f"reader{number}@example.org")
    subscriber = make_subscriber(user.email, user=user)
    course_wish.give(subscriber, at=NOON)
    person = Person.objects.create(user=user)
    lesson = Lesson.objects.get(course=1)
    LessonProgress.objects.create(person=person, lesson=lesson, done_at=NOON - 3 * DAY)
    return subscriber


def seen(at: datetime) -> None:
    Person.objects.update(seen_on=at.date())


def course_rows() -> int:
    return Delivery.objects.filter(edition__place__series__slug="course").count()


def test_everybody_is_looked_at_once_a_day(readers: list[Subscriber]) -> None:
    seen(NOON)
    put_in_due(at=NOON)
    assert course_rows() == len(readers)
    assert not Person.objects.whose_letters_are_due(NOON.date()).exists()
    assert Person.objects.whose_letters_are_due((NOON + DAY).date()).count() == len(readers)


def test_no_more_at_once_than_a_look_can_go_through_and_the_next_goes_on(
    readers: list[Subscriber], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course_letters, "AT_A_LOOK", 2)
    seen(NOON)
    counts = []
    for minute in range(4):
        put_in_due(at=NOON + timedelta(minutes=minute))
        counts.append(course_rows())
    assert counts == [2, 4, 5, 5]


def test_a_look_at_nobody_asks_nothing_more_for_more_people(readers: list[Subscriber]) -> None:
    seen(NOON)
    put_in_due(at=NOON)
    with CaptureQueriesContext(connection) as few:
        put_in_due(at=NOON)
    for number in range(5, 25):
        make_reader(number)
    Person.objects.update(letters_look_on=(NOON + DAY).date())
    with CaptureQueriesContext(connection) as many:
        put_in_due(at=NOON)
    assert len(many) == len(few)
    assert not any("lessonprogress" in query["sql"] for query in many.captured_queries)


def test_a_look_that_breaks_off_is_made_again(readers: list[Subscriber]) -> None:
    seen(NOON)
    with pytest.raises(KeyError), looking(NOON):
        raise KeyError
    put_in_due(at=NOON)
    assert course_rows() == len(readers)


def test_whoever_has_not_been_here_for_long_is_still_found_when_they_come_back(readers: list[Subscriber]) -> None:
    seen(NOON - 90 * DAY)
    put_in_due(at=NOON)
    assert course_rows() == 0
    assert not Person.objects.whose_letters_are_due((NOON + 2 * DAY).date()).exists()
    seen(NOON + DAY)
    LessonProgress.objects.update(done_at=NOON + DAY)
    put_in_due(at=NOON + 3 * DAY)
    assert course_rows() == len(readers)


def test_without_an_account_nobody_is_looked_at(library: None) -> None:
    Person.objects.create()
    assert not Person.objects.whose_letters_are_due(NOON.date()).exists()
