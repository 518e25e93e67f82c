"""What PostgreSQL reads while somebody opens every page and sends every form, told by its own plans.

For whoever has set Django up: `plans` and `growth`.
"""

from collections.abc import Callable
from functools import cache

from django.db import connection, transaction
from django.test import Client

from accounts.members.personal_data import erase
from tests.coaching.every_page import MEMBER, VISITOR
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, answer_all
from tests.coaching.test_query_budgets import made_much_of
from tests.coaching.test_rows_of_a_person import sync
from tests.coaching.walking import open_all, send_all
from tests.plans import Read, asked, reads

Seen = list[tuple[str, list[Read]]]
"""Statements, and what each reads."""


def seen_of(whose: str, practices: int) -> Seen:
    """Nothing of it is kept."""
    with transaction.atomic():
        statements = seen(lambda: live(whose, practices))
        transaction.set_rollback(True)
    return statements


def live(whose: str, practices: int) -> None:
    client = Client(SERVER_NAME="localhost")
    person = {VISITOR: a_visitor, MEMBER: a_member}[whose](client)
    a_plan(person)
    made_much_of(person, practices)
    answer_all(client)
    forms = open_all(client, person, whose)
    sync(client)
    client.get("/my-data/download/")
    send_all(client, forms)
    if person.user:
        erase(person.user)


def seen(act: Callable[[], object]) -> Seen:
    return [(sql, reads(sql, params)) for sql, params in asked(act)]


def read_whole(statements: Seen, people: int) -> list[str]:
    """Statements that read a table from end to end in which there is a row of everybody."""
    return [sql for sql, ways in statements if any(read.is_whole and rows_of(read.table) >= people for read in ways)]


@cache
def rows_of(table: str) -> int:
    """Of a few rows it is right to read them all."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 (our own names)
        return int(cursor.fetchone()[0])


def line_of(read: Read) -> str:
    return f"{read.table:<32} {read.way:<18} {read.index}{' (whole)' if read.is_whole else ''}"
