"""What is due in Spanish: a text that was changed in English, and how staff see it and write it."""

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from coaching.plan.knowledge import knowledge
from coaching.said import is_said, said
from content.models import DangerSign, Guide, Technique, Translation
from content.reading.due import Due, due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

NEW = "Breathe in for 4 and out for 6, very softly. The long breath out is what counts."
BEFORE = "Toma aire contando 4 y suéltalo contando 6, suave. Lo que cuenta es soltarlo despacio."


def changed() -> None:
    Guide.objects.filter(slug="breathing").update(summary=NEW)


def test_nothing_is_due_of_the_library_as_it_comes() -> None:
    assert [one.english for one in due(timezone.now())] == []


def test_an_english_change_marks_its_spanish_as_due_and_shows_what_it_was() -> None:
    changed()
    assert due(timezone.now()) == (Due(where="guide: Slow breathing", english=NEW, before=BEFORE),)


def test_a_changed_danger_sign_whose_spanish_stands_beside_it_is_due_too() -> None:
    DangerSign.objects.filter(slug="fever").update(advice="Words that are new.")
    found = [one for one in due(timezone.now()) if not one.is_by_words]
    assert [one.english for one in found] == ["Words that are new."]
    DangerSign.objects.filter(slug="fever").update(advice_es="Palabras nuevas.")
    assert [one.english for one in due(timezone.now())] == []


def test_staff_see_what_is_due_and_write_it(client: Client) -> None:
    changed()
    client.force_login(User.objects.create_superuser("staff@example.org", "a-long-password-of-staff"))
    page = client.get("/admin/content/translation/").content.decode()
    assert NEW in page
    assert BEFORE in page
    told = {"language": "es", "english": NEW, "words": "Palabras nuevas para la respiración."}
    assert client.post("/admin/content/translation/add/", told).status_code == 302
    page = client.get("/admin/content/translation/").content.decode()
    assert "Nothing: every text that pages in Spanish show is there." in page


def test_what_staff_wrote_is_said_from_the_next_page_on(client: Client) -> None:
    changed()
    assert "Esta página todavía no está en español" in client.get("/es/practice/breathing/").content.decode()
    Translation.objects.create(english=NEW, words="Palabras nuevas para la respiración.")
    assert "Palabras nuevas para la respiración." in client.get("/es/practice/breathing/").content.decode()


def test_a_row_of_staff_comes_before_what_came_with_the_library() -> None:
    name = Technique.objects.get(slug="breathing").name
    Translation.objects.create(english=name, words="Respirar despacio")
    knowledge()
    with override("es"):
        assert is_said(name)
        assert said(name) == "Respirar despacio"
