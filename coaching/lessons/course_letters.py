"""Tells the letters who has come to which point of the course: only of those who asked to be written to about it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from accounts.core.letters.course_letters import GONE_AFTER, CourseFacts, occasions
from accounts.letters.occasions import register
from accounts.models import Consent, ConsentKind, Occasion, Subscriber
from coaching.lessons.course_runs import open_lesson
from coaching.models import CourseRun, LessonProgress, Person
from content.models import Lesson

COURSE = [Occasion.LESSON_OPEN, Occasion.AWAY, Occasion.WELL_DONE, Occasion.LAST_LESSON]
AtOccasion = Callable[[QuerySet[Subscriber], datetime, int | None], QuerySet[Subscriber]]


def announce() -> None:
    for occasion in COURSE:
        register(occasion, finder_of(occasion))


def finder_of(occasion: Occasion) -> AtOccasion:
    def find(people: QuerySet[Subscriber], at: datetime, lesson: int | None) -> QuerySet[Subscriber]:
        users = [user for user, facts in _facts(at) if _is_at(occasion, facts, at, lesson)]
        return people.filter(user__in=users)

    return find


def _is_at(occasion: Occasion, facts: CourseFacts, at: datetime, lesson: int | None) -> bool:
    return occasion in occasions(facts, at.date()) and lesson in (None, facts.open_lesson)


def _facts(at: datetime) -> Iterator[tuple[int, CourseFacts]]:
    """Of everybody who asked for these letters and has done something within the time that counts."""
    lessons = set(Lesson.objects.published(at).course().values_list("course", flat=True))
    asked = Consent.objects.standing().filter(kind=ConsentKind.COURSE_LETTERS).values("user")
    people = Person.objects.filter(user__in=asked, seen_on__gte=(at - timedelta(days=GONE_AFTER)).date())
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
