"""Who made this, reviewed it and pays, and how to reach them: readers are told, and the gate names what is empty."""

from html import unescape

import pytest
from django.core.checks import WARNING, CheckMessage, run_checks
from django.test import Client, override_settings

from coaching.owner import ASKED, Owner

FILLED = {
    "OWNER_NAME": "Example Pain Charity",
    "OWNER_CONTACT": "hello@example.org",
    "OWNER_FUNDING": "Its 300 members",
    "OWNER_REVIEWER": "Dr Ann Example, physiotherapist",
}
NOBODY = dict.fromkeys(ASKED, "")


def gate() -> list[CheckMessage]:
    """What `manage.py check --deploy` says of the owner."""
    found = run_checks(tags=["security"], include_deployment_checks=True)
    return [message for message in found if str(message.id).startswith("unloop.")]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/about/", "/privacy/"])
def test_readers_are_told_who_is_behind_it(client: Client, path: str) -> None:
    with override_settings(**FILLED):
        page = unescape(client.get(path).content.decode())
    assert all(words in page for words in FILLED.values())
    assert 'href="mailto:hello@example.org"' in page
    assert "Nobody yet" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/about/", "/privacy/"])
def test_readers_are_told_what_nobody_filled_in(client: Client, path: str) -> None:
    with override_settings(**NOBODY):
        page = client.get(path).content.decode()
    assert page.count("Not filled in yet.") == 3
    assert "Nobody yet. No clinician has checked" in page


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("hello@example.org", "mailto:hello@example.org"),
        ("https://example.org/us/", "https://example.org/us/"),
        ("Ask at the desk @ noon", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_only_mail_and_pages_become_links(contact: str, link: str) -> None:
    assert Owner(contact=contact).link == link


@pytest.mark.parametrize("name", ASKED)
def test_the_gate_names_what_is_empty_and_fails_nobody(name: str) -> None:
    with override_settings(**FILLED | {name: ""}):
        [message] = gate()
    assert f"has not filled in {name}" in message.msg
    assert message.level < WARNING


def test_the_gate_is_silent_about_what_is_filled_in() -> None:
    with override_settings(**FILLED):
        assert gate() == []
