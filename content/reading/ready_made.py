"""A question to the database that is put together once, and asked with other values from then on.

Django puts the same SQL together anew for each page, which takes longer than the database takes to answer it. Here it
is put together at the first asking, with a stand-in for each value that changes, and kept for the connection of the
thread. What comes back is what the same query set would give: rows of `values_list`, or rows of a model with all that
`select_related` joins.

    STEPS = ReadyMade(lambda person: Step.objects.filter(person=person).values_list("day", "minutes"), person=str)
    STEPS.rows(person=key)
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import local
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import get_related_populators

Build = Callable[..., QuerySet[Any, Any]]
STAND_INS: dict[type, Callable[[], Any]] = {
    str: lambda: secrets.token_hex(12),
    int: lambda: 20_000 + secrets.randbelow(12_000),
    date: lambda: date(1000, 1, 1) + timedelta(days=secrets.randbelow(100_000)),
    datetime: lambda: datetime(1000, 1, 1, tzinfo=UTC) + timedelta(seconds=secrets.randbelow(10**9)),
}
"""For each kind of value one that stands in no query by itself, and fits into every column of that kind."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """`params` holds the name of a value where one goes in, at the places in `told`."""

    query: QuerySet[Any, Any]
    sql: str
    params: tuple[Any, ...]
    told: tuple[tuple[int, str], ...]
    compiler: Any
    converters: dict[int, Any]
    width: int


class ReadyMade:
    def __init__(self, build: Build, **kinds: type) -> None:
        """`kinds` are the values that `build` takes by name, each a str, an int, a date or a datetime."""
        self.build, self.kinds, self._kept = build, kinds, local()

    def rows(self, **told: Any) -> list[Sequence[Any]]:
        """Of a query set of `values_list`, in its order."""
        return list(_asked(self._made(), self._of_its_kind(told)))

    def objects(self, **told: Any) -> list[Any]:
        """Of a query set of models, each with what is selected with it."""
        made = self._made()
        return list(_objects(made, _asked(made, self._of_its_kind(told))))

    def _of_its_kind(self, told: dict[str, Any]) -> dict[str, Any]:
        """As a field of Django takes it: a key that came as a number is looked for among words as the word."""
        return {
            name: self.kinds[name](value) if self.kinds[name] in (str, int) else value for name, value in told.items()
        }

    def _made(self) -> Made:
        made: Made | None = getattr(self._kept, "made", None)
        if made is None or made.compiler.connection is not connections[made.query.db]:
            made = self._kept.made = self._make()
        return made

    def _make(self) -> Made:
        stand_ins = {name: STAND_INS[kind]() for name, kind in self.kinds.items()}
        query = self.build(**stand_ins)
        compiler = query.query.get_compiler(using=query.db)
        sql, params = compiler.as_sql()
        names = {_adapted(compiler.connection, value): name for name, value in stand_ins.items()}
        told = tuple((place, names[param]) for place, param in enumerate(params) if _is_one_of(param, names))
        if {name for _, name in told} != set(self.kinds):
            raise ValueError(f"The query does not ask for each of {', '.join(self.kinds)}.")
        selected = [one[0] for one in compiler.select[: compiler.col_count]]
        return Made(
            query=query,
            sql=sql,
            params=tuple(params),
            told=told,
            compiler=compiler,
            converters=compiler.get_converters(selected),
            width=compiler.col_count,
        )


def _asked(made: Made, told: dict[str, Any]) -> Iterator[Sequence[Any]]:
    connection, params = made.compiler.connection, list(made.params)
    for place, name in made.told:
        params[place] = _adapted(connection, told[name])
    with connection.cursor() as cursor:
        cursor.execute(made.sql, params)
        rows = cursor.fetchall()
    if rows and len(rows[0]) > made.width:
        rows = [row[: made.width] for row in rows]
    return made.compiler.apply_converters(rows, made.converters) if made.converters else iter(rows)


def _is_one_of(param: Any, names: dict[Any, str]) -> bool:
    try:
        return param in names
    except TypeError:
        return False


def _adapted(connection: Any, value: Any) -> Any:
    """As the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _objects(made: Made, rows: Iterator[Sequence[Any]]) -> Iterator[Any]:
    """As Django's own query set makes them of its rows."""
    compiler, database = made.compiler, made.query.db
    fields = compiler.klass_info["select_fields"]
    first, last = fields[0], fields[-1] + 1
    names = [one[0].target.attname for one in compiler.select[first:last]]
    joined: Any = get_related_populators(compiler.klass_info, compiler.select, database)  # type: ignore[call-arg]
    for row in rows:
        made_of_it = compiler.klass_info["model"].from_db(database, names, row[first:last])
        for one in joined:
            one.populate(row, made_of_it)
        for name, place in compiler.annotation_col_map.items():
            setattr(made_of_it, name, row[place])
        yield made_of_it
