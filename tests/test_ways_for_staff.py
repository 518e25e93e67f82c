"""Every page of ours for staff can be reached by links from their first page: an address nobody knows is no page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from config.urls import urlpatterns
from tests.accounts.people import make_user
from tests.coaching.shell_makers import text

OURS = sorted(
    route.name for route in urlpatterns if str(route.pattern).startswith("admin/") and getattr(route, "name", None)
)


def links(client: Client, address: str) -> set[str]:
    return set(re.findall(r'href="([^"#?]+)', text(client.get(address))))


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_each_is_linked_from_the_first_page_or_from_one_that_is(client: Client) -> None:
    client.force_login(make_user("anna@example.org", is_staff=True, is_superuser=True))
    addresses = {reverse(name) for name in OURS} | {reverse("admin:accounts_edition_calendar")}
    assert len(addresses) > 6

    first = links(client, reverse("admin:index"))
    then = set().union(*(links(client, page) for page in first & (addresses | {"/admin/accounts/edition/"})))

    assert addresses - first - then == set()
