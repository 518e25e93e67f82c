"""What is one person's is found by an index, in every table that grows with people, and never by reading all of it.

On PostgreSQL the planner is told to read a table whole only where it knows no other way, as with few rows it is right
to do so; what it says then is which indexes there are. `script/benchmark plans` asks it with many rows.
"""

import json
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone

from coaching.models import Person, Practice
from tests.coaching.every_page import MEMBER, VISITOR
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, answer_all
from tests.coaching.test_query_budgets import BUDGETS, OF_MEMBERS, made_much_of
from tests.coaching.walking import open_all, send_all
from tests.plans import asked, big_tables, columns_of_indexes, look_by_index_alone, partial_indexes, read_whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

SYNC = "/practice/sync/"


@pytest.fixture(autouse=True)
def indexes_where_there_are_any(db: None) -> None:
    look_by_index_alone()


def sync(client: Client) -> None:
    item = {"guide": "breathing", "client_id": "made-up-client-id", "started_at": timezone.now().isoformat()}
    told = {"owner": client.get(SYNC).json()["owners"][0], "items": [{**item, "seconds": 240, "tension_before": 7}]}
    answer = client.post(SYNC, json.dumps(told), content_type="application/json")
    assert [one["is"] for one in answer.json()["results"]] == ["kept"]


def test_what_a_test_before_this_one_had_counted_is_forgotten() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite goes by which indexes there are")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        assert big_tables() <= counted(cursor)
        look_by_index_alone()
        assert not big_tables() & counted(cursor)


def counted(cursor: Any) -> set[str]:
    cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= 0")
    return {name for (name,) in cursor.fetchall()}


def test_a_table_that_is_read_whole_is_noticed() -> None:
    [whole] = read_whole(asked(lambda: list(Practice.objects.filter(seconds=5))))
    assert whole.startswith("coaching_practice by ")
    # How the people are found then is for the planner to choose.
    found = read_whole(asked(lambda: list(Person.objects.filter(practices__seconds=5))))
    assert [one for one in found if one.startswith("coaching_practice by ")]
    assert read_whole(asked(lambda: list(Practice.objects.filter(person="nobody")))) == []


def test_what_grows_with_people_is_looked_at() -> None:
    assert {"coaching_practice", "coaching_planitem", "coaching_checkin", "django_session"} <= big_tables()
    assert not [table for table in big_tables() if table.startswith("content_")]


@pytest.mark.parametrize("whose", [VISITOR, MEMBER])
def test_the_pages_of_a_plan_and_a_practice_that_was_done_are_found_by_an_index(client: Client, whose: str) -> None:
    person = {VISITOR: a_visitor, MEMBER: a_member}[whose](client)
    a_plan(person)
    made_much_of(person, 20)

    def visit() -> None:
        for path in BUDGETS if whose == MEMBER else set(BUDGETS) - OF_MEMBERS:
            assert client.get(path).status_code == 200
        sync(client)

    statements = asked(visit)
    assert len(statements) > 15
    assert read_whole(statements) == []


@pytest.mark.long
@pytest.mark.parametrize("whose", [VISITOR, MEMBER])
def test_so_is_all_that_any_page_or_form_asks_for(client: Client, whose: str) -> None:
    person = {VISITOR: a_visitor, MEMBER: a_member}[whose](client)

    def live() -> None:
        answer_all(client)
        send_all(client, open_all(client, person, whose))
        client.get("/my-data/download/")

    a_plan(person)
    made_much_of(person, 20)
    statements = asked(live)
    assert len(statements) > 100
    assert read_whole(statements) == []


# --- No more indexes than are used ----------------------------------------------------------------------------


def indexes_of(table: str) -> dict[tuple[str, ...], list[str]]:
    """Whole ones, by their columns."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name, columns in columns_of_indexes(table).items():
        if name not in partial_indexes():
            found.setdefault(columns, []).append(name)
    return found


def ours() -> list[str]:
    return sorted(model._meta.db_table for model in apps.get_app_config("coaching").get_models())


def test_no_index_of_a_table_of_people_is_the_beginning_of_another() -> None:
    spare = [
        (table, names)
        for table in ours()
        for columns, names in indexes_of(table).items()
        if any(columns and other[: len(columns)] == columns and other != columns for other in indexes_of(table))
    ]
    assert spare == []


def test_a_practice_has_no_index_on_other_columns_than_these() -> None:
    """Ten million of them had 2.3 GB of indexes beside a table of 1.3 GB."""
    assert set(indexes_of("coaching_practice")) == {
        *([("id",)] if connection.vendor == "postgresql" else []),
        ("technique_id",),
        ("person_id", "started_at"),
        ("person_id", "client_id"),
    }
