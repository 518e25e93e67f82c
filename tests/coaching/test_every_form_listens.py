"""Every form there is, read from the pages themselves: whoever writes of dying in it finds help on the next page."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import resolve

from coaching.models import Person
from tests.coaching.every_page import MEMBER, VISITOR, Page, pages
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

WORDS = "I want to die"
HELP = 'id="care-title"'
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
WRITTEN = re.compile(r'<textarea\b[^>]*\bname="([^"]+)"|<input\b(?=[^>]*\btype="(?:text|search)")[^>]*\bname="([^"]+)"')
HIDDEN = re.compile(r'<input\b(?=[^>]*\btype="hidden")[^>]*\bname="([^"]+)"[^>]*\bvalue="([^"]*)"')
BUTTON = re.compile(r'<button\b[^>]*\bname="([^"]+)"[^>]*\bvalue="([^"]*)"')
ENDS_IT = ("/accounts/data/erase/", "/delete/")
"""Forms that take the person away, so that there is nobody left to show a page to."""

MAKERS = {VISITOR: a_visitor, MEMBER: a_member}


def attribute(name: str, of: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', of)
    return unescape(found[1]) if found else ""


def forms_with_words(client: Client, page: Page) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Method, address and fields of each form on a page in which a person can write; the words are filled in."""
    for head, inner in FORM.findall(text(client.get(page.path))):
        names = [first or second for first, second in WRITTEN.findall(inner)]
        if names:
            sent = {name: unescape(value) for name, value in (*HIDDEN.findall(inner), *BUTTON.findall(inner)[:1])}
            address = urljoin(page.path, attribute("action", head))
            yield attribute("method", head).lower() or "get", address, {**sent, **dict.fromkeys(names, WORDS)}


def all_forms(client: Client, person: Person, whose: str) -> dict[tuple[str, ...], tuple[str, str, dict[str, str]]]:
    """One of each kind: the same fields at an address of the same name are the same form."""
    found: dict[tuple[str, ...], tuple[str, str, dict[str, str]]] = {}
    for page in pages(person, whose):
        for method, address, sent in forms_with_words(client, page):
            name = resolve(re.split(r"[?#]", address)[0].removeprefix("/es")).view_name
            found.setdefault(
                (name, str(page.is_spanish), page.slug if "tool" in name else "", *sorted(sent)),
                (method, address, sent),
            )
    return found


def next_page(client: Client, answer: Any) -> str:
    return text(client.get(answer.headers["Location"]) if answer.status_code in (302, 303) else answer)


@pytest.mark.parametrize("whose", [VISITOR, MEMBER])
def test_no_form_lets_such_words_pass(client: Client, whose: str) -> None:
    person = MAKERS[whose](client)
    a_plan(person)
    forms = all_forms(client, person, whose)
    assert len(forms) > 12
    silent = []
    for method, address, sent in forms.values():
        if not address.endswith(ENDS_IT):
            answer = client.get(address, sent) if method == "get" else client.post(address, sent)
            if HELP not in next_page(client, answer):
                silent.append((method, address, sorted(sent)))
    assert silent == []
