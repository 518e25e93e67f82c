"""What is asked again and again is read and planned once a connection by PostgreSQL."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import NotSupportedError, connection, transaction

from config.machine.database import ASKED_BEFORE_PREPARED, database_at, with_options
from config.machine.postgresql.base import DatabaseWrapper
from content.models import Lesson
from content.reading.ready_made import ReadyMade

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps each statement by itself"),
]
LENGTHS = "SELECT length FROM made_up_walks WHERE walker = %s"


@pytest.fixture
def walks() -> Iterator[None]:
    change("CREATE TABLE made_up_walks (walker text, length smallint)", "INSERT INTO made_up_walks VALUES ('Ada', 7)")
    yield
    connection.close()
    change("DROP TABLE made_up_walks")


def change(*statements: str) -> None:
    """From elsewhere, as a migration does it: this connection is not told."""
    options = {**connection.get_connection_params(), "cursor_factory": psycopg.Cursor, "autocommit": True}
    with psycopg.connect(**options) as elsewhere:
        for statement in statements:
            elsewhere.execute(statement)


def kept(where: Any = connection) -> list[str]:
    with where.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [row[0] for row in cursor.fetchall()]


def lessons(slug: str) -> Any:
    return Lesson.objects.filter(slug=slug).order_by()


def lengths_of(walker: str, where: Any = connection) -> list[int]:
    with where.prepared_cursor() as cursor:
        cursor.execute(LENGTHS, [walker])
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.usefixtures("walks")
def test_the_server_keeps_what_it_is_asked_again_whatever_the_values_are() -> None:
    for _ in range(ASKED_BEFORE_PREPARED):
        lengths_of("Ada")
    assert not any("made_up_walks" in statement for statement in kept())
    assert [lengths_of(walker) for walker in ("Ada", "Bo", "Ada")] == [[7], [], [7]]
    assert len([statement for statement in kept() if "made_up_walks" in statement]) == 1


@pytest.mark.usefixtures("library")
def test_a_question_that_is_put_together_once_is_kept_and_one_that_is_put_together_anew_is_not() -> None:
    ready = ReadyMade(lambda slug: lessons(slug).values_list("title"), slug=str)
    for _ in range(ASKED_BEFORE_PREPARED + 1):
        list(lessons("breathing").values_list("position"))
        assert len(ready.rows(slug="breathing")) == 1
    of_lessons = [statement for statement in kept() if "content_lesson" in statement]
    assert [("title" in statement, "position" in statement) for statement in of_lessons] == [(True, False)]


@pytest.mark.usefixtures("walks")
def test_what_a_migration_changes_under_a_plan_is_answered_all_the_same() -> None:
    for _ in range(ASKED_BEFORE_PREPARED + 1):
        lengths_of("Ada")
    change("ALTER TABLE made_up_walks ALTER length TYPE bigint", "UPDATE made_up_walks SET length = 7000000000")
    assert lengths_of("Ada") == [7_000_000_000]
    for _ in range(ASKED_BEFORE_PREPARED + 1):
        assert lengths_of("Ada") == [7_000_000_000]


@pytest.mark.usefixtures("walks")
def test_in_a_transaction_it_fails_once_and_what_comes_after_it_does_not() -> None:
    for _ in range(ASKED_BEFORE_PREPARED + 1):
        lengths_of("Ada")
    change("ALTER TABLE made_up_walks ALTER length TYPE bigint")
    with pytest.raises(NotSupportedError, match="cached plan"), transaction.atomic():
        lengths_of("Ada")
    with transaction.atomic():
        assert lengths_of("Ada") == [7]


@pytest.mark.usefixtures("walks")
def test_nothing_that_was_kept_is_asked_for_after_a_transaction_that_was_given_up() -> None:
    for _ in range(ASKED_BEFORE_PREPARED + 1):
        lengths_of("Ada")
    with transaction.atomic():
        assert lengths_of("Ada") == [7]
        transaction.set_rollback(True)
    for _ in range(ASKED_BEFORE_PREPARED + 1):
        assert lengths_of("Ada") == [7]


@pytest.mark.usefixtures("walks")
def test_without_a_pool_of_its_own_nothing_is_kept() -> None:
    """There a pooler may stand in between, and the next statement comes to another connection."""
    address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    alone = DatabaseWrapper({**connection.settings_dict, **with_options(database_at(address), pool=0)}, "alone")
    try:
        for _ in range(ASKED_BEFORE_PREPARED + 1):
            assert lengths_of("Ada", alone) == [7]
        assert kept(alone) == []
    finally:
        alone.close()
