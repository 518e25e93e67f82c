"""Where the practice of a technique is a tool, the pages lead to it, and filling it in is a go."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from coaching.core.tools.kinds.catalogue import TOOL, TOOL_OF_TECHNIQUE
from coaching.models import Person, Practice, ToolEntry
from coaching.people.preferences import UTC
from coaching.plan import plans
from coaching.plan.days import practised_on
from coaching.tools.entries import save_change, save_new
from tests.coaching.shell_makers import a_member, a_plan, text
from tests.coaching.tool_makers import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PRACTISED = {
    "exposure": "ladder",
    "pacing": "pacing-planner",
    "cbt_thought": "thought-record",
    "sleep": "sleep-diary",
    "cbt_worry": "worry-time",
}


def test_five_techniques_are_practised_in_a_tool() -> None:
    assert {technique: tool.slug for technique, tool in TOOL_OF_TECHNIQUE.items()} == PRACTISED


@pytest.mark.parametrize("technique", PRACTISED)
def test_card_plan_and_practice_page_lead_to_the_tool(client: Client, technique: str) -> None:
    plan = a_plan(a_member(client), minutes=45)
    plans.pin(plan, technique)
    link = f'href="/tools/{PRACTISED[technique]}/"'
    card = text(client.get("/recommendations/")).split(f'id="pick-{technique}"')[1].split("</article>")[0]
    assert link in card
    assert link in text(client.get("/plan/"))
    assert link in text(client.get(f"/practice/{technique}/"))


def test_today_leads_to_the_tool_of_the_next_thing(client: Client) -> None:
    person = a_member(client)
    plans.pin(a_plan(person, minutes=45), "sleep")
    found = plans.coaching_of(person)
    assert found
    for other in set(found.recommendation.techniques) - {"sleep"}:
        Practice.objects.create(person=person, technique_id=other, client_id=other, started_at=timezone.now())
    today = unescape(text(client.get("/today/"))).split("today-next")[1].split("</section>")[0]
    assert 'href="/tools/sleep-diary/"' in today


@pytest.mark.parametrize(("technique", "tool"), PRACTISED.items())
def test_an_entry_counts_as_a_go_and_is_done_for_today(client: Client, technique: str, tool: str) -> None:
    person = a_member(client)
    write(client, tool)
    assert practised_on(person, at=timezone.now(), zone=UTC) == {technique}


def test_an_entry_of_another_tool_is_no_go(client: Client) -> None:
    a_member(client)
    write(client, "writing")
    assert not Practice.objects.exists()


def test_sent_twice_and_changed_the_same_day_it_counts_once_and_on_another_day_again() -> None:
    person, at, ladder = Person.objects.create(), timezone.now(), TOOL["ladder"]
    entry = save_new(person, ladder, "an-id", {"want": "Kneel"}, at).entry
    save_new(person, ladder, "an-id", {"want": "Kneel"}, at)
    assert save_change(entry, entry.version, {"want": "Kneel down"}, at)
    assert person.practices.count() == 1
    assert save_change(entry, entry.version, {"want": "Kneel and plant"}, at + timedelta(days=1))
    assert save_change(entry, entry.version, {"want": "Kneel and sow"}, at + timedelta(days=1))
    assert [practice.technique_id for practice in person.practices.all()] == ["exposure", "exposure"]


def test_a_deleted_entry_takes_its_goes_along_and_no_other(client: Client) -> None:
    person = a_member(client)
    write(client, "thought-record")
    entry = ToolEntry.objects.get()
    save_change(entry, entry.version, entry.answers | {"situation": "Later"}, timezone.now() + timedelta(days=2))
    Practice.objects.create(person=person, technique_id="cbt_thought", client_id="a-go", started_at=timezone.now())
    assert person.practices.count() == 3
    client.post(f"/tools/thought-record/{entry.client_id}/delete/")
    assert [practice.client_id for practice in person.practices.all()] == ["a-go"]
