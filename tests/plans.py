"""Which rows a statement reads to find those that it wants: told by the database itself, on SQLite and on PostgreSQL.

A table in which there are rows of every person (`big_tables`) is never read from end to end for one of them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

ROOTS = ("coaching.Person", "accounts.User", "accounts.Subscriber", "sessions.Session")
OF_THE_LIBRARY = ("content.", "admin.", "auth.", "contenttypes.")
OF_FEW = {
    *("accounts.Edition", "accounts.SeriesLetter", "accounts.SubscriberImport", "accounts.ImportChunk"),
    *("accounts.ImportRow", "accounts.User_groups", "accounts.User_user_permissions"),
}
"""They name somebody of the staff, and there are few of them."""

READS = ("SELECT", "UPDATE", "DELETE")
NUMBERS = re.compile(r"\d+|IN \([^)]*\)|'[^']*'")
ALIAS = re.compile(r'"(\w+)" (?:AS )?"?([A-Z]\d+)\b')


@dataclass(frozen=True, kw_only=True)
class Read:
    """How a statement finds rows of one table: by which index, and by nothing where it reads them all."""

    table: str
    way: str
    index: str
    is_whole: bool


def big_tables() -> frozenset[str]:
    found = [apps.get_model(label) for label in ROOTS]
    others = [model for model in apps.get_models(include_auto_created=True) if not _is_of_few(model)]
    while more := [model for model in others if model not in found and _parents(model) & set(found)]:
        found += more
    return frozenset(model._meta.db_table for model in found)


def _is_of_few(model: type[models.Model]) -> bool:
    return model._meta.label.startswith(OF_THE_LIBRARY) or model._meta.label in OF_FEW


def _parents(model: type[models.Model]) -> set[Any]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}


def asked(act: Callable[[], object]) -> list[tuple[str, Any]]:
    """Each kind of statement about a big table once, as it was first made."""
    found: dict[str, tuple[str, Any]] = {}
    big = big_tables()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if sql.lstrip("( ").startswith(READS) and any(f'"{table}"' in sql for table in big):
            found.setdefault(NUMBERS.sub("", sql), (sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    return list(found.values())


def look_by_index_alone() -> None:
    """Until the transaction ends, PostgreSQL reads a table whole only where it knows no other way.

    Of a table nobody has counted it takes ten pages of rows to be there, and looks for one of them by an index. A test
    before this one that made an index, or had tables counted, has it know that there are next to none.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            tables = [sorted(big_tables())]
            cursor.execute("DELETE FROM pg_statistic WHERE starelid = ANY(%s::regclass[])", tables)
            cursor.execute("UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE oid = ANY(%s::regclass[])", tables)


def read_whole(statements: list[tuple[str, Any]]) -> list[str]:
    """What a statement reads from end to end, and by which index."""
    return [
        f"{read.table} by {read.way} {read.index}: {sql}"
        for sql, params in statements
        for read in reads(sql, params)
        if read.is_whole and not (connection.vendor == "postgresql" and read.index in partial_indexes())
    ]


def partial_indexes() -> set[str]:
    """Where there are few rows, the planner goes over all of an index that holds even fewer. With many it does not."""
    meant = [each for model in apps.get_models() for each in (*model._meta.constraints, *model._meta.indexes)]
    return {each.name for each in meant if getattr(each, "condition", None)}


def reads(sql: str, params: Any) -> list[Read]:
    """Of big tables alone."""
    found = _on_postgresql(sql, params) if connection.vendor == "postgresql" else _on_sqlite(sql, params)
    big = big_tables()
    return [one for one in found if one.table in big]


# --- PostgreSQL -------------------------------------------------------------------------


def _on_postgresql(sql: str, params: Any) -> Iterator[Read]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        [[[plan]]] = cursor.fetchall()
    for node in nodes_of(plan["Plan"]):
        if "Relation Name" in node and node["Node Type"] != "ModifyTable":
            # The rows of a bitmap are told by the index below it.
            below = [one for one in nodes_of(node) if "Index Name" in one]
            is_led = any("Index Cond" in one for one in below) or node["Node Type"] == "Tid Scan"
            index = ", ".join(str(one["Index Name"]) for one in below)
            yield Read(table=node["Relation Name"], way=node["Node Type"], index=index, is_whole=not is_led)


def nodes_of(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes_of(inner)


# --- SQLite -----------------------------------------------------------------------------


def _on_sqlite(sql: str, params: Any) -> Iterator[Read]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        steps = [row[-1] for row in cursor.fetchall()]
    named = {alias: table for table, alias in ALIAS.findall(sql)}
    for step in steps:
        if match := re.match(r"(SCAN|SEARCH) (?:TABLE )?(\w+)(?:.* (?:INDEX|KEY) (\w*))?", step):
            way, table, index = match.groups()
            yield Read(table=named.get(table, table), way=way, index=index or "", is_whole=way == "SCAN")


# --- What indexes there are -------------------------------------------------------------


def columns_of_indexes(table: str) -> dict[str, tuple[str, ...]]:
    """Of a table of SQLite, the key of its rows is none."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            known: dict[str, Any] = {**connection.introspection.get_constraints(cursor, table)}
            kinds = ("index", "unique", "primary_key")
            return {name: tuple(told["columns"]) for name, told in known.items() if any(told[kind] for kind in kinds)}
        cursor.execute(f"PRAGMA index_list({table})")
        names = [row[1] for row in cursor.fetchall()]
        return {name: _columns_on_sqlite(cursor, name) for name in names}


def _columns_on_sqlite(cursor: Any, index: str) -> tuple[str, ...]:
    cursor.execute(f"PRAGMA index_info({index})")
    return tuple(row[2] for row in cursor.fetchall())
