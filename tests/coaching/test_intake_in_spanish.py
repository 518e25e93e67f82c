"""The questions in Spanish: each screen whole, each error, the danger that is told of, and the first visit."""

import re

import pytest
from django.test import Client
from django.utils.translation import override

from coaching.core.intake.answers import AnswerError, clean_item
from coaching.core.intake.questionnaires import STEPS
from coaching.said import is_said
from content.models import ConditionText
from tests.coaching.shell_makers import POSTS, a_visitor, post, step_url, tell, text
from tests.coaching.spanish import blocks, is_english

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

SAME_IN_BOTH = {"Unloop", "Plan", "No", "Glaucoma"}


def english_in(page: str, english: str = "") -> set[str]:
    told = blocks(page)
    return {block for block in told if is_english(block)} | (told & blocks(english) - SAME_IN_BOTH)


def test_a_word_that_is_left_in_english_would_be_noticed() -> None:
    page = '<p>Elige una respuesta.</p><p aria-label="Choose one of the answers">¿Qué te importa?</p><p>Move</p>'
    assert english_in(page) == {"Choose one of the answers"}
    assert english_in(page, "<p>Move</p>") == {"Choose one of the answers", "Move"}


@pytest.mark.parametrize("step", ["", *POSTS])
def test_no_word_of_a_screen_is_left_in_english(client: Client, untranslated: list[str], step: str) -> None:
    a_visitor(client)
    if step == "worry-more":
        post(client, "mood")
    path = step_url(step) if step else "/intake/"
    english, spanish = text(client.get(path)), text(client.get(f"/es{path}"))
    assert '<html lang="es">' in spanish
    body = re.search(r"<body.*</body>", spanish, re.DOTALL)
    assert body
    assert english_in(body[0], english) == set()
    assert untranslated == []


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("goal", {"adult": "maybe"}),
        ("below-the-waist", {"signs_below": []}),
        ("one-direct-question", {"self_harm": ""}),
        ("pain", {"peg_1": "99", "duration": "ever"}),
        ("mood", {"gad_1": "9"}),
        ("yours", {"triggers": ["sitting", "bending", "bad_night", "stress"]}),
    ],
)
def test_an_answer_that_cannot_be_taken_is_said_in_spanish(
    client: Client, untranslated: list[str], step: str, told: dict[str, object]
) -> None:
    a_visitor(client)
    answer = client.post(f"/es{step_url(step)}", told)
    assert answer.status_code == 422
    assert english_in(text(answer)) == set()
    assert untranslated == []


def test_every_word_of_the_questions_is_there_in_spanish() -> None:
    said = [words for step in STEPS for words in (step.title, step.why, step.credit)]
    for item in (item for step in STEPS for item in step.items):
        said += [item.question, item.stem, item.help, item.low_words, item.high_words]
        said += [words for option in item.options for words in (option.words, option.of)]
    said += [row.help for row in ConditionText.objects.all()]
    with override("es"):
        assert [words for words in said if not is_said(words)] == []


def test_every_error_of_the_questions_is_there_in_spanish() -> None:
    found = set()
    for item in (item for step in STEPS for item in step.items):
        for raw in (None, "", "?" * 400, "\0", ["a", "a"], {"a": 1}, 99, [option.code for option in item.options]):
            try:
                clean_item(item, raw, ())
            except AnswerError as error:
                found.add(error.words)
    assert len(found) > 5
    with override("es"):
        assert [words for words in found if not is_said(words)] == []


def test_our_own_translation_of_a_tested_scale_is_called_so(client: Client) -> None:
    for step in ("pain", "mood"):
        assert "traducción nuestra, sin validar" in text(client.get(f"/es{step_url(step)}")), step


def test_the_questions_are_answered_to_the_end_in_spanish(client: Client) -> None:
    client.get("/es/intake/")
    path = f"/es{step_url('goal')}"
    for step in POSTS:
        shown = client.get(f"/es{step_url(step)}")
        seen = re.search(r'name="round" value="(\d*)"', text(shown))
        answer = client.post(f"/es{step_url(step)}", {**POSTS[step], "round": seen[1] if seen else ""})
        path = answer.headers["Location"]
        assert path.startswith("/es/"), step
    assert path == "/es/recommendations/"
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("sign", ["chest_pain", "saddle_numbness", "fever"])
def test_danger_that_is_told_in_spanish_is_answered_in_spanish(
    client: Client, untranslated: list[str], sign: str
) -> None:
    a_visitor(client)
    with override("es"):
        answer = tell(client, sign)
    page = text(client.get(answer.headers["Location"]) if answer.status_code == 302 else answer)
    assert '<html lang="es">' in page
    assert english_in(page) == set()
    assert untranslated == []


def test_a_wish_to_die_that_is_told_in_spanish_is_answered_in_spanish(client: Client, untranslated: list[str]) -> None:
    a_visitor(client)
    with override("es"):
        answer = post(client, "one-direct-question", self_harm="yes")
    page = text(client.get(answer.headers["Location"]) if answer.status_code == 302 else answer)
    assert "findahelpline.com" in page
    assert english_in(page) == set()
    assert untranslated == []
