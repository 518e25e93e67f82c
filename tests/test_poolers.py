"""Behind a pooler that lends a connection for one transaction, nothing may outlive it: the next meets another."""

import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DataError, OperationalError, connection, transaction

from accounts.backups import postgresql
from accounts.backups.archive import CannotBackUp
from accounts.management.commands import migrate
from accounts.sending import ledger
from coaching.danger.hurry import in_haste
from config.machine.database import ASKED_BEFORE_PREPARED
from config.machine.postgresql import base, patience, sessions
from config.machine.postgresql.away import Breaker
from tests import databases
from tests.pgplugin import free_port
from tests.processes import wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="no pooler stands before SQLite"),
]

LEFT = """
    SELECT 'a statement: ' || statement FROM pg_prepared_statements
    UNION ALL SELECT 'a cursor: ' || name FROM pg_cursors WHERE name <> ''
    UNION ALL SELECT 'a lock: ' || objid FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()
    UNION ALL SELECT 'a setting: ' || name FROM pg_settings WHERE source = 'session' AND name <> 'TimeZone'
"""
"""Poolers keep the time zone of each client themselves."""

HELD = "SELECT pid <> pg_backend_pid() FROM pg_locks WHERE locktype = 'advisory' AND objid = %s"


@pytest.fixture
def without_a_pool(transactional_db: None) -> Iterator[None]:
    """As with DATABASE_POOL=0."""
    usual = connection.settings_dict["OPTIONS"]
    connection.close()
    connection.settings_dict["OPTIONS"] = {
        name: value for name, value in usual.items() if name not in ("pool", "prepare_threshold")
    }
    yield
    connection.close()
    connection.settings_dict["OPTIONS"] = usual


def left_in_the_session() -> list[str]:
    return [words for (words,) in connection.connection.execute(LEFT).fetchall()]


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return str(cursor.fetchone()[0])


@pytest.mark.usefixtures("without_a_pool")
def test_no_letter_leaves_a_plan_behind() -> None:
    with ledger.letter_cursor() as cursor:
        for _ in range(3):
            cursor.execute(ledger.STILL_WANTED, [1, "claimed", "worker", "sending", "active", "a@example.org"])
            assert cursor.fetchall() == []
    assert left_in_the_session() == []


@pytest.mark.usefixtures("without_a_pool")
def test_rows_that_are_read_piece_by_piece_come_at_once() -> None:
    kinds = ContentType.objects.order_by("pk")
    rows = kinds.iterator(chunk_size=2)
    first = next(rows)
    assert left_in_the_session() == []
    assert [first, *rows] == list(kinds)


def test_with_a_session_of_its_own_they_come_piece_by_piece() -> None:
    connection.close()
    base.forget_pools()  # A session of the pool keeps what tests before have prepared there.
    rows = ContentType.objects.iterator(chunk_size=2)
    next(rows)
    assert [words.partition(":")[0] for words in left_in_the_session()] == ["a cursor"]
    rows.close()


@pytest.mark.usefixtures("without_a_pool", "full_haste")
def test_haste_ends_with_each_transaction() -> None:
    with in_haste():
        assert (setting("lock_timeout"), setting("statement_timeout")) == ("300ms", "600ms")
        assert left_in_the_session() == []
        with transaction.atomic():
            assert setting("statement_timeout") == "600ms"
        assert left_in_the_session() == []
        with pytest.raises(OperationalError, match="statement timeout"), connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")
    assert (setting("lock_timeout"), setting("statement_timeout")) == ("0", "0")


@pytest.mark.usefixtures("without_a_pool")
def test_in_haste_a_transaction_goes_on_after_a_part_of_it_that_failed() -> None:
    with in_haste(), transaction.atomic(), connection.cursor() as cursor:
        with pytest.raises(DataError), transaction.atomic():
            cursor.execute("SELECT 1 / 0")
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
        assert setting("lock_timeout") == "300ms"


