"""When the library last changed for readers: what is kept of its pages is as old as this.

Asked at most once a second a process, in words that are made once, so that a change shows in every process within a
second and a page costs no question of its own.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from time import monotonic
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from content.core.vocabulary import Status

ASKED_AGAIN = timedelta(seconds=1)
"""How long an answer stands for whoever asks the same in this process."""

LONGEST_KEPT = 300
"""Seconds after which what is kept of the library is made anew, changed or not: a row of SQLite may be changed around
its model, and the clocks of several servers may differ."""


def span() -> int:
    """A number that is another one every LONGEST_KEPT: whatever is kept of the library has it in its stamp."""
    return int(monotonic() // LONGEST_KEPT)


class AskedOnceASecond:
    """A question to the database whose last answer stands for a second, or until somebody has seen a change."""

    change_seen: object = object()
    """Another one each time that somebody has seen a change."""

    def __init__(self, ask: Callable[[datetime], tuple]) -> None:
        self.ask = ask
        self.last: tuple[datetime, tuple, object] | None = None

    def __call__(self, at: datetime) -> tuple:
        # Another thread may do the same at this moment: each returns what it read itself.
        last, seen = self.last, AskedOnceASecond.change_seen
        if last is None or last[2] is not seen or not last[0] <= at < last[0] + ASKED_AGAIN:
            # What was asked for before a change was seen stands under what was seen before it.
            last = self.last = (at, self.ask(at), seen)
        return last[1]


def ask_anew() -> None:
    """Whoever has seen that the library changed: no answer from before it stands any longer."""
    AskedOnceASecond.change_seen = object()


def answer_to(columns: Iterable[str], told: Iterable[Any] = ()) -> tuple:
    """One row, as the driver gives it: it is compared, and never read."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}", list(told))
        return tuple(cursor.fetchone() or ())


SHOWN_NOWHERE = frozenset({"Version", "PictureOriginal", "PictureFile"})
"""Tables of the library that no page for readers reads; the name of a picture's file says what is in it."""


def shown() -> tuple[type[Model], ...]:
    """Every table of the library that a page for readers may show something of."""
    library = apps.get_app_config("content").get_models(include_auto_created=True)
    return tuple(model for model in library if model.__name__ not in SHOWN_NOWHERE)


def marks_of(model: type[Model], vendor: str) -> Iterator[str]:
    """Columns to select that change with its rows; each %s is the moment at which it is asked what is due.

    On PostgreSQL each row says by which change it was written, so that none is overlooked, however it came about; on
    SQLite each says when it was last saved.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    fields = {field.name for field in model._meta.concrete_fields}
    written = _written_on_postgresql(fields) if vendor == "postgresql" else _written(fields)
    yield f"(SELECT {written} FROM {table})"  # noqa: S608 (our own names)
    if {"status", "publish_at"} <= fields:
        seen = f"status = '{Status.PUBLISHED.value}' AND publish_at <= %s"
        yield f"(SELECT count(*) FROM {table} WHERE {seen})"  # noqa: S608 (our own names)
        yield f"(SELECT max(publish_at) FROM {table} WHERE {seen})"  # noqa: S608 (our own names)


def _written_on_postgresql(fields: set[str]) -> str:
    """By which transaction each row was written last, and the newest: one transaction may write a row twice."""
    newest = " || ':' || coalesce(max(updated)::text, '')" if "updated" in fields else ""
    begun = " || ':' || count(started_at)" if "page_html" in fields else ""
    return f"count(*) || ':' || coalesce(sum(xmin::text::bigint), 0){newest}{begun}"


def _written(fields: set[str]) -> str:
    """Newest and sum: of two that are saved at once, the older may be seen later."""
    if "updated" in fields:
        return "count(*) || ':' || coalesce(max(updated), '') || ':' || total(julianday(updated) - 2461000)"
    if "page_html" in fields:
        begun = "count(started_at) || ':' || total(julianday(started_at) - 2461000)"
        return f"count(*) || ':' || {begun} || ':' || total(length(page_html) + length(subject))"
    return "count(*) || ':' || " + ("coalesce(max(made_at), '')" if "made_at" in fields else "total(id)")


@cache
def _all_marks(vendor: str) -> tuple[str, ...]:
    return tuple(mark for model in shown() for mark in marks_of(model, vendor))


def _ask_of_all(at: datetime) -> tuple:
    marks = _all_marks(connection.vendor)
    due = connection.ops.adapt_datetimefield_value(at)
    return answer_to(marks, [due] * sum("%s" in mark for mark in marks))


library_stamp = AskedOnceASecond(_ask_of_all)
"""Changes with whatever a page may show of the library."""
