"""The first page of staff: what waits for them, and only what they may use."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin import site
from django.test import Client
from django.urls import reverse

from coaching.models import LessonProgress, Person
from content.editing.desk import desk
from content.editing.saving import edit
from content.models import Lesson
from content.reading.usage import FEWEST, count_in_words
from tests.content.makers import NOW, a_card, a_lesson, a_reviewer, a_text_in_review, a_tip, a_writer

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def said(person: Any) -> list[tuple[str, str]]:
    return [(str(waiting.row), waiting.why) for waiting in desk(person, TODAY)]


def first_page(user: Any, path: str = "/admin/") -> str:
    client = Client()
    client.force_login(user)
    return client.get(path).content.decode()


def test_a_text_in_review_waits_for_everyone_but_its_writer() -> None:
    _, writer, reviewer = a_text_in_review()
    assert said(reviewer) == [("Six soft breaths", "to review")]
    assert said(writer) == []


def test_changes_to_a_published_text_wait_too() -> None:
    tip, writer = a_tip(), a_writer()
    edit(tip, tip.authored_values() | {"title": "New"}, by=writer, at=NOW)
    assert said(writer) == [("Six soft breaths", "your draft")]
    assert said(a_reviewer()) == []


def test_what_is_due_for_a_review_is_listed_the_oldest_first() -> None:
    a_tip("late", title="Late", next_review=TODAY)
    a_tip("fresh", title="Fresh", next_review=TODAY + timedelta(days=1))
    a_card(title="Old card", next_review=TODAY - timedelta(days=30))
    assert [name for name, _ in said(a_reviewer())] == ["Old card", "Late"]
    assert [name for name, _ in said(a_writer())] == ["Late"]


def test_the_first_page_shows_the_desk() -> None:
    _, _, reviewer = a_text_in_review()
    html = first_page(reviewer)
    assert "On your desk" in html
    assert "tip, to review" in html


def test_a_writer_is_shown_the_library_and_nothing_of_people_or_machines() -> None:
    html = first_page(a_writer())
    assert "What readers see" in html
    assert "What keeps people safe" in html
    for word in ("People", "Letters", "For the operator", "Accounts"):
        assert f">{word}<" not in html


def test_the_operator_finds_every_table_once(django_user_model: Any) -> None:
    boss = django_user_model.objects.create(email="boss@example.org", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(boss)
    sections = client.get("/admin/").context["app_list"]
    titles = ["What readers see", "What it rests on", "What keeps people safe", "Letters", "People", "For the operator"]
    assert [section["name"] for section in sections] == titles
    tables = [model["admin_url"] for section in sections for model in section["models"]]
    assert sorted(tables) == sorted(
        {reverse(f"admin:{m._meta.label_lower.replace('.', '_')}_changelist") for m in site._registry}
    )


def test_a_page_of_one_app_is_as_django_makes_it() -> None:
    assert "Lessons" in first_page(a_writer(), "/admin/content/")


def test_the_list_of_lessons_shows_how_many_read_them_and_nobody() -> None:
    lesson: Any = a_lesson()
    for number in range(FEWEST + 1):
        person = Person.objects.create()
        LessonProgress.objects.create(person=person, lesson=lesson, done_at=NOW if number else None)
    html = first_page(a_writer(), "/admin/content/lesson/")
    assert f"{FEWEST + 1} begun, {FEWEST} finished" in html


def test_small_counts_are_not_told() -> None:
    assert [count_in_words(count) for count in (0, 1, FEWEST - 1, FEWEST)] == ["0", "fewer than 5", "fewer than 5", "5"]


@pytest.mark.parametrize(("stage", "found"), [("in_review", 1), ("published", 1), ("draft", 0), ("nonsense", 2)])
def test_texts_are_found_by_their_stage(stage: str, found: int) -> None:
    a_lesson("one", course=None, status="in_review", publish_at=None)
    a_lesson("two", course=None)
    client = Client()
    client.force_login(a_writer())
    answer = client.get("/admin/content/lesson/", {"stage": stage})
    assert answer.context["cl"].result_count == found


def test_the_questions_of_the_list_do_not_grow_with_its_lessons(
    library: None, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.force_login(a_writer())
    with django_assert_max_num_queries(16):
        client.get("/admin/content/lesson/")
    assert Lesson.objects.count() > 10
