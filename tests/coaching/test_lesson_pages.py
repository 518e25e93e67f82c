"""Lessons as a person reads them: three sizes, a check question, and what is done."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from coaching.models import LessonProgress, Person
from content.models import Lesson
from tests.coaching.shell_makers import a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PATH = "/lessons/breathing/"


def body(client: Client, query: str = "") -> str:
    return text(client.get(f"{PATH}{query}"))


def right_answer(lesson: Lesson) -> int:
    return next(place for place, answer in enumerate(lesson.check_question["answers"]) if answer["right"])


# --- Sizes ---------------------------------------------------------------------------------------


def test_each_size_is_longer_than_the_one_before(client: Client) -> None:
    lengths = [len(body(client, f"?size={size}")) for size in (1, 4, 12)]
    assert lengths == sorted(set(lengths))


@pytest.mark.parametrize("query", ["", "?size=", "?size=5", "?size=x", "?size=1&size=99"])
def test_without_a_known_size_the_middle_one_is_shown(client: Client, query: str) -> None:
    assert 'href="?size=4" aria-current="true"' in body(client, query)


def test_every_published_lesson_opens_in_every_size(client: Client) -> None:
    slugs = list(Lesson.objects.published(timezone.now()).values_list("slug", flat=True))
    assert len(slugs) >= 18
    for slug in slugs:
        for size in (1, 4, 12):
            assert client.get(f"/lessons/{slug}/?size={size}").status_code == 200, (slug, size)


def test_a_lesson_that_does_not_exist_or_is_not_published_is_not_found(client: Client) -> None:
    assert client.get("/lessons/no-such-lesson/").status_code == 404
    Lesson.objects.filter(slug="breathing").update(status="draft")
    assert client.get(PATH).status_code == 404
    assert client.post(f"{PATH}done/").status_code == 404
    assert f'href="{PATH}"' not in text(client.get("/lessons/"))


# --- The check question ----------------------------------------------------------------------------


def test_the_right_answer_says_yes_and_why(client: Client) -> None:
    lesson = Lesson.objects.get(slug="breathing")
    place = right_answer(lesson)
    page = body(client, f"?answer={place}")
    assert page.count("Yes.") == 1
    assert lesson.check_question["answers"][place]["feedback"][:20] in page


def test_another_answer_is_met_kindly_and_can_be_changed(client: Client) -> None:
    lesson = Lesson.objects.get(slug="breathing")
    other = (right_answer(lesson) + 1) % len(lesson.check_question["answers"])
    page = body(client, f"?answer={other}")
    assert "<strong>Not quite.</strong>" in page
    assert "Try another answer" in page


def test_answering_keeps_the_size(client: Client) -> None:
    page = body(client, "?size=12")
    assert re.search(r'<input type="hidden" name="size" value="12">', page)


@pytest.mark.parametrize("answer", ["", "9", "-1", "x", "1.0", "²", "٣", "9" * 5000, "0&answer=1&answer=x"])
def test_an_answer_that_is_none_shows_the_question_alone(client: Client, answer: str) -> None:
    page = client.get(f"{PATH}?answer={answer}")
    assert page.status_code == 200
    assert 'class="why" role="status"' not in text(page)


def test_answering_makes_nobody(client: Client) -> None:
    body(client, "?answer=0")
    assert not Person.objects.exists()


# --- Done ------------------------------------------------------------------------------------------


def test_a_lesson_can_be_marked_done_and_the_list_shows_it(client: Client) -> None:
    answer = client.post(f"{PATH}done/", {"done": "yes"})
    assert answer.url == f"{PATH}#done"
    assert "Not done after all" in body(client)
    assert '<span class="pill lake">Done</span>' in text(client.get("/lessons/"))


def test_it_can_be_taken_back(client: Client) -> None:
    client.post(f"{PATH}done/", {"done": "yes"})
    client.post(f"{PATH}done/", {"done": "no"})
    assert "Mark as done" in body(client)


def test_twice_keeps_the_first_time(client: Client) -> None:
    a_visitor(client)
    for _ in range(2):
        client.post(f"{PATH}done/", {"done": "yes"})
        first = LessonProgress.objects.get().done_at
    assert LessonProgress.objects.get().done_at == first


def test_done_is_of_one_person(client: Client) -> None:
    client.post(f"{PATH}done/", {"done": "yes"})
    assert "Mark as done" in body(Client())


def test_the_course_counts_what_is_done(client: Client) -> None:
    client.post("/lessons/the-loop/done/", {"done": "yes"})
    client.post(f"{PATH}done/", {"done": "yes"})
    assert "1 of 6 done" in text(client.get("/lessons/"))


def test_a_mark_is_never_made_by_an_address(client: Client) -> None:
    assert client.get(f"{PATH}done/").status_code == 405


def test_an_empty_library_says_so(client: Client) -> None:
    Lesson.objects.update(status="draft")
    page = text(client.get("/lessons/"))
    assert "Nothing is published yet." in page
    assert client.get("/").status_code == 200
