"""The result and the plan in Spanish: every word of ours; what is in English alone is marked so."""

import random
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from coaching.core.intake.questionnaires import STEPS
from coaching.core.questions.items import Item, Kind
from coaching.models import Practice
from coaching.said import FORMS, is_said, said
from content.models import Ladder, Technique
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PAGES = ["/recommendations/", "/plan/"]
SAME_IN_BOTH = {"Plan", "Unloop"}
MARKED = re.compile(r'<(span|cite|a|p|q|h1|h2)\b[^>]*\blang="en"[^>]*>.*?</\1>', re.DOTALL)
SILENT = re.compile(r"<(script|style|noscript)\b.*?</\1>", re.DOTALL)
KEPT_BACK = {"adult", "self_harm", "goal"}


def pieces(page: str) -> set[str]:
    """What a page says or reads out and does not mark as English."""
    whole = MARKED.sub(" ", SILENT.sub(" ", page))
    told = [*re.split(r"<[^>]+>", whole), *re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]*)"', whole)]
    return {words for one in told if re.search("[A-Za-z]{3}", words := " ".join(unescape(one).split()))}


def an_answer(item: Item, chance: random.Random) -> Any:
    codes = [option.code for option in item.options if not option.stands_alone]
    if item.kind is Kind.SCALE:
        return chance.randint(item.low, item.high)
    return chance.choice(codes) if item.kind is Kind.CHOICE else chance.sample(codes, chance.randint(0, 2))


def answers_of(seed: int) -> dict[str, Any]:
    chance = random.Random(seed)  # noqa: S311 (made-up people, the same each time)
    items = [item for step in STEPS if not step.chapter for item in step.items if item.id not in KEPT_BACK]
    told = {item.id: an_answer(item, chance) for item in items if item.options or item.kind is Kind.SCALE}
    conditions = chance.sample(["heart", "lung", "osteo", "trauma", "pregnancy", "epilepsy"], 2)
    return {**told, "conditions": conditions if seed % 3 == 0 else ["none"]}


@pytest.mark.parametrize("seed", range(8))
def test_no_word_of_ours_is_left_in_english(client: Client, seed: int) -> None:
    person = a_member(client)
    a_plan(person, minutes=(5, 20, 45)[seed % 3], at=timezone.now() - timedelta(days=9 + seed), **answers_of(seed))
    for number, technique in enumerate(["breathing", "exposure", "sleep", "heat", "pmr"] * (seed % 3)):
        Practice.objects.create(
            person=person,
            technique_id=technique,
            client_id=f"a-made-up-go-{number}",
            started_at=timezone.now() - timedelta(days=number),
            tension_before=5,
            tension_after=(3, 7)[number % 2],
        )
    for path in PAGES:
        english, spanish = client.get(path), client.get(f"/es{path}")
        assert spanish.status_code == 200, path
        assert '<html lang="es">' in text(spanish)
        assert pieces(english.content.decode()) & pieces(spanish.content.decode()) - SAME_IN_BOTH == set(), path


def test_each_page_leads_to_the_other_language_and_says_what_is_in_english_alone(client: Client) -> None:
    a_plan(a_member(client))
    for path in PAGES:
        assert f'href="/es{path}" hreflang="es"' in text(client.get(path))
        spanish = text(client.get(f"/es{path}"))
        assert f'href="{path}" hreflang="en"' in spanish
        assert "que nadie ha traducido todavía están en inglés" in spanish


def test_a_change_made_in_spanish_leads_back_in_spanish(client: Client) -> None:
    a_plan(a_visitor(client))
    page = text(client.get("/es/recommendations/"))
    technique = re.search(r'id="pick-([\w-]+)"', page)
    assert technique
    answer = client.post("/es/recommendations/refuse/", {"technique": technique[1]})
    assert answer.headers["Location"] == "/es/recommendations/"
    assert "Dejaste fuera" in text(client.get("/es/recommendations/"))


def test_every_form_has_its_spanish_and_keeps_what_it_has_room_for() -> None:
    with override("es"):
        told = {
            "Your muscles feel tight: 9 of 10.": "Notas los músculos tensos: 9 de 10.",
            "It does not serve poor sleep.": "No sirve para esto: mal sueño.",
            "Heat, yoga and walking can open it.": "Lo que puede abrirlo: Calor, yoga suave y caminar.",
        }
        assert {words: said(words) for words in told} == told
        assert not is_said("A sentence that nobody has written yet.")
    assert said("Your muscles feel tight: 9 of 10.") == "Your muscles feel tight: 9 of 10."
    assert len(set(FORMS)) == len(FORMS)


def test_every_technique_and_every_step_is_named_in_spanish() -> None:
    techniques = [words for row in Technique.objects.filter(startable=True) for words in (row.name, row.short)]
    steps = [rung["words"] for row in Ladder.objects.all() for rung in row.rungs]
    with override("es"):
        assert [words for words in (*techniques, *steps) if not is_said(words)] == []


def test_what_staff_have_changed_since_is_shown_and_marked_as_english(client: Client) -> None:
    a_plan(a_visitor(client))
    Technique.objects.update(name="A name that nobody has translated")
    for row in Technique.objects.all():
        row.save()
    page = text(client.get("/es/recommendations/"))
    assert '<span lang="en">A name that nobody has translated</span>' in page
