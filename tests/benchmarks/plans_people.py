"""Everybody of `plans` gets what one made-up person has in every table: copied by the database, on PostgreSQL."""

from typing import Any

from django.contrib.sessions.models import Session
from django.core.management.color import no_style
from django.db import connection, models

from accounts.models import Edition, Subscriber, User
from coaching.models import Person
from content.models import Lesson, Technique
from tests.accounts.people import make_subscriber, make_user
from tests.coaching.test_erasing_leaves_nothing import MODELS, filled, parents
from tests.coaching.whole_people import a_whole_person

HIGHEST = 2_000_000_000
"""Some keys have 31 bits."""

ROWS = 3
"""Of a table for each person, at most, where nothing else is said."""

LEFT_OPEN = """
UPDATE coaching_intake SET finished_at = NULL WHERE id IN (SELECT max(id) FROM coaching_intake GROUP BY person_id)
AND id / %s %% 5 = 0
"""
"""One in five never came to the end of the questions. While nobody is open, PostgreSQL finds who is by reading all of
an index that is empty, which is right there and nowhere else."""

ROOTS = {User: "n", Subscriber: "n", Person: "token", Session: "token"}
"""Who is there already, and by which key the person of each number is known."""


def copy_to_everybody(people: int, rows: int = ROWS) -> None:
    """Into every table in which not everybody has a row so far."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), MODELS):
            cursor.execute(statement)
    person = a_whole_person(make_user("whole@example.org"))
    known: dict[Any, Any] = {Person: person, User: person.user, Subscriber: make_subscriber("whole@example.org")}
    known |= {model: model._default_manager.first() for model in (Technique, Lesson, Edition, Session)}
    fill_the_rest(known)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # Nobody checks each key: all are there in the end.
        for model in MODELS:
            if model not in ROOTS and model._default_manager.count() < people:
                cursor.execute(_copy(model, rows, apart(people)))
        cursor.execute("SET session_replication_role = origin")
        cursor.execute(LEFT_OPEN, [apart(people)])


def apart(people: int) -> int:
    """Between the keys of what one person has and the next: far above whatever the sequences give out."""
    return min(100_000, HIGHEST // people)


def fill_the_rest(known: dict[Any, Any]) -> None:
    """One row in each table that the person lacks so far."""
    known |= {model: row for model in MODELS if model not in known and (row := model._default_manager.first())}
    rest = [model for model in MODELS if model not in known]
    while ready := [model for model in rest if set(parents(model, needed=True)) <= set(known)]:
        known |= {model: filled(model, known) for model in ready}
        rest = [model for model in rest if model not in known]


def _copy(model: type[models.Model], rows: int, between: int) -> str:
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field, between) for field in fields)
    table = model._meta.db_table
    newest = f'(SELECT * FROM {table} ORDER BY "{model._meta.pk.column}" DESC LIMIT {rows})'  # noqa: S608
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {newest} r, numbers"  # noqa: S608


def _value(field: Any, between: int) -> str:
    if field.is_relation and field.related_model in ROOTS:
        return ROOTS[field.related_model]
    if isinstance(field, models.AutoField) or (field.is_relation and field.related_model in MODELS):
        return f'r."{field.column}" + n * {between}'
    if field.unique:
        return "left('x' || token, 12)" if field.max_length < 40 else "'x' || token"  # the start of a sum is enough
    if isinstance(field, models.EmailField):
        return f"""'x' || n || r."{field.column}\""""
    return f'r."{field.column}"'
