"""Addresses that only take what a button sends: whoever opens one by itself is led to the page it belongs to."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.pages.nearby import only_takes, page_above, say_where_to_go
from tests.accounts.people import PASSWORD, make_user
from tests.coaching.shell_makers import a_visitor

STANDS_FOR = {"int": "1", "slug": "breathing", "str": "a-token"}
FOR_PROGRAMS = re.compile(r"/admin/|/shl/|/u/|/mail-events/|/accounts/2fa/webauthn/login/")
LEAST = 40
"""Of the addresses that only take, so many at least are found."""


def of_the_site() -> Iterator[str]:
    """Each address, with something in each of its gaps."""
    for route in sorted(set(routes(get_resolver().url_patterns))):
        path = "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda gap: STANDS_FOR.get(gap[1] or "str", "a-token"), route)
        if not FOR_PROGRAMS.match(path):
            yield path


def routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for one in patterns:
        said = str(one.pattern)
        if isinstance(one, URLPattern) and not said.startswith("^"):
            yield before + said
        elif isinstance(one, URLResolver):
            yield from routes(one.url_patterns, before + said)


def test_every_address_that_only_takes_leads_to_a_page(client: Client, library: None) -> None:
    """As a person with a plan and an account sees them."""
    client.login(email=make_user().email, password=PASSWORD)
    a_visitor(client)
    only_take = {path: answer for path in of_the_site() if (answer := client.get(path)).status_code == 405}

    assert len(only_take) >= LEAST, only_take
    for path, answer in only_take.items():
        words = answer.content.decode()
        assert f'href="{page_above(path)}"' in words, path
        assert 'href="/help-now/"' in words, path
        assert "POST" in answer.headers["Allow"], path
        assert client.get(page_above(path)).status_code in {200, 302, 404}, path  # 404: of a row that is not there


@pytest.mark.parametrize(
    ("address", "above"),
    [
        ("/progress/pooling/", "/progress/"),
        ("/help-now/flare/", "/help-now/"),
        ("/intake/check-in/", "/intake/"),
        ("/plan/look/swap/", "/plan/"),
        ("/log/", "/"),
        ("/", "/"),
    ],
)
def test_the_page_above_is_the_nearest(address: str, above: str) -> None:
    assert page_above(address) == above


def test_what_only_takes_is_known_whatever_stands_around_it() -> None:
    def view(_request: Any) -> HttpResponse:
        return HttpResponse()

    assert all(map(only_takes, (require_POST(view), never_cache(require_POST(view)))))
    shows = (view, require_safe(view), never_cache(require_http_methods(["GET", "POST"])(view)))
    assert not any(map(only_takes, shows))


def test_what_says_something_of_its_own_stays_as_it_is(rf: RequestFactory) -> None:
    own = HttpResponseNotAllowed(["POST"], content="Press the button.")
    assert say_where_to_go(lambda _request: own)(rf.get("/help-now/flare/")) is own
    assert own.content == b"Press the button."


def test_whoever_sends_to_a_page_that_only_shows_gets_no_page(rf: RequestFactory) -> None:
    assert say_where_to_go(require_safe(lambda request: HttpResponse()))(rf.post("/evidence/")).content == b""


@pytest.mark.django_db
def test_it_says_so_in_the_language_of_the_address(client: Client) -> None:
    answer = client.get("/es/help-now/flare/")
    words = answer.content.decode()

    assert answer.status_code == 405
    assert '<html lang="es"' in words
    assert 'href="/es/help-now/"' in words
    assert "Aquí no hay nada que leer" in words
    assert 'href="/help-now/flare/"' not in words


@pytest.mark.django_db
def test_what_a_program_sends_wrongly_is_refused_as_ever(client: Client) -> None:
    answer = client.post("/healthz")
    assert answer.status_code == 405
    assert answer.content == b""


@pytest.mark.django_db
def test_what_was_said_of_the_answer_is_kept_with_our_page(rf: RequestFactory) -> None:
    """Such as that no cache keeps it, and what the address takes."""
    answer = say_where_to_go(never_cache(require_POST(lambda request: HttpResponse())))(rf.get("/help-now/flare/"))

    assert "There is nothing to read here" in answer.content.decode()
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "no-store" in answer.headers["Cache-Control"]
