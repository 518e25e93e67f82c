"""No repeated task does much at once, however many are due: it works in slices, and each changes few rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from accounts.tasks import end_sessions
from accounts.work import clock, slices, walks
from coaching import resealing
from tests.benchmarks import background_people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PEOPLE = 1_100
"""More than any step takes at once."""

MOST_ROWS, MOST_STATEMENTS, SLICES = 1_000, 500, 3
TASKS = {task.name: task for task, _ in clock.schedule()} | {"end_sessions": end_sessions}
TOLD = {"end_sessions": [1, "no-such-mark"]}


@dataclass(frozen=True, kw_only=True)
class Slice:
    statements: int
    most_rows: int
    """That one statement wrote or took away."""


@pytest.fixture
def everybody_is_due(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(background_people, "ONE_IN_100", "true")
    monkeypatch.setattr(background_people, "AGREED", "n % 100 = 0")
    monkeypatch.setattr(resealing.Looked, "all_is_sealed", False)
    background_people.make_crowd(PEOPLE)
    background_people.make_due(PEOPLE)
    yield
    walks._known.clear()


@pytest.fixture
def slices_that_end_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock is three seconds after the one before: one step is done, then time is over."""
    clock_of_slices = count(step=3)
    monkeypatch.setattr(slices, "monotonic", lambda: float(next(clock_of_slices)))


def the_first_slices_of(task: Task[..., Any], told: list[Any]) -> list[Slice]:
    done: list[Slice] = []
    while len(done) < SLICES:
        DBTaskResult.objects.all().delete()
        done.append(a_slice_of(task, told))
        again = DBTaskResult.objects.filter(task_path=task.module_path).first()
        if again is None:
            break
        told = again.args_kwargs["args"]
    return done


def a_slice_of(task: Task[..., Any], told: list[Any]) -> Slice:
    rows: list[int] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        result = execute(sql, params, many, context)
        rows.append(0 if sql.lstrip("( ").startswith("SELECT") else context["cursor"].rowcount)
        return result

    with connection.execute_wrapper(note):
        task.call(*told)
    return Slice(statements=len(rows), most_rows=max(rows, default=0))


@pytest.mark.usefixtures("everybody_is_due", "slices_that_end_at_once")
def test_no_slice_of_a_repeated_task_changes_many_rows_or_asks_much() -> None:
    done = {name: the_first_slices_of(task, TOLD.get(name, [])) for name, task in TASKS.items()}
    too_long = {name: of_task for name, of_task in done.items() if any(is_long(one) for one in of_task)}
    assert too_long == {}
    assert len([name for name, of_task in done.items() if len(of_task) > 1]) > len(TASKS) / 2


def is_long(one: Slice) -> bool:
    return one.statements > MOST_STATEMENTS or one.most_rows > MOST_ROWS
