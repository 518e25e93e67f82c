"""Help in Spanish: every word that keeps a Spanish reader safe, whatever stands, in flare mode or out of it."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from coaching.core.care import ADULTS_ONLY, NOT_GUIDED
from coaching.core.intake.signs import LEAST_LEVEL
from coaching.core.recommend.permit import CHECK_FIRST, LEFT_OUT_WITH_CARE, UNKNOWN_IF_SAFE
from coaching.help.flare import COOKIE
from coaching.help.in_spanish import in_language
from content.core.vocabulary import Condition
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


def test_the_worker_keeps_help_in_spanish_too(client: Client) -> None:
    worker = text(client.get("/sw.js"))
    assert '["/es/help-now/", "/es/offline/help-now/"]' in worker
    assert '["/es/help-now/crisis/", "/es/help-now/crisis/"]' in worker


def test_words_of_despair_show_help_in_spanish(client: Client, untranslated: list[str]) -> None:
    a_plan(a_visitor(client))
    told_now = client.post(
        "/es/lessons/breathing/notes/", {"do": "save", "reflection": "me quiero matar", "version": "0"}
    )
    assert "No tienes que cargar con esto a solas" in text(told_now)
    assert sorted(set(untranslated)) == []


# --- What rules say ---------------------------------------------------------------------------


def in_spanish(*sentences: str) -> list[str]:
    with override("es"):
        return in_language(sentences)


def test_every_caution_is_said_in_spanish() -> None:
    for model in (Caution, DemandCaution):
        for row in model.objects.all():
            assert in_spanish(row.words) == [row.words_es]
            assert row.words_es


def test_every_condition_is_named_in_spanish() -> None:
    names = {row.slug: row.label_es for row in ConditionText.objects.all()}
    for condition in Condition:
        assert in_spanish(condition.label) == [names[condition.value]], condition
        assert in_spanish(f"From your answers: {condition.label}.") == [
            f"Por tus respuestas: {names[condition.value]}."
        ]


@pytest.mark.parametrize("words", [CHECK_FIRST, LEFT_OUT_WITH_CARE, UNKNOWN_IF_SAFE, ADULTS_ONLY, NOT_GUIDED])
def test_the_words_of_the_rules_themselves_are_there(words: str) -> None:
    assert in_spanish(words) != [words]


def test_a_caution_with_its_condition_is_said_whole() -> None:
    row = Caution.objects.get(technique="heat", condition="numb")
    [said] = in_spanish(f"{Condition.NUMBNESS.label}: {row.words}")
    assert said.endswith(f": {row.words_es}")
    assert Condition.NUMBNESS.label not in said


def test_what_is_not_there_is_said_as_it_is() -> None:
    assert in_spanish("A sentence of tomorrow.") == ["A sentence of tomorrow."]
    with override("en"):
        assert in_language(["Please get checked first."]) == ["Please get checked first."]


def test_staff_can_change_the_words(client: Client) -> None:
    CrisisLine.objects.filter(slug="gb").update(country_es="Gran Bretaña")
    assert "Gran Bretaña" in text(client.get(HELP))


def test_heat_is_named_with_what_speaks_against_it(client: Client, untranslated: Any) -> None:
    page = text(client.get(HELP))
    assert "Déjalo fuera si hay:" in page
    assert "Mala circulación en piernas o brazos" in page
    assert untranslated == []
