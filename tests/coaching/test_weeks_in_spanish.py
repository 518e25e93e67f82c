"""Weeks of somebody who reads Spanish: what they do on each page, and what is said once there is something to say."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coaching.core.progress.scales import GAD7_ITEMS
from coaching.models import Person, Practice
from coaching.progress.check_ins import keep_check_in
from tests.coaching.shell_makers import a_member, a_plan, text
from tests.coaching.spanish import blocks, is_english

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

TELLS = 2
"""Words of three letters or more: shorter ones, such as “min”, may be the same in both languages."""


def somebody(client: Client, weeks: int = 6) -> Person:
    """Goes that helped, goes that left them worse, and check-ins that got worse in the end."""
    person, now = a_member(client), timezone.now()
    a_plan(person, at=now - timedelta(weeks=weeks))
    for number in range(24):
        slug = ("breathing", "walking", "cbt_worry", "sleep")[number % 4]
        gain = (3, -2, 1)[number % 3]
        Practice.objects.create(
            person=person,
            technique_id=slug,
            client_id=f"a-made-up-go-{number:03}",
            started_at=now - timedelta(days=number, hours=1),
            **dict.fromkeys(("tension_before", "belief_before", "confidence_before", "pain_before"), 5),
            **dict.fromkeys(("tension_after", "belief_after", "confidence_after", "pain_next_day"), 5 - gain),
            managed=number % 4,
            night_before=4,
            night_after=5,
        )
    for ago in range(weeks, 0, -1):
        at = now - timedelta(weeks=ago)
        given = {f"peg_{place}": 4 + (4 if ago < 3 else 0) for place in (1, 2, 3)} | {"function": 4, "confidence": 6}
        keep_check_in(person, given | dict.fromkeys(GAD7_ITEMS, ago % 3), day=at.date(), at=at)
    person.intakes.update(safety_at=now)
    return Person.objects.get(pk=person.pk)


def reads(client: Client, path: str) -> str:
    answer = client.get(f"/es{path}", follow=True)
    assert answer.status_code == 200, path
    page = text(answer)
    assert '<html lang="es">' in page, path
    assert {block for block in blocks(page) if is_english(block)} == set(), path
    return page


def does(client: Client, path: str, **told: Any) -> None:
    answer = client.post(f"/es{path}", told)
    assert answer.status_code == 302, (path, text(answer)[-3000:])
    assert answer.headers["Location"].startswith("/es/"), path


def left_in_english(untranslated: list[str]) -> list[str]:
    told = {words for words in untranslated if sum(len(word) > TELLS for word in words.split()) > TELLS}
    return sorted(told)


def test_a_week_is_laid_out_made_smaller_and_looked_back_on(client: Client, untranslated: list[str]) -> None:
    somebody(client)
    does(client, "/week/make/")
    assert "Mi semana" in reads(client, "/week/")
    does(client, "/week/commit/")
    does(client, "/week/easier/")
    reads(client, "/today/")
    reads(client, "/week/")
    reads(client, "/week/small-step/")
    does(client, "/week/small-step/", words="Sentarme diez minutos con mi familia", when="Después de comer", where="")
    reads(client, "/week/")
    reads(client, "/week/review/")
    does(client, "/week/review/", in_the_way=["pain"], confidence="4")
    reads(client, "/week/review/")
    does(client, "/week/review/decide/", choice="keep")
    reads(client, "/week/")
    reads(client, "/week/rules/")
    assert left_in_english(untranslated) == []


def test_each_rule_of_the_review_says_in_spanish_where_it_comes_from(client: Client) -> None:
    rules = reads(client, "/week/rules/")
    assert "elegimos nosotros" in rules
    assert re.findall(r'<span lang="en">[^<]*', rules) == []


def test_what_was_told_comes_back_in_spanish(client: Client, untranslated: list[str]) -> None:
    somebody(client)
    does(client, "/check-in/", function="5", confidence="6", peg_1="7", peg_2="7", peg_3="7", note="Mejor hoy")
    assert "Dolor" in reads(client, "/progress/")
    for path in ("/progress/what-works/", "/progress/patterns/", "/recommendations/", "/plan/", "/today/", "/balance/"):
        reads(client, path)
    assert left_in_english(untranslated) == []


def test_two_are_compared_in_spanish(client: Client, untranslated: list[str]) -> None:
    somebody(client)
    reads(client, "/a-or-b/")
    does(client, "/a-or-b/", first="breathing", second="walking", outcome="tension", weeks="2")
    reads(client, "/a-or-b/")
    does(client, "/a-or-b/stop/")
    reads(client, "/a-or-b/")
    assert left_in_english(untranslated) == []


def test_something_unwanted_is_answered_in_spanish(client: Client, untranslated: list[str]) -> None:
    somebody(client)
    for number, kind in enumerate(
        ("pain", "dizzy", "fear", "memories", "low", "sleep", "skin", "numb", "chest", "other")
    ):
        told = {"kind": kind, "technique": "breathing", "token": f"a-page-of-now-{number:03}"}
        answer = client.post("/es/unwanted/", told)
        assert answer.status_code == 302, kind
        reads(client, answer.headers["Location"].removeprefix("/es"))
    assert left_in_english(untranslated) == []


def test_a_log_is_kept_in_spanish(client: Client, untranslated: list[str]) -> None:
    somebody(client)
    for number, told in enumerate(
        ({"kind": "mood", "value": "2"}, {"kind": "activity", "value": "1"}, {"kind": "managed", "what": "Un paseo"})
    ):
        does(client, "/log/", client_id=f"an-entry-of-now-{number:02}", **told)
    assert "Un paseo" in reads(client, "/log/")
    assert left_in_english(untranslated) == []


def test_somebody_leaves_in_spanish_and_comes_back(client: Client, untranslated: list[str]) -> None:
    somebody(client)
    kept = re.findall(r'name="kept" value="([\w-]+)"', reads(client, "/leaving/"))
    does(client, "/leaving/", helped="Respirar", kept=kept[:1], needs="yes")
    reads(client, "/leaving/kept/")
    reads(client, "/today/")
    does(client, "/leaving/back/")
    assert left_in_english(untranslated) == []
