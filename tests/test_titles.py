"""Each page is told from every other by its title: in a list of tabs, of bookmarks, of what was open before."""

import re
from collections import defaultdict

import pytest
from django.test import Client

TITLE = re.compile(r"<title>\s*(.*?)\s*</title>", re.DOTALL)
A_TOOL = re.compile(r'href="(/tools/[a-z-]+/)"')
ADDRESS = re.compile(r"<loc>https?://[^/]+(/[^<]*)</loc>")


def titles_of(client: Client, addresses: list[str]) -> dict[str, list[str]]:
    """Title -> the addresses that bear it."""
    told: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        title = TITLE.search(page_of(client, address))
        assert title, address
        told[" ".join(title[1].split())].append(address)
    return told


def page_of(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


@pytest.mark.usefixtures("library")
def test_no_two_pages_share_a_title(client: Client) -> None:
    mapped = ADDRESS.findall(client.get("/sitemap.xml").content.decode())
    tools = [f"{tool}{way}" for tool in set(A_TOOL.findall(page_of(client, "/tools/"))) for way in ("", "new/")]
    assert len(mapped) > 60
    assert len(tools) > 10
    told = titles_of(client, list(dict.fromkeys([*mapped, *tools])))

    assert {title: addresses for title, addresses in told.items() if len(addresses) > 1} == {}
