"""Tells the letters who has come to which point of the course: only of those who asked to be written to about it.

What is true of somebody changes with the day and with what they do. So each look, one a minute, takes up those whom
none has seen for a day, found by an index, and no more of them at once than it can go through in some seconds. Whoever
has not been here for long is looked at every few days.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from accounts.core.letters.course_letters import GONE_AFTER, CourseFacts, occasions
from accounts.letters.occasions import register, register_look
from accounts.models import Consent, ConsentKind, Occasion, Subscriber
from coaching.lessons.course_runs import open_lesson
from coaching.models import CourseRun, LessonProgress, Person
from content.models import Lesson

COURSE = [Occasion.LESSON_OPEN, Occasion.AWAY, Occasion.WELL_DONE, Occasion.LAST_LESSON]
AtOccasion = Callable[[QuerySet[Subscriber], datetime, int | None], QuerySet[Subscriber]]
AT_A_LOOK = 2000
AGAIN, AGAIN_WHEN_GONE = timedelta(days=1), timedelta(days=3)
_seen: ContextVar[list[tuple[int, CourseFacts]] | None] = ContextVar("seen", default=None)


def announce() -> None:
    register_look("coaching", look)
    for occasion in COURSE:
        register(occasion, finder_of(occasion))


@contextmanager
def look(at: datetime) -> Iterator[None]:
    """While it is open, the finders know of those alone whose turn it is. If it breaks off, their turn stays."""
    those = list(Person.objects.whose_letters_are_due(at.date()).values_list("pk", flat=True)[:AT_A_LOOK])
    token = _seen.set(list(_facts(at, those)) if those else [])
    try:
        yield
    finally:
        _seen.reset(token)
    _look_again_later(those, at=at)


def _look_again_later(those: list[str], *, at: datetime) -> None:
    if those:
        here = Q(seen_on__gte=(at - timedelta(days=GONE_AFTER)).date())
        people = Person.objects.filter(pk__in=those)
        people.filter(~here).update(letters_look_on=(at + AGAIN_WHEN_GONE).date())
        people.filter(here).update(letters_look_on=(at + AGAIN).date())


def finder_of(occasion: Occasion) -> AtOccasion:
    def find(people: QuerySet[Subscriber], at: datetime, lesson: int | None) -> QuerySet[Subscriber]:
        seen = _seen.get()
        facts_of = _facts(at) if seen is None else seen
        users = [user for user, facts in facts_of if _is_at(occasion, facts, at, lesson)]
        return people.filter(user__in=users)

    return find


def _is_at(occasion: Occasion, facts: CourseFacts, at: datetime, lesson: int | None) -> bool:
    return occasion in occasions(facts, at.date()) and lesson in (None, facts.open_lesson)


def _facts(at: datetime, among: Iterable[str] | None = None) -> Iterator[tuple[int, CourseFacts]]:
    """Of everybody, or of those, who asked for these letters and has done something within the time that counts."""
    lessons = set(Lesson.objects.published(at).course().values_list("course", flat=True))
    asked = Consent.objects.standing().filter(kind=ConsentKind.COURSE_LETTERS).values("user")
    people = Person.objects.filter(user__in=asked, seen_on__gte=(at - timedelta(days=GONE_AFTER)).date())
    if among is not None:
        people = people.filter(pk__in=among)
    done, runs = _done_by(people), _runs_of(people)
    for person, user, seen_on in people.values_list("pk", "user_id", "seen_on").iterator():
        if marks := done.get(person):
            numbers = set(marks)
            yield (
                user,
                CourseFacts(
                    lessons=len(lessons),
                    done=len(numbers),
                    last_done_on=max(marks.values()).date(),
                    active_on=seen_on,
                    open_lesson=open_lesson(runs.get(person), numbers, lessons, at.date()),
                ),
            )


def _done_by(people: QuerySet[Person]) -> dict[Any, dict[int, datetime]]:
    """Person -> place in the course of each lesson they finished, and when."""
    rows = LessonProgress.objects.filter(person__in=people, done_at__isnull=False, lesson__course__isnull=False)
    done_by: dict[Any, dict[int, datetime]] = defaultdict(dict)
    for person, course, done_at in rows.values_list("person_id", "lesson__course", "done_at").iterator():
        if course and done_at:
            done_by[person][course] = done_at
    return done_by


def _runs_of(people: QuerySet[Person]) -> dict[Any, CourseRun]:
    return {run.person_id: run for run in CourseRun.objects.filter(person__in=people).prefetch_related("pauses")}
