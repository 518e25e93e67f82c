"""Letters in a row over one connection, where work on the next begins while the server still reads the one before."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.signing import Signer
from django.db import OperationalError, connection
from django.utils.crypto import salted_hmac
from hypothesis import given
from hypothesis import strategies as st

from accounts.letters import editions
from accounts.mail.keyed import keyed
from accounts.mail.links import QuickSigner
from accounts.newsletter import subscriptions
from tests.accounts.people import NOON
from tests.accounts.rounds import Clock, make_edition, make_subscribers, send_due, states
from tests.mail_server import Register
from tests.pgplugin import free_port

pytestmark = pytest.mark.django_db
MARKS = "UPDATE accounts_delivery SET state = %s, sent_at"


class Telling(Register):
    """Notes in one list, in the order in which it happens, whose address and whose words came."""

    def __init__(self) -> None:
        self.is_closing = False
        self.heard: list[tuple[str, str]] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.heard.append(("words", envelope.rcpt_tos[0]))
        return "250 OK"


@pytest.fixture
def server(settings: Any) -> Iterator[Telling]:
    telling, port = Telling(), free_port()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 60
    controller = Controller(telling, hostname="127.0.0.1", port=port)
    controller.start()
    yield telling
    controller.stop()


def around_each_mark(*, before: Callable[[int], object] = bool, after: Callable[[int], object] = bool) -> Any:
    """Called with how many letters have been marked as sent, this one among them. By `before`, the address of the next
    is named already."""
    marked = 0

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        nonlocal marked
        if MARKS not in sql:
            return execute(sql, params, many, context)
        marked += 1
        before(marked)
        done = execute(sql, params, many, context)
        after(marked)
        return done

    return connection.execute_wrapper(wrapper)


def words_of(server: Telling) -> list[str]:
    return [whose for what, whose in server.heard if what == "words"]


def test_that_a_letter_went_is_written_down_before_a_word_of_the_next_leaves(server: Telling) -> None:
    make_subscribers(5)
    edition = make_edition()
    with around_each_mark(after=lambda number: server.heard.append(("marked", str(number)))):
        send_due(Clock())
    assert [what for what, _ in server.heard] == ["words", "marked"] * 5
    assert states(edition) == {"sent": 5}


def test_whoever_stops_after_their_address_was_named_gets_no_word(server: Telling) -> None:
    """The connection is given up for it, and the others get theirs over a new one."""
    people = make_subscribers(4)
    edition = make_edition()
    with around_each_mark(before=lambda number: number == 1 and subscriptions.unsubscribe(people[1], at=NOON)):
        send_due(Clock())
    assert words_of(server) == [people[place].email for place in (0, 2, 3)]
    assert states(edition) == {"sent": 3, "skipped": 1}


def test_a_pause_holds_what_was_begun(server: Telling) -> None:
    people, edition = make_subscribers(4), make_edition()
    with around_each_mark(before=lambda number: number == 2 and editions.pause(edition, "A wrong date in it.")):
        send_due(Clock())
    assert words_of(server) == [person.email for person in people[:2]]
    assert states(edition) == {"sent": 2, "queued": 2}


def test_a_database_that_goes_away_between_two_letters_leaves_one_in_doubt_and_no_word_of_the_next(
    server: Telling,
) -> None:
    people, edition, clock = make_subscribers(3), make_edition(), Clock()

    def break_down(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if MARKS in sql:
            raise OperationalError("gone")
        return execute(sql, params, many, context)

    gone: list[Any] = []
    with connection.execute_wrapper(break_down), pytest.raises(OperationalError):
        send_due(clock, gone=gone)
    assert (len(words_of(server)), len(gone)) == (1, 1)
    clock.move(hours=1)
    send_due(clock, gone=gone)
    assert sorted(words_of(server)) == [person.email for person in people], "nobody twice"
    assert states(edition) == {"sent": 3}


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite keeps its plans by itself")
def test_the_statements_of_each_letter_are_planned_once(server: Telling) -> None:
    make_subscribers(5)
    make_edition()
    send_due(Clock())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%UPDATE accounts_delivery%'")
        assert cursor.fetchone()[0] >= 1


@given(value=st.text(st.characters(codec="ascii", min_codepoint=33), min_size=1), key=st.text(min_size=1))
def test_links_are_signed_as_django_signs_them(value: str, key: str) -> None:
    ours, theirs = (kind(key=key, salt="accounts.why", sep="|", fallback_keys=[]) for kind in (QuickSigner, Signer))
    assert ours.sign(value) == theirs.sign(value)
    assert ours.unsign(theirs.sign(value)) == value
    expected = salted_hmac("salt", value, secret=key, algorithm="sha256").digest()
    assert keyed("salt", value, key).digest() == expected
