"""The breaker: nobody waits twice for a database that is away, and nobody has to say that it is back."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import psycopg_pool
import pytest
from django.db import OperationalError, connection

from config.machine.postgresql import away, base, patience
from config.machine.postgresql.away import Breaker
from tests import databases
from tests.pgplugin import free_port
from tests.processes import wait_until


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """And however slow the machine is, its database is not taken to be away before it was looked at."""
    monkeypatch.setattr(away, "LOOKS_EVERY", 0.01)
    monkeypatch.setattr(base, "FIRST_LOOK_SECONDS", 600.0)


def test_it_is_open_until_the_database_answers_again() -> None:
    breaker, is_back = Breaker(), threading.Event()

    def look() -> None:
        if not is_back.is_set():
            raise ConnectionError("nobody there")

    breaker.open(look, lambda: None)
    wait_until(lambda: breaker.times_opened == 1)
    assert breaker.is_open
    is_back.set()
    wait_until(lambda: not breaker.is_open)


def test_connections_are_forgotten_once_it_is_away_and_again_once_it_is_back() -> None:
    breaker, is_back, forgotten = Breaker(), threading.Event(), []

    def look() -> None:
        if not is_back.is_set():
            raise ConnectionError("nobody there")

    breaker.open(look, lambda: forgotten.append(is_back.is_set()))
    wait_until(lambda: forgotten == [False])
    is_back.set()
    wait_until(lambda: not breaker.is_open)
    assert forgotten == [False, True]


def test_a_false_alarm_is_over_at_once_and_lets_the_pool_be() -> None:
    breaker, then = Breaker(), threading.Event()
    breaker.open(lambda: None, then.set)
    wait_until(lambda: not breaker.is_open)
    assert (breaker.times_opened, then.is_set()) == (0, False)


def test_however_many_fail_one_looks() -> None:
    breaker, may_end, looks = Breaker(), threading.Event(), []

    def look() -> None:
        looks.append(threading.get_ident())
        may_end.wait()

    for _ in range(50):
        breaker.open(look, lambda: None)
    wait_until(lambda: bool(looks))
    may_end.set()
    wait_until(lambda: not breaker.is_open)
    assert len(looks) == 1


def test_who_comes_during_the_first_look_waits_for_it_and_no_longer() -> None:
    breaker, may_answer = Breaker(), threading.Event()
    breaker.open(lambda: may_answer.wait() and None, lambda: None)
    assert not breaker.settles(0.01)
    may_answer.set()
    assert breaker.settles(600)


def test_once_it_is_known_to_be_away_nobody_waits() -> None:
    breaker, is_back = Breaker(), threading.Event()

    def look() -> None:
        if not is_back.is_set():
            raise ConnectionError("nobody there")

    breaker.open(look, lambda: None)
    wait_until(lambda: breaker.times_opened == 1)
    assert not breaker.settles(60)
    is_back.set()
    wait_until(lambda: not breaker.is_open)


def test_who_waits_for_the_first_look_goes_as_soon_as_it_finds_nobody() -> None:
    breaker, may_fail, settled = Breaker(), threading.Event(), list[bool]()

    def look() -> None:
        may_fail.wait()
        raise ConnectionError("nobody there")

    breaker.open(look, lambda: None)
    for _ in range(3):
        threading.Thread(target=lambda: settled.append(breaker.settles(600)), daemon=True).start()
    assert not breaker.settles(0.05)
    assert settled == []
    may_fail.set()
    wait_until(lambda: settled == [False] * 3)


def test_a_watcher_that_dies_leaves_it_shut_and_the_next_failure_opens_it_anew() -> None:
    breaker, looks = Breaker(), iter([ConnectionError("nobody there"), None, ConnectionError("nobody there"), None])

    def look() -> None:
        if error := next(looks):
            raise error

    def fall_over() -> None:
        raise MemoryError("no room for a new pool")

    for times in (1, 2):
        breaker.open(look, fall_over)
        wait_until(lambda: not breaker.is_open)
        assert breaker.settles(600), "whoever waits for the first look goes on"
        assert breaker.times_opened == times


def test_where_no_thread_can_be_had_it_does_not_stay_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    breaker = Breaker()
    with monkeypatch.context() as without_threads:
        without_threads.setattr(threading.Thread, "start", refuse)
        breaker.open(lambda: None, lambda: None)
    assert not breaker.is_open
    assert breaker.settles(0)
    breaker.open(lambda: None, lambda: None)
    wait_until(lambda: not breaker.is_open)


def test_it_is_shut_in_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens it while it is being shut must not find it said to be settled while the new look goes on."""
    breaker, may_answer = Breaker(), threading.Event()
    opened_again = threading.Event()

    class Slow(threading.Event):
        """As if the processor went elsewhere between the two halves of shutting."""

        def set(self) -> None:
            if not opened_again.is_set():
                opened_again.set()
                threading.Thread(target=breaker.open, args=(lambda: may_answer.wait() and None, lambda: None)).start()
                time.sleep(0.05)
            super().set()

    breaker._was_looked = Slow()
    breaker.open(lambda: None, lambda: None)
    wait_until(opened_again.is_set)
    wait_until(lambda: breaker.is_open and not breaker.settles(0))
    time.sleep(0.05)
    assert breaker.is_open
    assert not breaker.settles(0)
    may_answer.set()
    wait_until(lambda: not breaker.is_open)


