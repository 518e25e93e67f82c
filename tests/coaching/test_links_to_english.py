"""A page in Spanish says beside the title of a lesson that the lesson itself is in English, before it is followed."""

import re

import pytest
from django.test import Client

from coaching import said
from content.models import Lesson, LessonVariant
from tests.coaching.shell_makers import a_member, a_plan, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

BESIDE = ' <span class="in-language">(en inglés)</span>'
TITLE = re.compile(
    r'<a href="/es/lessons/([\w-]+)/"([^>]*)>(?!\s*<)[^<]+</a>(\s*<span class="in-language">\(en inglés\)</span>)?'
)
IN_SPANISH = "breathing"


@pytest.fixture(autouse=True)
def nothing_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page knows of no lesson in Spanish because another was drawn before it."""
    monkeypatch.setattr(said, "_lessons", [frozenset()])


def titles(client: Client, path: str) -> list[tuple[str, str, str]]:
    """Of lessons that a page leads to: which, with what language, and what is said beside."""
    found = TITLE.findall(text(client.get(path, follow=True)))
    assert found, path
    return found


@pytest.mark.parametrize("path", ["/es/", "/es/today/", "/es/recommendations/", "/es/lessons/breathing/"])
def test_each_title_says_whether_its_lesson_is_in_english(client: Client, path: str) -> None:
    if path != "/es/":
        a_plan(a_member(client))
    for slug, attributes, beside in titles(client, path):
        assert ('hreflang="en"' in attributes, bool(beside)) == ((slug != IN_SPANISH,) * 2), slug


def test_a_page_in_english_says_nothing_of_languages(client: Client) -> None:
    assert "in-language" not in text(client.get("/"))


def written_in_spanish(slug: str, **told: str) -> None:
    row = LessonVariant.objects.get(lesson__slug=IN_SPANISH)
    row.pk, row.slug, row.lesson = None, f"{slug}.es", Lesson.objects.get(slug=slug)
    for name, value in told.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def test_a_lesson_that_has_been_written_in_spanish_is_no_longer_said_to_be_in_english(client: Client) -> None:
    assert ("the-loop", ' hreflang="en"', BESIDE) in titles(client, "/es/")
    written_in_spanish("the-loop")
    assert ("the-loop", "", "") in titles(client, "/es/")


def test_a_draft_of_it_changes_nothing(client: Client) -> None:
    written_in_spanish("the-loop", status="draft")
    assert ("the-loop", ' hreflang="en"', BESIDE) in titles(client, "/es/")


def test_the_lesson_that_follows_is_said_to_be_in_english_too(client: Client) -> None:
    a_plan(a_member(client))
    followed = r'<a href="/es/lessons/([\w-]+)/">[^<]+(<span class="in-language">\(en inglés\)</span>)? →</a>'
    written_in_spanish("the-loop")
    [(slug, beside)] = re.findall(followed, text(client.get("/es/lessons/the-loop/")))
    assert beside
    written_in_spanish(slug)
    assert re.findall(followed, text(client.get("/es/lessons/the-loop/"))) == [(slug, "")]
