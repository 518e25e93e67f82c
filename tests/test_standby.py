"""While the database is away, pages that need no person are their last good copies, and hold nothing of anybody."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import time
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, close_old_connections, connection
from django.test import Client

from config.machine.postgresql.away import breaker
from config.pages import standby
from tests.coaching.shell_makers import a_visitor, text
from tests.processes import wait_until

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PAGES = ["/", "/lessons/", "/lessons/breathing/", "/es/lessons/breathing/", "/offline/", "/practice/", "/tips/"]
COPY, COPIA = "This page is a copy", "Esta página es una copia"


@pytest.fixture(autouse=True)
def none_kept(settings: Any, tmp_path: Path) -> Iterator[None]:
    """And the test's own connection stays open when a request ends."""
    settings.VAR_DIR = tmp_path
    standby.copies.clear()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    standby.copies.clear()


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standby, "addresses", lambda: [*PAGES, "/sw.js", "/lessons/no-such-lesson/"])
    standby.renew(get_wsgi_application(), pause=0)


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*args: Any) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(breaker, "_is_open", True)
    monkeypatch.setattr(breaker, "_is_away", True)
    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.usefixtures("kept", "away")
@pytest.mark.parametrize("path", PAGES)
def test_a_page_comes_from_its_copy_and_says_so(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert (COPIA if path.startswith("/es/") else COPY) in text(answer)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.usefixtures("kept", "away")
def test_the_worker_of_the_installed_site_is_what_it_was(client: Client) -> None:
    answer = client.get("/sw.js")
    assert (answer.status_code, answer.headers["Service-Worker-Allowed"]) == (200, "/")
    assert answer.content.startswith(b"self.unloop = ")


@pytest.mark.usefixtures("kept", "away")
def test_what_needs_a_person_says_at_once_that_it_cannot_come(client: Client) -> None:
    answer = client.get("/today/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert b"It is not your fault" in answer.content


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize(
    "path",
    [
        *("/help-now/", "/help-now/emergency/", "/help-now/crisis/", "/healthz"),
        *("/es/help-now/", "/es/help-now/emergency/", "/es/help-now/crisis/"),
    ],
)
def test_help_needs_no_copy(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize("path", ["/offline/help-now/", "/es/offline/help-now/"])
def test_a_device_is_given_no_half_of_help_to_keep(client: Client, path: str) -> None:
    """It keeps the copy that it has."""
    assert client.get(path).status_code == 503


@pytest.mark.usefixtures("kept")
def test_a_page_that_breaks_while_the_database_is_said_to_be_there_is_its_copy() -> None:
    """SQLite has no breaker: a file that cannot be read breaks each page by itself."""

    def refuse(*args: Any) -> None:
        raise OperationalError("unable to open database file")

    with connection.execute_wrapper(refuse):
        answer = Client(raise_request_exception=False).get("/")
    assert (answer.status_code, COPY in text(answer)) == (200, True)


@pytest.mark.usefixtures("kept", "away")
def test_a_message_that_waits_keeps_nobody_from_a_copy(client: Client) -> None:
    """Messages wait in the session, which cannot be read now; a cookie of that name is none of ours any more."""
    client.cookies["messages"] = "from a release of long ago"
    assert COPY in text(client.get("/lessons/breathing/"))


@pytest.mark.usefixtures("kept")
def test_a_false_alarm_turns_nobody_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look is under way, and the database answers it: nobody is told that it is away."""
    a_visitor(client)
    monkeypatch.setattr(standby, "FALSE_ALARM_SECONDS", 600)
    settles = breaker.settles
    for path in ("/lessons/breathing/", "/accounts/login/"):
        somebody_waits = Event()

        def waits(seconds: float, noted: Event = somebody_waits) -> bool:
            noted.set()
            return settles(seconds)

        monkeypatch.setattr(breaker, "settles", waits)
        breaker.open(lambda noted=somebody_waits: noted.wait() and None, lambda: None)
        answer = client.get(path)
        assert somebody_waits.is_set()
        assert (answer.status_code, COPY in text(answer)) == (200, False)
        wait_until(lambda: not breaker.is_open)


def test_copies_from_a_clock_that_was_ahead_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standby, "addresses", lambda: ["/"])
    standby.renew(get_wsgi_application(), pause=0)
    in_a_year = time() + 365 * 86400
    os.utime(standby._file(), (in_a_year, in_a_year))
    monkeypatch.setattr(standby, "addresses", lambda: ["/", "/lessons/"])
    standby.renew(get_wsgi_application(), pause=0)
    assert set(standby.copies) == {"/", "/lessons/"}
    assert standby._file().stat().st_mtime <= time() + 1


@pytest.mark.usefixtures("kept")
def test_while_the_database_is_there_no_copy_is_shown(client: Client) -> None:
    assert COPY not in text(client.get("/"))
    assert COPY not in text(client.get("/lessons/breathing/"))


def test_a_copy_holds_nothing_of_whoever_looked_before(client: Client, kept: None) -> None:
    a_visitor(client)
    client.get("/lessons/breathing/")
    held = "".join(copy.body for copy in standby.copies.values())
    assert [name for name, cookie in client.cookies.items() if cookie.value in held] == []
    assert "sessionid" in client.cookies
    assert {name for copy in standby.copies.values() for name in copy.headers} <= set(standby.KEPT_HEADERS)


@pytest.mark.usefixtures("kept")
def test_a_process_that_starts_while_it_is_away_takes_what_another_made() -> None:
    made = dict(standby.copies)
    standby.copies.clear()
    standby.renew(lambda *told: pytest.fail("nobody may be asked"), pause=0)
    assert standby.copies == made


@pytest.mark.usefixtures("kept")
def test_a_page_that_is_gone_loses_its_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "/lessons/no-such-lesson/" not in standby.copies
    monkeypatch.setattr(standby, "EVERY_SECONDS", 0)
    monkeypatch.setattr(standby, "addresses", lambda: ["/"])
    standby.renew(get_wsgi_application(), pause=0)
    assert set(standby.copies) == {"/"}


@pytest.mark.usefixtures("kept")
def test_copies_take_less_than_half_of_what_they_say() -> None:
    """Each process holds all of them, and hardly ever shows one."""
    said = sum(len(copy.body.encode()) for copy in standby.copies.values())
    assert sum(len(copy.pressed) for copy in standby.copies.values()) < said / 2


def test_each_public_page_is_among_them() -> None:
    found = standby.addresses()
    assert {"/", "/lessons/", "/offline/", "/sw.js", "/es/lessons/breathing/", "/help-now/emergency/"} <= set(found)
    assert [path for path in found if path.startswith(("/today", "/accounts", "/admin", "/intake"))] == []