@pytest.mark.parametrize(
    ("said", "is_there"),
    [
        ("FATAL:  sorry, too many clients already", True),
        ("FATAL:  remaining connection slots are reserved for non-replication superuser connections", True),
        ('FATAL:  too many connections for role "unloop"', True),
        ('FATAL:  too many connections for database "unloop"', True),
        ("connection refused", False),
        ("FATAL:  the database system is starting up", False),
    ],
)
def test_a_server_that_has_no_connection_to_give_is_not_away(said: str, is_there: bool) -> None:  # noqa: FBT001
    assert base.has_no_room(psycopg.OperationalError(f"connection failed: {said}")) is is_there


@pytest.mark.django_db(transaction=True)
def test_nor_is_one_that_says_so_itself() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")
    crowded = {**connection.get_connection_params(), "user": "crowded"}
    try:
        base._look(crowded)
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            base._look({**crowded, "dbname": "no_such_database", "user": "unloop"})
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP ROLE crowded")


@contextmanager
def pool_of(size: int, monkeypatch: pytest.MonkeyPatch, **options: float) -> Iterator[None]:
    """In the place of the one that all tests share, which holds as many as the tests before have needed at once."""
    connection.close()
    usual = connection.settings_dict["OPTIONS"]["pool"]
    with monkeypatch.context() as here:
        here.setattr(base.DatabaseWrapper, "_connection_pools", {})
        here.setitem(
            connection.settings_dict["OPTIONS"], "pool", {**usual, "min_size": size, "max_size": size, **options}
        )
        yield
        connection.close()
        connection.close_pool()


