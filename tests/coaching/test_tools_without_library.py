"""Without the library there are no cautions to read, so nothing may begin that needs them."""

import pytest
from django.test import Client

from coaching.core.tools.kinds.catalogue import TOOL
from tests.coaching.tool_makers import url, words_of, write

pytestmark = pytest.mark.django_db


def test_a_tool_with_a_technique_waits_until_its_cautions_can_be_read(client: Client) -> None:
    waiting = [slug for slug in TOOL if "We cannot check right now" in words_of(client.get(url("tool_new", slug)))]

    assert waiting == [slug for slug, tool in TOOL.items() if tool.technique]


def test_a_flare_plan_can_be_written_all_the_same(client: Client) -> None:
    assert write(client, "flare-plan").answers["note"] == "You have had four of these."
