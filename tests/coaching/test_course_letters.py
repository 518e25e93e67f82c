"""Letters about the course reach those who asked for them, at their point of it, and nobody else."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.letters.occasions import those_at
from accounts.mail.links import Standing, standing_path
from accounts.members.personal_data import erase
from accounts.models import Consent, Delivery, Occasion, Subscriber
from accounts.newsletter import course_wish, subscriptions
from accounts.sending.series import put_in_due
from coaching.models import LessonProgress, Person
from content.models import Lesson
from tests.accounts.people import make_subscriber, make_user

pytestmark = pytest.mark.django_db

NOON = timezone.now() + timedelta(hours=1)


@pytest.fixture
def subscriber(library: None) -> Subscriber:
    """Somebody with an account who asked for these letters and finished the first lesson three days ago."""
    subscriber = make_subscriber("nadia@example.org", user=make_user())
    course_wish.give(subscriber, at=NOON)
    person = Person.objects.create(user=subscriber.user)
    has_done(person, 1, at=NOON - timedelta(days=3))
    was_seen(NOON)
    return subscriber


def has_done(person: Person, lessons: int, *, at: datetime) -> None:
    for lesson in Lesson.objects.filter(course__lte=lessons):
        LessonProgress.objects.update_or_create(person=person, lesson=lesson, defaults={"done_at": at})


def was_seen(at: datetime) -> None:
    Person.objects.update(seen_on=at.date())


def occasions(at: datetime = NOON) -> set[str]:
    people = Subscriber.objects.reachable(at)
    return {occasion.value for occasion in Occasion if those_at(occasion, people, at=at).exists()}


def test_a_new_lesson_waits(subscriber: Subscriber) -> None:
    assert occasions() == {"lesson_open"}


def test_somebody_away_is_told_that_the_place_is_kept(subscriber: Subscriber) -> None:
    was_seen(NOON - timedelta(days=20))
    assert occasions() == {"away"}


def test_the_last_lesson_ends_all_other_letters(subscriber: Subscriber) -> None:
    has_done(Person.objects.get(), 6, at=NOON - timedelta(days=1))
    assert occasions() == {"last_lesson"}
    assert occasions(NOON + timedelta(days=20)) == set()


def test_nobody_who_did_not_ask_is_looked_at(subscriber: Subscriber) -> None:
    course_wish.withdraw(subscriber, at=NOON)
    assert occasions() == set()


def test_whoever_stopped_or_takes_a_break_is_not_written_to(subscriber: Subscriber) -> None:
    Subscriber.objects.update(paused_until=NOON.date() + timedelta(days=2))
    assert occasions() == set()
    Subscriber.objects.update(paused_until=None)
    subscriptions.unsubscribe(subscriber, at=NOON)
    assert occasions() == set()
    assert not Consent.objects.standing().exists()


def test_an_erased_account_is_no_more(subscriber: Subscriber) -> None:
    assert subscriber.user
    erase(subscriber.user)
    assert occasions() == set()


def test_each_letter_comes_once(subscriber: Subscriber) -> None:
    call_command("load_letters", verbosity=0)
    put_in_due(at=NOON + timedelta(days=1))
    put_in_due(at=NOON + timedelta(days=2))
    sent = Delivery.objects.filter(subscriber=subscriber, edition__place__series__slug="course")
    assert [row.subscriber_id for row in sent] == [subscriber.pk]
    assert [row.edition.slug for row in sent] == ["course-lesson-2"]


def test_the_wish_is_asked_of_account_holders_alone_and_can_be_taken_back(client: Client, library: None) -> None:
    stranger = make_subscriber()
    assert 'name="course"' not in client.get(standing_path(stranger, Standing.PREFERENCES)).content.decode()
    subscriber = make_subscriber("nadia@example.org", user=make_user())
    path = standing_path(subscriber, Standing.PREFERENCES)
    assert 'name="course"' in client.get(path).content.decode()
    for wanted in (True, True, False):
        client.post(path, answers(course="on") if wanted else answers())
        assert course_wish.stands(subscriber) is wanted
    assert Consent.objects.count() == 1


def answers(**more: Any) -> dict[str, Any]:
    return {"topics": ["sleep"], "pace": "weekly", "pause": "", "language": "en", **more}
