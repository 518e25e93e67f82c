"""Help in Spanish: every word that keeps a Spanish reader safe, whatever stands, in flare mode or out of it."""

import pytest
from django.test import Client
from django.utils.translation import override

from coaching.core.intake.signs import LEAST_LEVEL
from coaching.help.flare import COOKIE
from coaching.help.rule_words import OWN, in_language
from content.models import Caution, ConditionText, CrisisLine, DangerSign, DemandCaution
from tests.coaching.shell_makers import a_plan, a_visitor, text
from tests.coaching.test_standing_danger import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

HELP = "/es/help-now/"
PAGES = [HELP, "/es/help-now/emergency/", "/es/help-now/crisis/", "/es/offline/help-now/", "/es/lessons/breathing/"]
STANDS = [None, "chest_pain", "fever", "night_pain", "morning_stiffness"]


@pytest.mark.parametrize("sign", STANDS)
@pytest.mark.parametrize("flare", ["", "on"])
def test_no_word_is_left_in_english(client: Client, untranslated: list[str], sign: str | None, flare: str) -> None:
    person = a_visitor(client)
    if sign:
        told(person, sign)
    if flare:
        client.cookies[COOKIE] = flare
    for country in ("", "GB"):
        client.post(HELP, {"country": country})
        for path in PAGES:
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert '<html lang="es">' in text(answer), path
    assert sorted(set(untranslated)) == []


@pytest.mark.parametrize("sign", LEAST_LEVEL)
def test_each_sign_stands_in_spanish(client: Client, sign: str) -> None:
    told(a_visitor(client), sign)
    row = DangerSign.objects.get(slug=sign)
    page = text(client.get(HELP))
    assert row.advice_es in page
    assert row.question_es in page
    assert row.advice not in page


def test_the_lines_of_a_country_stand_in_spanish(client: Client) -> None:
    client.post(HELP, {"country": "GB"})
    page = text(client.get(HELP))
    assert "Reino Unido" in page
    assert "Envía la palabra SHOUT." in page
    assert "United Kingdom" not in page


def test_the_country_that_is_chosen_leads_back_to_the_page_in_spanish(client: Client) -> None:
    assert client.post(HELP, {"country": "GB"}).headers["Location"] == HELP


@pytest.mark.parametrize("path", ["/help-now/", "/help-now/emergency/", "/help-now/crisis/"])
def test_each_page_leads_to_the_other_language(client: Client, path: str) -> None:
    assert f'href="/es{path}" hreflang="es"' in text(client.get(path))
    assert f'href="{path}" hreflang="en"' in text(client.get(f"/es{path}"))


def test_a_device_keeps_help_in_spanish_too(client: Client) -> None:
    assert "/offline/parcels/every/help/" in text(client.get("/sw.js"))
    kept = {page["name"]: page["text"] for page in client.get("/offline/parcels/every/help/").json()["pages"]}
    assert kept["/es/help-now/"] == client.get("/es/offline/help-now/").content.decode()
    assert '<html lang="es">' in kept["/es/help-now/crisis/"]


def test_words_of_despair_show_help_in_spanish(client: Client, untranslated: list[str]) -> None:
    a_plan(a_visitor(client))
    told_now = client.post(
        "/es/lessons/breathing/notes/", {"do": "save", "reflection": "me quiero matar", "version": "0"}
    )
    assert "No tienes que cargar con esto a solas" in text(told_now)
    assert sorted(set(untranslated)) == []


# --- What rules say ---------------------------------------------------------------------------


@pytest.mark.parametrize("words", sorted(OWN))
def test_the_words_of_the_rules_themselves_are_there(words: str) -> None:
    with override("es"):
        assert in_language([words]) != [words]


def test_what_a_row_says_is_let_be() -> None:
    with override("es"):
        assert in_language(["No fuerces."]) == ["No fuerces."]


@pytest.mark.parametrize("conditions", [["numb"], ["skip"], ["cancer_area"]])
def test_what_is_shut_is_said_in_spanish(client: Client, untranslated: list[str], conditions: list[str]) -> None:
    """The task of this lesson is asked for in Spanish, whatever closes it."""
    a_plan(a_visitor(client), conditions=conditions)
    client.post("/es/lessons/breathing/task/")
    client.get("/es/lessons/breathing/")
    assert sorted(set(untranslated)) == []


def test_every_caution_and_condition_has_its_spanish() -> None:
    for model, name in ((Caution, "words_es"), (DemandCaution, "words_es"), (ConditionText, "label_es")):
        assert not [str(row) for row in model.objects.all() if not getattr(row, name)]


def test_staff_can_change_the_words(client: Client) -> None:
    CrisisLine.objects.filter(slug="gb").update(country_es="Gran Bretaña")
    assert "Gran Bretaña" in text(client.get(HELP))


def test_what_speaks_against_warmth_is_named_in_spanish(client: Client, untranslated: list[str]) -> None:
    assert "Mala circulación en piernas o brazos" in text(client.get(HELP))
    assert untranslated == []
