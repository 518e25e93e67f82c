"""Django's PostgreSQL, which nobody waits for while it is away, and no page for longer than `patience`.

It is named in DATABASES as ENGINE; Django looks for a module called `base` there.
"""

import select
from contextlib import suppress
from time import monotonic
from typing import Any, ClassVar, Self

import psycopg
from django.db.backends.postgresql import base, operations
from django.db.backends.postgresql.psycopg_any import IsolationLevel
from django.utils.asyncio import async_unsafe
from psycopg.errors import TooManyConnections
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from config.machine.postgresql import patience
from config.machine.postgresql.away import FIRST_LOOK_SECONDS, breaker
from config.machine.postgresql.prepared import PreparedCursor
from config.machine.postgresql.sessions import is_direct, pooler_is_there

NO_ROOM = TooManyConnections.sqlstate
SAYS_NO_ROOM = (
    "sorry, too many clients already",
    "remaining connection slots are reserved",
    "too many connections for",
)
"""As src/backend/storage/lmgr/proc.c and src/backend/utils/init/postinit.c of PostgreSQL say it."""

TURNS = 8
"""How often a thread stands in line for a connection that others are using: some 6 s in all."""

JUST_NOW = 1.0
"""Seconds in which a server that has answered is not asked whether it still does."""


class PatientConnection(psycopg.Connection[Any]):
    """Gives up a statement that is not answered in time. It is closed then: what it may still hear is of no use."""

    heard_at = 0.0

    def wait(self, *args: Any, **options: Any) -> Any:
        seconds = patience.seconds()
        if seconds is None or options.get("timeout") is not None:
            return super().wait(*args, **options)
        ends_at = monotonic() + seconds
        try:
            answer = super().wait(*args, **options, timeout=seconds)
        except psycopg.OperationalError:
            if monotonic() >= ends_at:
                self.close()
                self.give_up()
            raise
        self.heard_at = monotonic()
        return answer

    def give_up(self) -> None:
        """Whoever opened it knows what to do next."""


class KeptConnection(PatientConnection):
    """Of a pool, which would try again for long while whoever waits for one waits on; or kept without one."""

    opened_with: dict[str, Any]

    @classmethod
    def connect(cls, conninfo: str = "", **options: Any) -> Self:
        try:
            connection = super().connect(conninfo, **options)
            connection.opened_with = options
            if connection.prepare_threshold is not None and not is_direct(connection):
                connection.prepare_threshold = None
                pooler_is_there.say()
        except psycopg.OperationalError as error:
            if not has_no_room(error):
                breaker.open(lambda: _look(options), forget_pools)
            raise
        return connection

    def give_up(self) -> None:
        """It may be slow, or gone without a farewell: then nobody else waits as long."""
        breaker.open(lambda: _look(self.opened_with), forget_pools)

    def has_just_answered(self) -> bool:
        """And nothing came since. A server that ends or is ended says so, and its system does where it cannot."""
        if monotonic() - self.heard_at > JUST_NOW:
            return False
        unasked = select.poll()
        unasked.register(self.fileno(), select.POLLIN)
        return not unasked.poll(0)


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> Any:
        """For who looks at what was asked: with its values, as of any other cursor."""
        if isinstance(cursor, PreparedCursor):
            return self.compose_sql(sql, params)
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    _connection_pools: ClassVar[dict[str, ConnectionPool[Any]]]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if pool := self.settings_dict["OPTIONS"].get("pool"):
            pool.setdefault("connection_class", KeptConnection)

    @property
    def has_its_own_session(self) -> bool:
        """Whether the server keeps for the next statement what outlives a transaction. Where it does not, nothing is
        prepared either, so one fact of the connection tells both."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        return self.connection.prepare_threshold is not None

    @async_unsafe
    def chunked_cursor(self) -> Any:
        """Without a session of its own all rows come at once: the next piece would be asked of somebody else's."""
        return super().chunked_cursor() if self.has_its_own_session else self.cursor()

    @async_unsafe
    def prepared_cursor(self) -> Any:
        """As `cursor()`, for statements that are asked again and again in the same words."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._prepare_cursor(PreparedCursor(self.connection))  # type: ignore[attr-defined, call-arg]

    def is_usable(self) -> bool:
        """While it is away one that was kept is not asked: who asks it would wait."""
        return not breaker.is_open and super().is_usable()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not self.pool:
            return self._one_of_its_own(conn_params)
        for turn in range(TURNS):
            if breaker.is_open and not breaker.settles(FIRST_LOOK_SECONDS):
                raise psycopg.OperationalError("the database is away")
            try:
                return self._one_that_answers(conn_params)
            except psycopg.OperationalError as error:
                breaker.open(lambda: _look(conn_params), forget_pools)
                if not isinstance(error, PoolTimeout) or turn == TURNS - 1:
                    raise
        raise AssertionError("the last turn returns or raises")

    def _one_of_its_own(self, conn_params: dict[str, Any]) -> Any:
        if breaker.is_open and not breaker.settles(FIRST_LOOK_SECONDS):
            raise psycopg.OperationalError("the database is away")
        self.isolation_level = IsolationLevel.READ_COMMITTED
        return KeptConnection.connect(**conn_params)

    def _one_that_answers(self, conn_params: dict[str, Any]) -> Any:
        """Looked at here: the pool itself would sleep after one that is dead, for as long as anybody may wait."""
        while True:
            connection = super().get_new_connection(conn_params)
            try:
                if not connection.has_just_answered():
                    ConnectionPool.check_connection(connection)
            except psycopg.OperationalError:
                self.pool.putconn(connection)
                breaker.open(lambda: _look(conn_params), forget_pools)
                if not breaker.settles(FIRST_LOOK_SECONDS):
                    raise
            else:
                return connection


def forget_pools() -> None:
    """Whoever stands in line fails at once. A pool whose database was away would wait longer and longer before it
    tries again, and its connections are dead; the next page that needs one makes it anew."""
    pools = DatabaseWrapper._connection_pools
    for alias in list(pools):
        if pool := pools.pop(alias, None):
            with suppress(PoolClosed):
                pool.close(timeout=0)


def _look(conn_params: dict[str, Any]) -> None:
    try:
        with PatientConnection.connect(**{**conn_params, "autocommit": True}) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError as error:
        if not has_no_room(error):
            raise


def has_no_room(error: psycopg.OperationalError) -> bool:
    """A server that has no connection to give is there: whoever holds one gives it back, and who waits has its turn.
    While somebody connects, psycopg tells no code of the error, but its words."""
    return error.sqlstate == NO_ROOM or any(words in str(error) for words in SAYS_NO_ROOM)
