"""Tasks for the tests of the clock and the worker: each leaves its name in a list."""

import time
from pathlib import Path

from django_tasks import task

done: list[str] = []


@task()
def sweep() -> None:
    done.append("sweep")


@task()
def fail() -> None:
    raise ValueError("this chore always fails")


@task()
def dawdle(until: str) -> None:
    """Until there is a file of this name."""
    while not Path(until).exists():
        time.sleep(0.02)


@task()
def go_on() -> None:
    """As one that is never through, and works in slices."""
    done.append("slice")
    go_on.enqueue()
