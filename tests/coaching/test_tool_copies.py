"""The blank form of a tool that a device keeps: it knows nobody, and names all that asks for care."""

import pytest
from django.test import Client

from coaching.core.tools.kinds.catalogue import TOOL
from content.models import Caution
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text
from tests.coaching.tool_makers import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def copy_of(slug: str, client: Client | None = None) -> str:
    return text((client or Client()).get(f"/offline/tools/{slug}/"))


@pytest.mark.parametrize("slug", list(TOOL))
def test_the_copy_is_the_same_whoever_asks(client: Client, slug: str) -> None:
    a_plan(a_visitor(client), conditions=["fracture"])
    member = Client()
    a_member(member)
    write(member, slug)
    assert copy_of(slug) == copy_of(slug, client) == copy_of(slug, member)


def test_it_carries_no_token_and_no_id() -> None:
    page = copy_of("worry-time")
    assert "csrfmiddlewaretoken" not in page
    assert 'name="client_id" value' not in page


@pytest.mark.parametrize("slug", [slug for slug, tool in TOOL.items() if tool.technique and not tool.may_always])
def test_it_names_all_that_asks_for_care(slug: str) -> None:
    page = copy_of(slug).replace("&#x27;", "'")
    words = Caution.objects.filter(technique=TOOL[slug].technique).values_list("words", flat=True)
    assert [each for each in words if each not in page] == []
    assert TOOL[slug].stop in page


def test_there_is_none_of_a_tool_that_is_not_there(client: Client) -> None:
    assert client.get("/offline/tools/levitation/").status_code == 404


def test_the_page_for_no_network_leads_to_every_tool(client: Client) -> None:
    page = text(client.get("/offline/"))
    assert [slug for slug in TOOL if f"/tools/{slug}/new/" not in page] == []
