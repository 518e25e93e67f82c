"""Where somebody stands in the course is drawn once on Today, and anew as soon as they stand elsewhere."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coaching.kept import Kept, OwnParts
from coaching.learning import worked_out
from coaching.lessons.course_runs import begin, pause, resume
from coaching.lessons.progress import mark_done
from coaching.models import CoursePause, CourseRun, LessonProgress, Person
from config.drawn import part
from config.drawn.shelf import Shelf
from content.models import Lesson
from tests.coaching.shell_makers import a_member, a_plan
from tests.test_drawn_once import without_own

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def seen(client: Client, path: str) -> str:
    return without_own(client.get(path))


def wholly_anew(client: Client, path: str) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(part, "shelf", Shelf(most_bytes=0))
        patch.setattr(worked_out, "_kept", Kept())
        return seen(client, path)


def ways(person: Person) -> Iterator[str]:
    """All that a day, a rest, and reading may change of it, one after the other."""
    today = timezone.localdate()
    yield "not begun"
    begin(person, today)
    yield "begun"
    for days in (8, 20, 27, 45, 60):
        CourseRun.objects.filter(person=person).update(began_on=today - timedelta(days=days))
        yield f"begun {days} days ago"
    for number in range(1, 7):
        lesson = Lesson.objects.get(course=number)
        for size, block in (("4", 3), ("4", 5), ("12", 5)):
            told = {"size": size, "block": block, "stopped_at": timezone.now()}
            LessonProgress.objects.update_or_create(person=person, lesson=lesson, defaults=told)
            yield f"stopped in {number}, {size} minutes, at {block}"
        pause(person, today)
        yield f"at rest in {number}"
        resume(person, today)
        CoursePause.objects.all().delete()
        mark_done(person, lesson, at=timezone.now())
        yield f"read {number}"
        CourseRun.objects.filter(person=person).update(began_on=today)
        yield f"read {number} and before the time of the next"


def test_it_is_what_a_fresh_look_says_wherever_they_stand(client: Client) -> None:
    person = a_member(client)
    a_plan(person)
    told = set()
    for way in ways(person):
        for path in ("/today/", "/es/today/"):
            page = seen(client, path)
            assert page == wholly_anew(client, path), way
            assert seen(client, path) == page, way
            told.add(page)
    assert len(told) > 40


def test_it_is_drawn_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = list[str]()
    person = a_member(client)
    a_plan(person)
    begin(person, timezone.localdate())
    keep = OwnParts.keep

    def counted(shelf: OwnParts, key: Any, words: str) -> None:
        kept.append(words)
        keep(shelf, key, words)

    monkeypatch.setattr(OwnParts, "keep", counted)
    for _ in range(3):
        seen(client, "/today/")
    assert len([words for words in kept if "course-now" in words]) == 1


def test_a_lesson_that_staff_rename_shows_on_the_next_page(client: Client) -> None:
    person = a_member(client)
    a_plan(person)
    begin(person, timezone.localdate())
    seen(client, "/today/")
    lesson = Lesson.objects.get(course=1)
    lesson.title = "A loop by another name"
    lesson.save()
    assert "A loop by another name" in seen(client, "/today/")
