"""The letter about a lesson that opened says which one, and comes when that one opens."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone

from accounts.core.letters.files import LetterFileError, format_of, read_letter
from accounts.letters.parts import Parts, fresh_parts
from accounts.models import Delivery, Edition, Occasion, SeriesLetter, Subscriber
from accounts.newsletter import course_wish
from accounts.sending.series import people_for, put_in_due
from coaching.models import CoursePause, CourseRun, LessonProgress, Person
from content.models import Lesson
from tests.accounts.letters import an_edition
from tests.accounts.people import make_subscriber, make_user

pytestmark = pytest.mark.django_db
NOON = timezone.now() + timedelta(hours=1)


@pytest.fixture
def person(library: None) -> Person:
    """Somebody who asked for letters about the course, and was here today."""
    call_command("load_letters", verbosity=0)
    subscriber = make_subscriber("nadia@example.org", user=make_user())
    course_wish.give(subscriber, at=NOON)
    return Person.objects.create(user=subscriber.user, seen_on=NOON.date())


def has_done(person: Person, *lessons: int, at: datetime) -> None:
    for lesson in Lesson.objects.filter(course__in=lessons):
        LessonProgress.objects.create(person=person, lesson=lesson, done_at=at)


def days_ago(days: int) -> datetime:
    return NOON - timedelta(days=days)


def due() -> list[int | None]:
    letters = SeriesLetter.objects.filter(when=Occasion.LESSON_OPEN).select_related("series", "edition")
    return [letter.lesson for letter in letters if people_for(letter, at=NOON).exists()]


def parts(lesson: int) -> Parts:
    return fresh_parts(Edition.objects.get(place__lesson=lesson))


@pytest.mark.parametrize(("done", "opened"), [([1], 2), ([1, 2, 3], 4), ([1, 3], 2), ([1, 2, 3, 4, 5], 6)])
def test_the_letter_is_that_of_the_next_lesson(person: Person, done: list[int], opened: int) -> None:
    has_done(person, *done, at=days_ago(3))
    assert due() == [opened]


def test_a_lesson_whose_week_has_not_come_has_not_opened(person: Person) -> None:
    run = CourseRun.objects.create(person=person, began_on=days_ago(4).date())
    has_done(person, 1, at=days_ago(3))
    assert due() == []
    CourseRun.objects.filter(pk=run.pk).update(began_on=days_ago(7).date())
    assert due() == [2]


def test_after_the_week_for_practice_the_fourth_lesson_is_told_of_too(person: Person) -> None:
    CourseRun.objects.create(person=person, began_on=days_ago(28).date())
    has_done(person, 1, 2, 3, at=days_ago(14))
    assert due() == [4]


def test_while_the_course_rests_nothing_opens(person: Person) -> None:
    run = CourseRun.objects.create(person=person, began_on=days_ago(20).date())
    CoursePause.objects.create(run=run, began_on=days_ago(2).date())
    has_done(person, 1, at=days_ago(10))
    assert due() == []


def test_a_lesson_that_staff_withdrew_is_passed_over(person: Person) -> None:
    Lesson.objects.filter(course=2).update(status="withdrawn", publish_at=None)
    has_done(person, 1, at=days_ago(3))
    assert due() == [3]


def test_each_lesson_has_its_letter_once(person: Person) -> None:
    has_done(person, 1, at=days_ago(3))
    put_in_due(at=NOON)
    QuerySet(Delivery).update(state="sent", closed_at=NOON, sent_at=NOON)
    has_done(person, 2, at=NOON + timedelta(days=4))
    Person.objects.update(seen_on=(NOON + timedelta(days=7)).date())
    put_in_due(at=NOON + timedelta(days=8))
    put_in_due(at=NOON + timedelta(days=9))
    told = Delivery.objects.order_by("pk").values_list("edition__slug", flat=True)
    assert list(told) == ["course-lesson-2", "course-lesson-3"]


@pytest.mark.parametrize("lesson", [2, 3, 4, 5, 6])
def test_a_letter_names_its_lesson_in_both_parts(person: Person, settings: Any, lesson: int) -> None:
    row = Lesson.objects.get(course=lesson)
    row.title, row.summary = "A title of today", "One sentence & no more."
    row.save()
    found, link = parts(lesson), f"{settings.SITE_URL}/lessons/{row.slug}/"
    assert f"A title of today\nOne sentence & no more.\n\nRead it in 4 minutes\n{link}\n" in found.text
    assert f"Or in one minute\n{link}?size=1\n" in found.text
    assert "<strong>A title of today</strong><br>One sentence &amp; no more." in found.html
    assert f'<a class="button" href="{link}">Read it in 4 minutes</a>' in found.html


def test_the_last_lesson_has_words_of_its_own(person: Person) -> None:
    assert "The last lesson is open" in parts(6).subject
    assert "last of the six" in parts(6).text


def test_all_other_letters_name_no_lesson(person: Person) -> None:
    for edition in [an_edition(), *Edition.objects.filter(place__lesson=None, kind="series")]:
        assert "Read it in 4 minutes" not in fresh_parts(edition).html


def test_the_letter_in_spanish_says_it_in_spanish(person: Person) -> None:
    Edition.objects.filter(place__lesson=2).update(language="es")
    assert "Leerla en 4 minutos" in parts(2).html


@pytest.mark.parametrize(
    "place", ['when = "lesson_open"', 'when = "away"\nlesson = 2', 'when = "lesson_open"\nlesson = 7']
)
def test_a_file_says_which_lesson_opened_and_only_there(place: str) -> None:
    source = f'+++\nsubject = "Hello"\npractice = "breathing"\nposition = 1\ndays = 0\n{place}\n+++\n\nHello.\n'
    with pytest.raises(LetterFileError, match="lesson"):
        read_letter(source, format_of(Occasion.values))


def test_nobody_else_is_told(person: Person) -> None:
    has_done(person, 1, at=days_ago(3))
    Subscriber.objects.update(status="unsubscribed")
    assert due() == []
