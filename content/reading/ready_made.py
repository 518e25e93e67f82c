"""A question to the database that is put together once, and asked with other values from then on; a change likewise.

Django puts the same SQL together anew for each page, which takes longer than the database takes to answer it. Here it
is put together at the first asking, with a stand-in for each value that changes, and kept for the connection of the
thread. What comes back is what the same query set would give: rows of `values_list`, or rows of a model with all that
`select_related` joins.

    STEPS = ReadyMade(lambda person: Step.objects.filter(person=person).values_list("day", "minutes"), person=str)
    STEPS.rows(person=key)

A change is told as the rows and what they become, and a row that is put in as its model:

    MOVE = ReadyUpdate(lambda step, day: (Step.objects.filter(pk=step), {"day": day}), step=int, day=date)
    MOVE.change(step=7, day=today)
    ONCE = ReadyInsert(lambda: Step, unless=("person", "day"))
    ONCE.put_in(Step(person=person, day=day, minutes=5))
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from threading import local
from typing import Any

from django.db import connections, transaction
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.transaction import TransactionManagementError

Build = Callable[..., QuerySet[Any, Any]]
Change = Callable[..., tuple[QuerySet[Any, Any], dict[str, Any]]]
STAND_INS: dict[type, Callable[[], Any]] = {
    str: lambda: secrets.token_hex(12),
    int: lambda: 20_000 + secrets.randbelow(12_000),
    date: lambda: date(1000, 1, 1) + timedelta(days=secrets.randbelow(100_000)),
    datetime: lambda: datetime(1000, 1, 1, tzinfo=UTC) + timedelta(seconds=secrets.randbelow(10**9)),
}
"""For each kind of value one that stands in no query by itself, and fits into every column of that kind."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """`params` holds the name of a value where one goes in, at the places in `told`."""

    connection: Any
    sql: str
    params: tuple[Any, ...]
    told: tuple[tuple[int, str], ...]

    def with_values(self, told: dict[str, Any]) -> list[Any]:
        params = list(self.params)
        for place, name in self.told:
            params[place] = _adapted(self.connection, told[name])
        return params


@dataclass(frozen=True, kw_only=True)
class Made(Statement):
    """A question."""

    query: QuerySet[Any, Any]
    compiler: Any
    converters: dict[int, Any]
    width: int
    holds: bool

    @cached_property
    def objects(self) -> tuple[type[Model], int, int, list[str], Any]:
        """Of which model rows become objects, of which of their columns, and what fills the models that are joined."""
        info, select = self.compiler.klass_info, self.compiler.select
        first, after = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [one[0].target.attname for one in select[first:after]]
        joined: Any = get_related_populators(info, select, self.query.db)  # type: ignore[call-arg]
        return info["model"], first, after, names, joined


class _Ready:
    """What is kept for each thread, as long as its connection stands; `kinds` are the values that go in by name."""

    def __init__(self, kinds: dict[str, type]) -> None:
        self.kinds, self._kept = kinds, local()

    def of_its_kind(self, told: dict[str, Any]) -> dict[str, Any]:
        """As a field of Django takes it: a key that came as a number is looked for among words as the word."""
        return {name: _of_kind(self.kinds[name], value) for name, value in told.items()}

    def kept(self, make: Callable[[], Any]) -> Any:
        made: Statement | None = getattr(self._kept, "made", None)
        if made is None or made.connection is not connections[made.connection.alias]:
            made = self._kept.made = make()
        return made

    def stand_ins(self) -> dict[str, Any]:
        """One for each, no two of them the same."""
        while True:
            drawn = {name: STAND_INS[kind]() for name, kind in self.kinds.items()}
            if len(set(drawn.values())) == len(drawn):
                return drawn

    def places(self, connection: Any, params: Sequence[Any], stand_ins: dict[str, Any]) -> tuple[tuple[int, str], ...]:
        names = {_adapted(connection, value): name for name, value in stand_ins.items()}
        told = tuple((place, names[param]) for place, param in enumerate(params) if _is_one_of(param, names))
        if {name for _, name in told} != set(self.kinds):
            raise ValueError(f"The query does not ask for each of {', '.join(self.kinds)}.")
        return told


class ReadyMade(_Ready):
    def __init__(self, build: Build, **kinds: type) -> None:
        """`kinds` are the values that `build` takes by name, each a str, an int, a date or a datetime."""
        super().__init__(kinds)
        self.build = build

    def rows(self, **told: Any) -> list[Sequence[Any]]:
        """Of a query set of `values_list`, in its order."""
        return list(_asked(self._made(), self.of_its_kind(told)))

    def objects(self, **told: Any) -> list[Any]:
        """Of a query set of models, each with what is selected with it."""
        made = self._made()
        return list(_objects(made, _asked(made, self.of_its_kind(told))))

    def objects_of(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        """The same of rows that another question brought along: the values of the columns of this one, in its order."""
        return list(_objects(self._made(), rows))

    def one_with_many(self, name: str, **told: Any) -> tuple[Any, list[Any]]:
        """Of a query set about one row of a model, and as many as are joined to it by `name`: that one, or None, and
        those. Each row that comes back says the same of the one, which is made an object once."""
        made = self._made()
        return _one_with_many(made, list(_asked(made, self.of_its_kind(told))), name)

    def _made(self) -> Made:
        made: Made = self.kept(self._make)
        return made

    def _make(self) -> Made:
        stand_ins = self.stand_ins()
        query = self.build(**stand_ins)
        compiler = query.query.get_compiler(using=query.db)
        sql, params = compiler.as_sql()
        selected = [one[0] for one in compiler.select[: compiler.col_count]]
        return Made(
            connection=compiler.connection,
            query=query,
            sql=sql,
            params=tuple(params),
            told=self.places(compiler.connection, params, stand_ins),
            compiler=compiler,
            converters=compiler.get_converters(selected),
            width=compiler.col_count,
            holds=query.query.select_for_update,
        )


class ReadyUpdate(_Ready):
    def __init__(self, build: Change, **kinds: type) -> None:
        """`build` gives the rows, all of one table, and what their columns become."""
        super().__init__(kinds)
        self.build = build

    def change(self, **told: Any) -> int:
        """How many rows there were to change."""
        made: Statement = self.kept(self._make)
        with _cursor(made.connection) as cursor:
            cursor.execute(made.sql, made.with_values(self.of_its_kind(told)))
            return int(cursor.rowcount)

    def _make(self) -> Statement:
        stand_ins = self.stand_ins()
        rows, values = self.build(**stand_ins)
        query: Any = rows.query.chain(UpdateQuery)
        query.add_update_values(values)
        compiler = query.get_compiler(using=rows.db)
        sql, params = compiler.as_sql()
        told = self.places(compiler.connection, params, stand_ins)
        return Statement(connection=compiler.connection, sql=sql, params=tuple(params), told=told)


class ReadyInsert:
    def __init__(self, model: Callable[[], type[Model]], *, unless: Sequence[str], then: str = "") -> None:
        """`unless` are the fields of a constraint of the model by which no two rows are the same.

        `then` is a statement in SQL that comes with each row that is put in: it reads the key of that row from a table
        `made`, and returns one row. Both are done or neither. PostgreSQL does both as one statement, which needs no
        transaction around it: it is asked once, where it would be asked four times.
        """
        self.model, self.unless, self.then, self._made = model, unless, then, dict[str, tuple[str, list[Any]]]()

    def put_in(self, row: Model, *told: Any) -> Sequence[Any] | None:
        """None, and nothing is written, where the same is there already; else its key and what `then` returns, for
        which the values are `told`. No signal is sent."""
        connection = connections[type(row)._default_manager.db]
        if connection.alias not in self._made:
            self._made[connection.alias] = self._make(connection)
        sql, fields = self._made[connection.alias]
        values = [field.pre_save(row, add=True) for field in fields]
        params = [
            None if value is None else field.get_db_prep_save(value, connection)
            for field, value in zip(fields, values, strict=True)
        ]
        returned: Sequence[Any] | None = self._put_in(connection, sql, params, told)
        if returned is not None:
            row.pk, row._state.adding, row._state.db = returned[0], False, connection.alias
        return returned

    def follow(self, row: Model, *told: Any) -> Sequence[Any]:
        """What `then` does and returns, for a row that was put in by another way in the same transaction."""
        returned: Sequence[Any] = self._follow(connections[type(row)._default_manager.db], row.pk, told)
        return returned

    def _follow(self, connection: Any, key: Any, told: Sequence[Any]) -> Any:
        alone = f"WITH made (id) AS (SELECT CAST(%s AS bigint)) {self.then}"
        return _one(connection, alone, [key, *(_adapted(connection, value) for value in told)])

    def _put_in(self, connection: Any, sql: str, params: list[Any], told: Sequence[Any]) -> Any:
        if not self.then or _does_both_at_once(connection):
            return _one(connection, sql, [*params, *(_adapted(connection, value) for value in told)])
        with transaction.atomic(using=connection.alias):
            returned = _one(connection, sql, params)
            if returned is None:
                return None
            return (*returned, *self._follow(connection, returned[0], told))

    def _make(self, connection: Any) -> tuple[str, list[Any]]:
        meta, quoted = self.model()._meta, connection.ops.quote_name
        fields: list[Any] = [field for field in meta.concrete_fields if not field.primary_key]
        query = InsertQuery(self.model())
        query.insert_values(fields, [self.model()()], raw=True)
        [(sql, _)] = query.get_compiler(using=connection.alias).as_sql()
        same = ", ".join(quoted(meta.get_field(name).column) for name in self.unless)  # type: ignore[union-attr]
        sql = f"{sql} ON CONFLICT ({same}) DO NOTHING RETURNING {quoted(meta.pk.column)}"
        if self.then and _does_both_at_once(connection):
            sql = f"WITH made (id) AS ({sql}), told AS ({self.then}) SELECT made.id, told.* FROM made, told"  # noqa: S608 - our own words
        return sql, fields


def _does_both_at_once(connection: Any) -> bool:
    """SQLite writes in the last part of a statement alone. Nor is it far: it is asked in this very process."""
    return bool(connection.vendor == "postgresql")


def _one(connection: Any, sql: str, params: Sequence[Any]) -> Any:
    with _cursor(connection) as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()


def _cursor(connection: Any) -> Any:
    """One whose server keeps what it is asked, where it can (`config/machine/postgresql`)."""
    open_one = getattr(connection, "prepared_cursor", None) or connection.cursor
    return open_one()


def _asked(made: Made, told: dict[str, Any]) -> Iterator[Sequence[Any]]:
    if made.holds and not made.connection.in_atomic_block:
        raise TransactionManagementError("Rows are held until a transaction ends, and there is none.")
    with _cursor(made.connection) as cursor:
        cursor.execute(made.sql, made.with_values(told))
        rows = cursor.fetchall()
    if rows and len(rows[0]) > made.width:
        rows = [row[: made.width] for row in rows]
    return made.compiler.apply_converters(rows, made.converters) if made.converters else iter(rows)


def _of_kind(kind: type, value: Any) -> Any:
    return kind(value) if kind in (str, int) and value is not None else value


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


def _objects(made: Made, rows: Iterable[Sequence[Any]]) -> Iterator[Any]:
    """As Django's own query set makes them of its rows."""
    model, first, after, names, joined = made.objects
    for row in rows:
        made_of_it = model.from_db(made.query.db, names, row[first:after])
        for one in joined:
            one.populate(row, made_of_it)
        for name, place in made.compiler.annotation_col_map.items():
            setattr(made_of_it, name, row[place])
        yield made_of_it


def _one_with_many(made: Made, rows: list[Sequence[Any]], name: str) -> tuple[Any, list[Any]]:
    if not rows:
        return None, []
    model, first, after, names, joined = made.objects
    one = model.from_db(made.query.db, names, rows[0][first:after])
    many: list[Any] = []
    fills = list(joined)
    for row in rows:
        for part in fills:
            part.populate(row, one)
            if name in vars(one):
                # What is joined besides has come with this first row, as it comes with all.
                fills = [part]
                many.append(vars(one).pop(name))
    return one, many