@pytest.mark.django_db(transaction=True)
def test_more_threads_than_connections_stand_in_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each holds the one that there is until somebody has waited in vain: who comes late is served late, not refused.

    How many turns that takes is told by the machine, so there is no end of them here.
    """
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no pool")
    somebody_waited, wait = threading.Event(), psycopg_pool.ConnectionPool.getconn

    def noted(pool: psycopg_pool.ConnectionPool, *args: float) -> psycopg.Connection:
        try:
            return wait(pool, *args)
        except psycopg_pool.PoolTimeout:
            somebody_waited.set()
            raise

    def hold(_place: int) -> int:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                somebody_waited.wait()
                return int(cursor.fetchone()[0])
        finally:
            connection.close()

    monkeypatch.setattr(psycopg_pool.ConnectionPool, "getconn", noted)
    monkeypatch.setattr(base, "TURNS", 100_000)
    with pool_of(1, monkeypatch, timeout=0.05), ThreadPoolExecutor(8) as threads:
        assert list(threads.map(hold, range(8))) == [1] * 8


@pytest.mark.django_db(transaction=True)
def test_nobody_stands_in_line_for_a_connection_of_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool would let them wait for as long as it was told to, and each holds a thread that others need."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no pool")
    own, is_back = Breaker(), threading.Event()

    def look(_options: object) -> None:
        if not is_back.is_set():
            raise ConnectionError("nobody there")

    nobody = {**connection.get_connection_params(), "port": free_port()}
    pool = psycopg_pool.ConnectionPool(
        "", kwargs=nobody, connection_class=base.KeptConnection, min_size=0, max_size=1, timeout=60, open=True
    )
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(base, "breaker", own)
        elsewhere.setattr(base, "_look", look)
        elsewhere.setattr(base.DatabaseWrapper, "_connection_pools", {"elsewhere": pool})
        with pytest.raises(psycopg_pool.PoolClosed):
            pool.getconn()
        assert own.is_open
        is_back.set()
        wait_until(lambda: not own.is_open)


def all_are_gone(watcher: psycopg.Connection, processes: set[int]) -> bool:
    asked = watcher.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(%s::int[])", [sorted(processes)])
    return asked.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seconds", [None, 600.0])
def test_connections_that_died_in_the_pool_are_passed_over(
    monkeypatch: pytest.MonkeyPatch, seconds: float | None
) -> None:
    """As after a restart of the server that nobody noticed: whoever comes next waits for nothing. Nor is one of them
    taken to be alive because its server has just answered."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no pool")
    monkeypatch.setattr(patience, "_seconds", seconds)
    monkeypatch.setattr(base, "JUST_NOW", 600.0)
    slept, all_hold_one = list[float](), threading.Barrier(4)
    monkeypatch.setattr("psycopg_pool.pool.sleep", slept.append)

    def ask() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return int(cursor.fetchone()[0])

    def ask_together(_place: int) -> int:
        try:
            process = ask()
            all_hold_one.wait()
            return process
        finally:
            connection.close()

    with pool_of(4, monkeypatch):
        with ThreadPoolExecutor(4) as threads:
            before = set(threads.map(ask_together, range(4)))
        assert len(before) == 4
        watcher = psycopg.connect(**{**connection.get_connection_params(), "cursor_factory": None}, autocommit=True)
        with watcher:
            watcher.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS pid", [sorted(before)])
            wait_until(lambda: all_are_gone(watcher, before))
        assert ask() not in before
    assert slept == []


@pytest.mark.django_db(transaction=True)
def test_a_server_that_has_just_answered_is_not_asked_whether_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a pool of one: where there are more, each has its turn, and the one at hand may not have answered yet."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no pool")
    asked, check = list[bool](), psycopg_pool.ConnectionPool.check_connection

    def noted(one: psycopg.Connection) -> None:
        asked.append(True)
        check(one)

    def ask() -> list[bool]:
        asked.clear()
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return list(asked)

    monkeypatch.setattr(psycopg_pool.ConnectionPool, "check_connection", staticmethod(noted))
    monkeypatch.setattr(patience, "_seconds", 600.0)
    with pool_of(1, monkeypatch):
        monkeypatch.setattr(base, "JUST_NOW", -1.0)  # However lately it did, that was before.
        assert (ask(), ask()) == ([True], [True])
        monkeypatch.setattr(base, "JUST_NOW", 600.0)
        ask()
        assert ask() == []


@pytest.mark.django_db(transaction=True)
def test_a_server_that_falls_silent_between_two_questions_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server")
    own, looked = Breaker(), list[dict[str, object]]()
    monkeypatch.setattr(base, "breaker", own)
    monkeypatch.setattr(base, "_look", looked.append)
    monkeypatch.setattr(base, "forget_pools", lambda: None)
    with pool_of(1, monkeypatch):
        connection.ensure_connection()
        process = connection.connection.info.backend_pid
        monkeypatch.setattr(patience, "_seconds", 0.2)
        with connection.cursor() as cursor, pytest.raises(OperationalError):
            cursor.execute("SELECT pg_sleep(600)")
        wait_until(lambda: bool(looked) and not own.is_open)
        assert looked[0]["dbname"] == connection.settings_dict["NAME"]
    databases.end(process)
