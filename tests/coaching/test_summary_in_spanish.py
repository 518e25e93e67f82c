"""The summary in Spanish: chosen, seen, handed out and opened without a word of ours in English."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from coaching.core.person.unwanted import Kind
from coaching.models import Person, Rhythm
from coaching.progress.unwanted import report
from tests.coaching.shell_makers import a_member, a_plan, text
from tests.coaching.test_plan_in_spanish import pieces
from tests.coaching.test_summary_page import CHOSEN, LINK, LINKS, PAGE, carried
from tests.coaching.tool_makers import an_entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
SAME_IN_BOTH = {settings.SITE_URL, "Plan", "Unloop", "Unloop ·", "Carry my bag", "Stand at the door", "No"}


@pytest.fixture
def person(client: Client) -> Person:
    at = timezone.now()
    found = a_plan(a_member(client), at=at - timedelta(days=9), goal="Carry my bag", values=["family"]).person
    found.practices.create(technique_id="breathing", client_id="a-practice-of-then", started_at=at, tension_before=5)
    report(found, Kind.DIZZY, technique="breathing", token="a-page", at=at)
    rhythm = Rhythm(person=found, began_on=at.date(), ends_on=at.date() + timedelta(days=56))
    rhythm.step = {"words": "Stand at the door"}
    rhythm.save()
    an_entry(found, "flare-plan", keep="Stand at the door")
    return found


@pytest.mark.parametrize("path", [PAGE, LINKS, "/for-someone-close/", "/for-clinics/"])
def test_no_word_of_ours_is_left_in_english(client: Client, person: Person, path: str) -> None:
    english, spanish = client.get(path), client.get(f"/es{path}")
    assert spanish.status_code == 200
    assert pieces(english.content.decode()) & pieces(spanish.content.decode()) - SAME_IN_BOTH == set()


def test_what_was_made_in_spanish_is_opened_in_spanish_by_anybody(client: Client, person: Person) -> None:
    page = client.post(f"/es{PAGE}", {**CHOSEN, "parts": ["scores", "pain", "practised", "danger", "unwanted", "next"]})
    made = text(client.post(f"/es{LINK}", carried(page, "link")))
    address = re.search(r'href="[^"]*(/shared/[^"]+)"', made)
    code = re.search(r'class="code-out">\s*(\d{3} \d{3})', made)
    assert address
    assert code
    asked, opened = Client().get(address[1]), Client().post(address[1], {"code": code[1]})
    assert '<html lang="es">' in asked.content.decode()
    assert "Resumen para un médico o terapeuta" in text(opened)
    english = client.get(PAGE)
    assert pieces(english.content.decode()) & pieces(opened.content.decode()) - SAME_IN_BOTH == set()
