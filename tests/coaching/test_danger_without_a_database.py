"""The page first, saving second: with a database that is away, full, read-only or busy, at every door, within a second.

The last three are real: the database itself refuses, or somebody else holds it.
"""

import resource
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.utils.translation import get_language

from coaching.danger import hearing
from coaching.danger.hurry import hurry, no_more_hurry
from coaching.models import Person
from config.machine.postgresql.away import breaker
from config.views import server_error
from tests.coaching.shell_makers import a_visitor, step_url, text
from tests.processes import database_url

pytestmark = pytest.mark.django_db(transaction=True)

EMERGENCY, CRISIS = "Please call now.", "Thank you for telling us."
PANEL = "You do not have to carry this alone"
NOT_KEPT = "so we could not keep what you just sent"
SIGN, WISH = {"signs_chest": ["chest_pain"]}, {"self_harm": "yes"}
DESPAIR = "I want to kill myself"
DOORS = {
    step_url("chest-and-tummy"): SIGN,
    step_url("one-direct-question"): WISH,
    step_url("pain"): SIGN | WISH,
    step_url("goal"): {"adult": "yes", "goal": DESPAIR},
    "/intake/no-such-step/": SIGN,
    "/check-in/": {"pain": "5", "words": DESPAIR},
    "/log/": {"words": DESPAIR},
    "/tools/thought-record/new/": {"thought": DESPAIR},
    "/practice/taps/no-such-practice/": {"note": DESPAIR},
    "/unwanted/": {"words": DESPAIR},
    "/lessons/breathing/notes/": {"notes": DESPAIR},
    "/lessons/breathing/mistake/": {"kind": "words", "words": DESPAIR},
    "/week/review/": {"words": DESPAIR},
    "/leaving/": {"words": DESPAIR},
    "/newsletter/": {"email": DESPAIR},
}
OTHERS_GIVE_UP, LONG_BEFORE = 240, 120.0
"""Seconds. It takes a third of one. A post that is not in haste waits for another writer of SQLite as long as is said
here, and for one of PostgreSQL without end: however slow the machine is, one is told from the other."""


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@contextmanager
def away() -> Iterator[None]:
    def refuse(*args: Any) -> None:
        raise OperationalError("the database is away")

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def full() -> Iterator[None]:
    """To SQLite, a file that may not grow is a disk that is full. PostgreSQL says what it says then."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        usual = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, usual[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        return

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")):
            raise OperationalError("could not extend file: No space left on device") from psycopg.errors.DiskFull()
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def read_only() -> Iterator[None]:
    on, off = ("PRAGMA query_only = 1", "PRAGMA query_only = 0")
    if connection.vendor == "postgresql":
        on, off = (f"SET default_transaction_read_only = {state}" for state in ("on", "off"))
    with connection.cursor() as cursor:
        cursor.execute(on)
        yield
        cursor.execute(off)


@contextmanager
def busy() -> Iterator[None]:
    """Another writer, who does not end."""
    other: Any
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {OTHERS_GIVE_UP * 1000}")
        other = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        other = psycopg.connect(database_url())
        other.execute("LOCK TABLE coaching_person, coaching_intake, django_session IN ACCESS EXCLUSIVE MODE")
    yield
    other.rollback() if connection.vendor == "postgresql" else other.execute("ROLLBACK")
    other.close()


TROUBLES: list[Callable[[], AbstractContextManager[None]]] = [away, full, read_only, busy]


def owed(told: dict[str, Any]) -> list[str]:
    calls_for_care = any(value == DESPAIR for value in told.values()) or "self_harm" in told
    return [EMERGENCY] * ("signs_chest" in told) + [CRISIS] * calls_for_care


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.__name__)
@pytest.mark.parametrize("told", [SIGN, WISH, SIGN | WISH], ids=["sign", "wish", "both"])
def test_the_right_page_waits_for_no_other_writer_and_says_what_was_not_kept(
    client: Client, trouble: Callable[[], AbstractContextManager[None]], told: dict[str, Any]
) -> None:
    with trouble():
        begun = time.monotonic()
        answer = client.post(step_url("chest-and-tummy"), told)
        seconds = time.monotonic() - begun
    assert [words for words in (EMERGENCY, CRISIS) if words in text(answer)] == owed(told)
    assert NOT_KEPT in text(answer)
    assert seconds < LONG_BEFORE
    assert not Person.objects.exists()


@pytest.mark.parametrize("told", [SIGN, WISH, SIGN | WISH], ids=["sign", "wish", "both"])
def test_it_waits_for_another_writer_twice_at_most(client: Client, told: dict[str, Any]) -> None:
    """A third of a second each time, and the page is owed within one."""
    refused = list[str]()

    def noted(execute: Any, sql: str, *rest: Any) -> Any:
        try:
            return execute(sql, *rest)
        except OperationalError:
            refused.append(sql)
            raise

    with busy(), connection.execute_wrapper(noted):
        client.post(step_url("chest-and-tummy"), told)
    assert 1 <= len(refused) <= 2, refused


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("is_known", [True, False], ids=["known", "stranger"])
def test_at_every_door_while_it_is_away(client: Client, door: str, is_known: bool) -> None:  # noqa: FBT001
    """Where an answer only leads on, the page it leads to says it."""
    if is_known:
        a_visitor(client)
    with away():
        answer = client.post(door, DOORS[door], follow=True)
    said = text(answer).replace(PANEL, CRISIS)
    assert [words for words in (EMERGENCY, CRISIS) if words in said] == owed(DOORS[door])


def test_what_tells_of_nothing_gets_the_page_that_stands_alone(client: Client) -> None:
    a_visitor(client)
    with away():
        answer = client.post("/log/", {"words": "My back is killing me today"})
    assert answer.status_code == 500
    assert "It is not your fault" in text(answer)
    assert CRISIS not in text(answer)


def test_what_a_device_sends_is_not_taken_for_kept(client: Client) -> None:
    """It keeps what it holds as long as no answer says that it arrived."""
    batch = {"owner": "nobody", "items": [{"kind": "practice", "guide": "breathing", "words": DESPAIR}]}
    with away():
        answer = client.post("/practice/sync/", batch, content_type="application/json")
    assert answer.status_code >= 400


def test_the_page_for_faults_asks_too(rf: RequestFactory) -> None:
    answer = server_error(rf.post("/anything/", {"self_harm": " Yes "}))
    assert (answer.status_code, CRISIS in answer.content.decode()) == (500, True)


def test_where_not_even_that_page_can_be_drawn_the_one_that_stands_alone_names_the_number(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(hearing, "render_to_string", fail)
    answer = server_error(rf.post("/anything/", {"signs_chest": "chest_pain"}))
    assert answer.status_code == 500
    assert b"In danger, call your emergency number" in answer.content


def test_a_person_who_is_heard_in_haste_leaves_the_connection_as_it_was(client: Client) -> None:
    before = _patience()
    client.post(step_url("chest-and-tummy"), SIGN)
    assert Person.objects.count() == 1
    assert _patience() == before


@pytest.mark.usefixtures("full_haste")
def test_in_haste_a_statement_waits_a_third_of_a_second_for_another_writer_and_takes_two_at_most(
    rf: RequestFactory,
) -> None:
    """As a server has it, with a session of its own. PostgreSQL alone has a limit for the statement itself."""
    request, before = rf.post("/anything/"), _patience()
    hurry(request)
    assert _patience() == ([300] if connection.vendor == "sqlite" else ["300ms", "600ms"])
    if connection.vendor == "postgresql":
        with pytest.raises(OperationalError, match="statement timeout"), connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(600)")
    no_more_hurry(request)
    assert _patience() == before


def _patience() -> list[Any]:
    """For another writer, and of PostgreSQL for a statement too."""
    asked = ["PRAGMA busy_timeout"]
    if connection.vendor == "postgresql":
        asked = ["SHOW lock_timeout", "SHOW statement_timeout"]
    with connection.cursor() as cursor:
        return [cursor.execute(one) and cursor.fetchone()[0] for one in asked]


def test_a_form_that_breaks_because_the_database_is_away_is_said_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as open_now, away():
        open_now.setattr(breaker, "_is_open", True)
        answer = client.post("/log/", {"words": DESPAIR})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert PANEL in text(answer) or CRISIS in text(answer)


def test_what_is_said_in_danger_is_drawn_ahead_without_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[str | None, str]] = []
    draw = hearing.render_to_string

    def noted(template: str, *args: Any, **options: Any) -> str:
        drawn.append((get_language(), template))
        return draw(template, *args, **options)

    monkeypatch.setattr(hearing, "render_to_string", noted)
    with away():
        hearing.rehearse()
    pages = ("coaching/emergency.html", "coaching/crisis.html")
    assert set(drawn) == {(language, page) for language in ("en", "es") for page in pages}
