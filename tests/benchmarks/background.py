"""What each repeated task takes where many people are: `script/benchmark background`.

100,000 made-up people (`--million`, `--few`: a million, 5,000) on a PostgreSQL of its own (`--sqlite`: in a file). All
have an account, a session, letters that they had, and a wish for reminders; one in ten agreed to pool their ratings and
practised ten times, the others twice. Each task runs in a process of its own: first while nobody is due, then with 1 in
100 due. A task that works in slices runs until no slice is left. Told are its seconds, the longest slice, what memory
it took beyond what the process held, and how many queries it asked. It ends with 1 when a task takes longer than the
period in which it comes round, or more than 100 MB. One line of JSON comes last.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django

from tests.benchmarks.storm import say
from tests.pgplugin import put_away, settings_for, start_postgresql

PEOPLE = 1_000_000 if "--million" in sys.argv else 5_000 if "--few" in sys.argv else 100_000
MOST_MEGABYTES = 100.0
ROOM = "-c shared_buffers=1GB -c maintenance_work_mem=256MB"
"""As an operator gives it who has so many."""
FOLDER = Path(tempfile.mkdtemp(prefix="unloop-background-"))
os.environ |= settings_for(FOLDER)
if "--sqlite" not in sys.argv:
    os.environ["DATABASE_URL"] = start_postgresql(FOLDER, ROOM)
os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_POOL": "0"}
os.environ |= {"EMAIL_URL": "dummy:", "LOG_LEVEL": "ERROR"}
Path(os.environ["VAR_DIR"]).mkdir(parents=True, exist_ok=True)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tasks.base import Task  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from accounts.tasks import end_sessions  # noqa: E402
from accounts.work import clock  # noqa: E402
from coaching.reminders import sweep  # noqa: E402
from tests.benchmarks.background_people import make_crowd, make_due  # noqa: E402


@dataclass(frozen=True, kw_only=True)
class Taken:
    seconds: float
    longest: float
    """Seconds of the longest slice."""

    slices: int
    megabytes: float
    queries: int


def main() -> None:
    try:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("load_library", verbosity=0)
        make_crowd(PEOPLE)
        nobody = measure_all("nobody is due")
        make_due(PEOPLE)
        some = measure_all("1 in 100 is due")
    finally:
        connection.close()
        put_away(FOLDER)
    late = sorted({*too_much(nobody), *too_much(some)})
    told = {"people": PEOPLE, "database": connection.vendor, "too_much": late, "none": nobody, "some": some}
    say(json.dumps(told, default=asdict))
    sys.exit(1 if late else 0)


# --- What is measured -------------------------------------------------------------------


def measure_all(name: str) -> dict[str, Taken]:
    say(f"\n{name:<45} seconds  longest   slices       MB  queries")
    acts: dict[str, Callable[[], object]] = {task.name: in_slices(task) for task, _ in clock.schedule()}
    acts["end_sessions"] = in_slices(end_sessions, 1, "no-such-mark")
    acts["reminders_sweep"] = lambda: sweep.drain("nobody", clock=timezone.now, goes_on=lambda: True)
    taken = {}
    for task, act in acts.items():
        taken[task] = apart(act)
        one = taken[task]
        figures = f"{one.seconds:7.2f}  {one.longest:7.2f}  {one.slices:7}  {one.megabytes:7.1f}  {one.queries:7}"
        say(f"{task:<45} {figures}")
    return taken


def in_slices(task: Task[..., Any], *told: Any) -> Callable[[], list[float]]:
    """As a worker does it: the slice that it queues comes next. How many seconds each took."""

    def act() -> list[float]:
        DBTaskResult.objects.all().delete()
        lasted, waiting = [], [(task, {"args": list(told), "kwargs": {}})]
        while waiting:
            one, given = waiting.pop()
            begun = time.perf_counter()
            one.call(*given["args"], **given["kwargs"])
            lasted.append(time.perf_counter() - begun)
            queued = DBTaskResult.objects.filter(task_path=task.module_path)
            waiting += [(task, row.args_kwargs) for row in queued]
            queued.delete()
        return lasted

    return act


def apart(act: Callable[[], object]) -> Taken:
    """In a process of its own, so that nothing is left from the one before."""
    connection.close()
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        with os.fdopen(writes, "w") as answer:
            answer.write(json.dumps(asdict(measured(act))))
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as answer:
        told = answer.read()
    os.waitpid(child, 0)
    return Taken(**json.loads(told))


def measured(act: Callable[[], object]) -> Taken:
    asked = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        nonlocal asked
        asked += 1
        return execute(sql, params, many, context)

    held, begun = peak(), time.perf_counter()
    with connection.execute_wrapper(count):
        lasted = act()
    seconds = time.perf_counter() - begun
    slices = lasted if isinstance(lasted, list) else [seconds]
    more = round(peak() - held, 1)
    return Taken(
        seconds=round(seconds, 3), longest=round(max(slices), 3), slices=len(slices), megabytes=more, queries=asked
    )


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def too_much(taken: dict[str, Taken]) -> list[str]:
    periods = {task.name: every.total_seconds() for task, every in clock.schedule()}
    return [
        task for task, one in taken.items() if one.seconds > periods.get(task, 60.0) or one.megabytes > MOST_MEGABYTES
    ]


if __name__ == "__main__":
    main()
