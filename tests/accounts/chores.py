"""Tasks for the tests of the clock and the worker: each leaves its name in a list."""

import time

from django_tasks import task

done: list[str] = []


@task()
def sweep() -> None:
    done.append("sweep")


@task()
def fail() -> None:
    raise ValueError("this chore always fails")


@task()
def dawdle(seconds: float) -> None:
    time.sleep(seconds)


@task()
def go_on() -> None:
    """As one that is never through, and works in slices."""
    done.append("slice")
    go_on.enqueue()
