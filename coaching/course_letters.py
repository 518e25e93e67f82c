"""Tells the letters who has come to which point of the course: only of those who asked to be written to about it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet

from accounts.core.course_letters import GONE_AFTER, CourseFacts, occasions
from accounts.letters.occasions import register
from accounts.models import Consent, ConsentKind, Occasion, Subscriber
from coaching.models import Person
from content.models import Lesson

COURSE = [Occasion.LESSON_OPEN, Occasion.AWAY, Occasion.WELL_DONE, Occasion.LAST_LESSON]
AtOccasion = Callable[[QuerySet[Subscriber], datetime], QuerySet[Subscriber]]


def announce() -> None:
    for occasion in COURSE:
        register(occasion, finder_of(occasion))


def finder_of(occasion: Occasion) -> AtOccasion:
    def find(people: QuerySet[Subscriber], at: datetime) -> QuerySet[Subscriber]:
        return people.filter(user__in=[user for user, facts in _facts(at) if occasion in occasions(facts, at.date())])

    return find


def _facts(at: datetime) -> Iterator[tuple[int, CourseFacts]]:
    """Of everybody who asked for these letters and has done something within the time that counts."""
    lessons = Lesson.objects.published(at).filter(course__isnull=False).count()
    asked = Consent.objects.standing().filter(kind=ConsentKind.COURSE_LETTERS).values("user")
    done = Q(lessons__done_at__isnull=False, lessons__lesson__course__isnull=False)
    rows = (
        Person.objects.filter(user__in=asked, seen_on__gte=(at - timedelta(days=GONE_AFTER)).date())
        .annotate(done=Count("lessons", filter=done), last_done_at=Max("lessons__done_at", filter=done))
        .filter(done__gt=0)
        .values_list("user_id", "done", "last_done_at", "seen_on")
    )
    for user, count, last_done_at, seen_on in rows.iterator():
        yield user, CourseFacts(lessons=lessons, done=count, last_done_on=last_done_at.date(), active_on=seen_on)
