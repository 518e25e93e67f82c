"""Every form in which a person writes keeps a draft on the device, and the site says when it may go.

The forms are read from the pages themselves, so that a new one is looked at from its first day. What the draft does
on the device is in tests/browser/test_drafts.py.
"""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from accounts.drafts import COOKIE, FIELD, MOST
from coaching.models import Person
from tests.coaching.every_page import MEMBER, VISITOR, pages
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text
from tests.coaching.test_every_form_listens import FORM, WORDS, WRITTEN, attribute, forms_with_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

DRAFT = "a-draft-of-a-device-1"
NO_WRITING = {
    "accounts:data_erase": "one word that is asked for, so that nobody erases an account by mistake",
    "mfa_activate_totp": "a code",
    "coaching:record": "a name and a day of birth, which no device keeps",
}
"""Forms with a line to type in which nobody writes anything that could be lost."""

KEPT_NOWHERE = {"coaching:summary": "shows a page and keeps nothing, so its draft stays until it is refused"}

MAKERS = {VISITOR: a_visitor, MEMBER: a_member}


def written_in(html: str) -> list[tuple[str, str]]:
    """Head and inside of each form that is sent and that a person writes in. A search is neither."""
    return [
        (head, inner)
        for head, inner in FORM.findall(html)
        if WRITTEN.search(inner) and attribute("method", head).lower() == "post"
    ]


def without_draft(html: str) -> list[str]:
    return [attribute("action", head) or "here" for head, inner in written_in(html) if "<kept-draft" not in inner]


@pytest.mark.parametrize("whose", [VISITOR, MEMBER])
def test_every_form_in_which_a_person_writes_keeps_a_draft_and_cuts_nothing(client: Client, whose: str) -> None:
    person = MAKERS[whose](client)
    a_plan(person)
    bare, cutting, seen = {}, {}, 0
    for page in pages(person, whose):
        html = text(client.get(page.path))
        seen += len(written_in(html))
        if page.name not in NO_WRITING and (found := without_draft(html)):
            bare[page.path] = found
        if found := re.findall(r"<(?:textarea|input)\b[^>]*\bmaxlength=[^>]*", html):
            cutting[page.path] = found
    assert seen > 12
    assert bare == {}
    assert cutting == {}


def test_a_form_whose_draft_was_taken_away_is_noticed(client: Client) -> None:
    a_visitor(client)
    html = text(client.get("/tools/writing/new/"))
    assert without_draft(html) == []
    assert without_draft(html.replace("<kept-draft", "<div")) == ["here"]


ALSO_ASKED = {
    "coaching:mistake": {"kind": "fact"},
    "accounts:profile": {"minutes_a_day": "30"},
    "coaching:intake_step": {"adult": "yes"},
    "coaching:week_step": {"day": f"{timezone.now():%Y-%m-%d}"},
}


def sendable(client: Client, person: Person, whose: str) -> dict[str, tuple[str, dict[str, str], list[str]]]:
    """One form for each view: its address, what a browser would send, and the fields with words."""
    found: dict[str, tuple[str, dict[str, str], list[str]]] = {}
    for page in pages(person, whose):
        for method, address, sent in forms_with_words(client, page):
            name = resolve(urlsplit(address).path.removeprefix("/es")).view_name
            if method == "post" and name not in {*NO_WRITING, *KEPT_NOWHERE}:
                words = [field for field, value in sent.items() if value == WORDS]
                found.setdefault(name, (address, {**sent, **ALSO_ASKED.get(name, {}), FIELD: DRAFT}, words))
    return found


@pytest.mark.parametrize("whose", [VISITOR, MEMBER])
def test_the_site_names_a_draft_whose_words_it_has_and_no_other(client: Client, whose: str) -> None:
    person = MAKERS[whose](client)
    a_plan(person)
    unnamed, named_too_early, unsaid = [], [], []
    for name, (address, sent, words) in sendable(client, person, whose).items():
        too_much = client.post(address, {**sent, **dict.fromkeys(words, "y" * 4321)})
        if COOKIE in too_much.cookies or too_much.status_code not in (422, 200):
            named_too_early.append(name)
        if "4321 characters long" not in text(too_much):
            unsaid.append(name)
        kept = client.post(address, {**sent, **dict.fromkeys(words, "A walk by the river")})
        if kept.cookies[COOKIE].value.split(".")[-1] != DRAFT if COOKIE in kept.cookies else True:
            unnamed.append((name, kept.status_code, kept.headers.get("Location")))
    assert (unnamed, named_too_early, unsaid) == ([], [], [])


def test_the_newest_drafts_are_named_and_what_is_no_id_is_not(client: Client) -> None:
    a_visitor(client)

    def write(draft: str) -> str:
        client_id = f"an-entry-of-that-day-{draft[-1].strip('>')}"
        answer = client.post("/tools/writing/new/", {"client_id": client_id, "about": "The move", FIELD: draft})
        return answer.cookies[COOKIE].value if COOKIE in answer.cookies else ""

    assert write("<script>alert(1)</script>") == ""
    told = [write(f"a-draft-of-a-device-{number}") for number in range(MOST + 2)]
    assert told[-1].split(".") == [f"a-draft-of-a-device-{number}" for number in range(2, MOST + 2)]
