"""What staff translate shows on pages that are kept for everybody, as any other change of the library does."""

import pytest
from django.test import Client

from content.models import EvidenceCard, Lesson, Translation
from tests.coaching.shell_makers import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

ENGLISH, SPANISH = "What nobody has written in Spanish so far", "Lo que ya se dice también en español"


def a_card_in_new_words() -> None:
    card = EvidenceCard.objects.get(techniques__slug="breathing")
    card.for_whom = ENGLISH
    card.save()


def a_neighbour_with_a_new_title() -> None:
    lesson = Lesson.objects.get(slug="breathing").related.all()[0]
    lesson.title = ENGLISH
    lesson.save()


def test_the_copy_of_a_practice_is_made_anew(client: Client) -> None:
    a_card_in_new_words()
    path = "/es/offline/practice/breathing/"
    assert ENGLISH in text(client.get(path))
    Translation.objects.create(english=ENGLISH, language="es", words=SPANISH)
    assert SPANISH in text(client.get(path))


def test_a_lesson_is_made_anew(client: Client) -> None:
    a_neighbour_with_a_new_title()
    path = "/es/lessons/breathing/"
    assert ENGLISH in text(client.get(path))
    Translation.objects.create(english=ENGLISH, language="es", words=SPANISH)
    assert SPANISH in text(client.get(path))
