"""Somebody opens every page there is, and sends each form on it once, as it stands there."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

from django.test import Client

from coaching.models import Person
from tests.coaching.every_page import Page, pages
from tests.coaching.shell_makers import text

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
FIELD = re.compile(r"<(?:input|textarea|select|button)\b([^>]*)>")
OPTION = re.compile(r'<select\b[^>]*\bname="([^"]+)".*?<option\b[^>]*\bvalue="([^"]+)"', re.DOTALL)
ENDS_IT = ("/erase/", "/delete/", "/logout/", "/log-ins/", "/log-out", "/password/", "/leaving/")
"""Forms that take the person away, so that there is nobody left to show a page to."""

Form = tuple[str, dict[str, str]]


def attribute(name: str, of: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', of)
    return unescape(found[1]) if found else ""


def open_all(client: Client, person: Person, whose: str) -> dict[tuple[str, ...], Form]:
    """What can be sent: one of each kind of form."""
    found: dict[tuple[str, ...], Form] = {}
    for page in pages(person, whose):
        if not page.is_spanish:
            for address, sent in forms_on(client, page):
                found.setdefault((re.sub(r"[\d=?&-]+|\w{10,}", "", address), *sorted(sent)), (address, sent))
    return found


def send_all(client: Client, forms: dict[tuple[str, ...], Form]) -> None:
    """What ends a visit comes last of all, and only there."""
    for address, sent in sorted(forms.values(), key=lambda form: any(end in form[0] for end in ENDS_IT)):
        client.post(address, sent)


def forms_on(client: Client, page: Page) -> Iterator[Form]:
    for head, inner in FORM.findall(text(client.get(page.path))):
        if attribute("method", head).lower() == "post":
            sent = {name: attribute("value", field) or "5" for field in FIELD.findall(inner) if (name := named(field))}
            chosen = {name: unescape(value) for name, value in OPTION.findall(inner)}
            yield urljoin(page.path, attribute("action", head)), {**sent, **chosen}


def named(field: str) -> str:
    return attribute("name", field)
