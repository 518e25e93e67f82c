"""Without the library there are no cautions to read, so nothing may begin that needs them."""

import pytest
from django.test import Client
from django.utils import timezone

from coaching.core.tools.kinds.catalogue import TOOL
from coaching.models import Person
from coaching.tools.entries import save_new
from tests.coaching.tool_makers import url, words_of, write

pytestmark = pytest.mark.django_db


def test_a_tool_with_a_technique_waits_until_its_cautions_can_be_read(client: Client) -> None:
    waiting = [slug for slug in TOOL if "We cannot check right now" in words_of(client.get(url("tool_new", slug)))]

    assert waiting == [slug for slug, tool in TOOL.items() if tool.technique]


def test_a_flare_plan_can_be_written_all_the_same(client: Client) -> None:
    assert write(client, "flare-plan").answers["note"] == "You have had four of these."


def test_an_entry_is_kept_though_there_is_no_technique_that_it_could_count_for() -> None:
    person = Person.objects.create()
    assert save_new(person, TOOL["sleep-diary"], "an-id", {"on": "2026-11-02"}, timezone.now()).entry.pk
    assert not person.practices.exists()
