"""When a letter of a series is somebody's, beyond time alone. The app that knows registers how to tell.

A finder is handed the people who may be written to, and answers those of them for whom the occasion holds, as a
queryset: it becomes part of one statement. With `lesson`, only those for whom that lesson of the course has opened.
An occasion that nobody registered never holds.

The finders of an app may ask much of the database for each person. So it may also register a look: for as long as
that is open, its finders answer for some people only, those whose turn to be looked at it is. One look a minute goes on
where the one before ended, and comes to each person about once a day.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import Occasion, Subscriber

Finder = Callable[[QuerySet[Subscriber], datetime, int | None], QuerySet[Subscriber]]
Look = Callable[[datetime], AbstractContextManager[object]]
_finders: dict[Occasion, Finder] = {}
_looks: dict[str, Look] = {}


def register(occasion: Occasion, finder: Finder) -> None:
    _finders[occasion] = finder


def register_look(app: str, look: Look) -> None:
    _looks[app] = look


@contextmanager
def looking(at: datetime) -> Iterator[None]:
    with ExitStack() as stack:
        for look in _looks.values():
            stack.enter_context(look(at))
        yield


def those_at(
    occasion: Occasion, people: QuerySet[Subscriber], *, at: datetime, lesson: int | None = None
) -> QuerySet[Subscriber]:
    finder = _finders.get(occasion)
    return finder(people, at, lesson) if finder else people.none()
