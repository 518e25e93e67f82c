"""The one page to print, and the people of the stories."""

import pytest
from django.test import Client

from content.models import Lesson, StoryPerson
from tests.coaching.shell_makers import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def test_the_page_to_print_holds_the_short_text_the_task_and_the_sources(client: Client) -> None:
    lesson = Lesson.objects.get(slug="breathing")
    page = text(client.get("/lessons/breathing/print/"))
    assert lesson.brief_html.split("</p>")[0] in page
    assert lesson.task["words"][:30] in page
    assert 'class="footnotes"' in page
    assert "Awaiting review by a clinician." in page


def test_every_lesson_can_be_printed(client: Client) -> None:
    for slug in Lesson.objects.values_list("slug", flat=True):
        assert client.get(f"/lessons/{slug}/print/").status_code == 200


def test_the_people_are_marked_as_made_up_and_lead_to_their_lessons(client: Client) -> None:
    page = text(client.get("/lessons/people/"))
    assert page.count("Made up") == StoryPerson.objects.count() == 4
    assert 'href="/lessons/the-loop/"' in page


def test_a_lesson_says_who_reviewed_it_and_what_changed(client: Client) -> None:
    page = text(client.get("/lessons/breathing/"))
    for words in ("Awaiting review by a clinician", "Next check by", "What changed in this text", "First written."):
        assert words in page
