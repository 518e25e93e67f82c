"""A lesson in another language, as its reader opens it; where a part is missing, the lesson's own stands in."""

from typing import Any

import pytest
from django.test import Client

from content.models import LessonVariant
from tests.coaching.shell_makers import a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PATH = "/lessons/breathing/"
SPANISH = f"{PATH}?lang=es"


def variant() -> LessonVariant:
    return LessonVariant.objects.get(slug="breathing.es")


@pytest.mark.parametrize("is_known", [False, True])
def test_the_lesson_opens_in_spanish_for_strangers_and_for_readers(client: Client, is_known: bool) -> None:  # noqa: FBT001
    if is_known:
        a_visitor(client)
    page = text(client.get(SPANISH))
    assert f'<h1 lang="es">{variant().title}</h1>' in page
    assert 'class="prose lesson-text" lang="es"' in page
    assert 'href="?size=12&amp;lang=es"' in page
    assert '<input type="hidden" name="lang" value="es">' in page


def test_the_lesson_names_the_language_and_leads_back(client: Client) -> None:
    assert 'lang=es" hreflang="es" lang="es">Español</a>' in text(client.get(PATH))
    assert 'hreflang="en">English</a>' in text(client.get(SPANISH))


@pytest.mark.parametrize("asked", ["de", "xx", "es<script>", "e" * 5000, "en", ""])
def test_a_language_that_there_is_not_is_the_lessons_own(client: Client, asked: str) -> None:
    assert client.get(PATH, {"lang": asked}).headers["ETag"] == client.get(PATH).headers["ETag"]


def test_a_variant_that_was_withdrawn_is_english_again_at_once(client: Client) -> None:
    first = client.get(SPANISH)
    LessonVariant.objects.update(status="withdrawn", publish_at=None)
    answer = client.get(SPANISH, headers={"If-None-Match": first.headers["ETag"]})
    assert 'class="prose lesson-text" lang="en"' in text(answer)
    assert "Español" not in text(answer)


def test_it_costs_no_more_queries_than_any_page(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(6):
        client.get(SPANISH)
