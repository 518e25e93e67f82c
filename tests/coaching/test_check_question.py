"""The check question of a lesson: the answer is a part of the address, and any address may be typed."""

import re
from html import unescape

import pytest
from django.test import Client

from content.models import Lesson
from tests.coaching.shell_makers import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def test_the_chosen_answer_is_met_with_its_feedback(client: Client) -> None:
    chosen = Lesson.objects.get(slug="panic").check_question["answers"][1]
    assert chosen["feedback"] in unescape(text(client.get("/lessons/panic/?answer=1")))


@pytest.mark.parametrize("typed", ["", "-1", "9", "01", "x", "²", "9" * 5000])
def test_an_answer_that_is_not_there_shows_the_question_alone(client: Client, typed: str) -> None:
    page = text(client.get("/lessons/panic/", {"answer": typed}))
    assert 'class="why" role="status"' not in page
    assert "<h1" in page


def test_a_right_answer_is_praised_once_in_every_lesson(client: Client) -> None:
    for lesson in Lesson.objects.exclude(check_question={}):
        answers = lesson.check_question["answers"]
        right = next(place for place, answer in enumerate(answers) if answer["right"])
        told = text(client.get(f"/lessons/{lesson.slug}/?answer={right}")).split('class="why" role="status"')[1]
        plain = re.sub(r"<[^>]+>|\s+", " ", told.split("</p>")[0])
        assert len(re.findall(r"\bYes\b[.,:]", plain)) == 1, lesson.slug
