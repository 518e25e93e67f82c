"""When a letter of a series is somebody's, beyond time alone. The app that knows registers how to tell.

A finder is handed the people who may be written to, and answers those of them for whom the occasion holds, as a
queryset: it becomes part of one statement. With `lesson`, only those for whom that lesson of the course has opened.
An occasion that nobody registered never holds.
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import Occasion, Subscriber

Finder = Callable[[QuerySet[Subscriber], datetime, int | None], QuerySet[Subscriber]]
_finders: dict[Occasion, Finder] = {}


def register(occasion: Occasion, finder: Finder) -> None:
    _finders[occasion] = finder


def those_at(
    occasion: Occasion, people: QuerySet[Subscriber], *, at: datetime, lesson: int | None = None
) -> QuerySet[Subscriber]:
    finder = _finders.get(occasion)
    return finder(people, at, lesson) if finder else people.none()