@pytest.mark.usefixtures("without_a_pool")
def test_two_migrates_take_turns_and_leave_no_lock_behind() -> None:
    with migrate.Command().alone(), connection.cursor() as cursor:
        cursor.execute(HELD, [migrate.LOCK])
        assert cursor.fetchall() == [(True,)]
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [migrate.LOCK])
        assert cursor.fetchone() == (False,)
        assert left_in_the_session() == []
    with connection.cursor() as cursor:
        cursor.execute(HELD, [migrate.LOCK])
        assert cursor.fetchall() == []


@pytest.mark.usefixtures("without_a_pool")
def test_nobody_waits_for_a_database_that_is_away_without_a_pool_either(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Breaker()
    monkeypatch.setattr(base, "breaker", own)
    monkeypatch.setattr(base, "_look", lambda _options: psycopg.connect("", **connection.get_connection_params()))
    with monkeypatch.context() as elsewhere:
        elsewhere.setitem(connection.settings_dict, "PORT", free_port())
        with pytest.raises(OperationalError):
            connection.ensure_connection()
        wait_until(lambda: own.times_opened == 1)
        with pytest.raises(OperationalError, match="the database is away"):
            connection.ensure_connection()
    wait_until(lambda: not own.is_open)
    assert setting("lock_timeout") == "0"


@pytest.mark.usefixtures("without_a_pool")
def test_a_page_gives_up_a_pooler_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    own, looked = Breaker(), list[dict[str, object]]()
    monkeypatch.setattr(base, "breaker", own)
    monkeypatch.setattr(base, "_look", looked.append)
    connection.ensure_connection()
    process = connection.connection.info.backend_pid
    monkeypatch.setattr(patience, "_seconds", 0.2)
    with connection.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT pg_sleep(600)")
    wait_until(lambda: bool(looked) and not own.is_open)
    databases.end(process)


def test_a_connection_that_was_kept_is_not_asked_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    assert connection.is_usable()
    monkeypatch.setattr(base, "breaker", SimpleNamespace(is_open=True))
    assert not connection.is_usable()


def test_a_pooler_makes_up_the_number_of_the_process() -> None:
    connection.ensure_connection()
    own: Any = connection.connection
    assert sessions.is_direct(own)
    lent: Any = SimpleNamespace(execute=own.execute, info=SimpleNamespace(backend_pid=own.info.backend_pid + 1))
    assert not sessions.is_direct(lent)


def test_a_pool_behind_a_pooler_prepares_nothing_and_says_so_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    connection.close()
    base.forget_pools()
    with monkeypatch.context() as lent:
        lent.setattr(base, "is_direct", lambda _connection: False)
        lent.setattr(base, "pooler_is_there", sessions.Saying())
        with caplog.at_level(logging.WARNING, "unloop.database"):
            base.KeptConnection.connect(**connection.get_connection_params()).close()
            for _ in range(ASKED_BEFORE_PREPARED + 2):
                with connection.prepared_cursor() as cursor:
                    cursor.execute("SELECT 1 WHERE 1 = %s", [1])
            left = left_in_the_session()
        connection.close()
        base.forget_pools()
    assert left == []
    assert [record.message for record in caplog.records] == [sessions.SAID]
    assert "DATABASE_POOL=0" in sessions.SAID


def test_no_tool_of_postgresql_goes_through_a_pooler(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """`pg_dump` empties the search path of a session, and whoever has it next finds no table."""
    monkeypatch.setattr(postgresql, "_is_direct", lambda _server: False)
    with pytest.raises(CannotBackUp, match="DATABASE_DIRECT_URL"):
        postgresql.copy_to(tmp_path / "copy")


def test_they_go_to_the_server_that_is_named(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    settings.DATABASE_ITSELF = {**connection.settings_dict}
    monkeypatch.setitem(connection.settings_dict, "PORT", free_port())
    assert postgresql.copy_to(tmp_path / "copy")["django_content_type"]
