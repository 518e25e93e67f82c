"""Beginning the course, letting it rest, and where a person stands in it.

Doing any of these twice changes nothing. Days are those of the person's own time zone.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import DateField, DateTimeField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from accounts.members.extent import WHOLE, Extent
from coaching.core.course import LESSONS, Course, Pause, Place, State, Stop, place
from coaching.models import CoursePause, CourseRun, LessonProgress, Person
from content.models import Lesson
from content.reading.ready_made import ReadyMade

ALL = frozenset(LESSONS)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One lesson of the course as its list shows it. `stop` is None while the course is not begun."""

    lesson: Lesson
    stop: Stop | None = None
    progress: LessonProgress | None = None

    @property
    def address(self) -> str:
        return self.lesson.get_absolute_url()

    @property
    def own_drawn_by(self) -> tuple[str | int, ...]:
        stop, opens_on = self.stop, self.stop.opens_on if self.stop else None
        stopped = (self.progress.size, self.progress.block or 0) if self.progress else ()
        state = stop.state if stop else ""
        return (self.lesson.slug, state, opens_on.toordinal() if opens_on else 0, *stopped)


@dataclass(frozen=True, kw_only=True)
class CoursePage:
    """The course on one screen. `place` is None while it is not begun."""

    rows: tuple[Row, ...]
    place: Place | None
    read: frozenset[str] = frozenset()
    """Lessons that were read to their end, in the course or beside it."""

    @property
    def own_drawn_by(self) -> tuple[str | int, ...]:
        """With the library as it stands, all that a page says of it follows from these."""
        place, row = self.place, self.following
        way: tuple[str | int, ...] = (place.week, int(place.is_paused), *place.way.drawn_by) if place else ()
        return (self.done, len(self.rows), *way, *(row.own_drawn_by if row else ()))

    @property
    def done(self) -> int:
        return sum(bool(row.progress and row.progress.done_at) for row in self.rows)

    @property
    def following(self) -> Row | None:
        """The next lesson that is published; one that staff withdrew holds nobody up."""
        return next((row for row in self.rows if not (row.progress and row.progress.done_at)), None)


def begin(person: Person, on: date) -> None:
    CourseRun.objects.get_or_create(person=person, defaults={"began_on": on})


@transaction.atomic
def pause(person: Person, on: date) -> None:
    run = _held(person)
    if run and not run.pauses.filter(ended_on=None).exists():
        # In another time zone it may still be the day before.
        earlier = [rest.ended_on for rest in run.pauses.all() if rest.ended_on]
        CoursePause.objects.create(run=run, began_on=max(on, run.began_on, *earlier))


@transaction.atomic
def resume(person: Person, on: date) -> None:
    run = _held(person)
    for rest in run.pauses.filter(ended_on=None) if run else ():
        CoursePause.objects.filter(pk=rest.pk).update(ended_on=max(on, rest.began_on))


def _held(person: Person) -> CourseRun | None:
    return CourseRun.objects.select_for_update().filter(person=person).first()


def course_page(
    person: Person | None, lessons: Iterable[Lesson], progress: dict[str, LessonProgress], today: date
) -> CoursePage:
    """`lessons` are the published ones of the course, in their order."""
    run = CourseRun.objects.filter(person=person).prefetch_related("pauses").first() if person else None
    return _page(run, lessons, progress, today)


def _page(
    run: CourseRun | None, lessons: Iterable[Lesson], progress: dict[str, LessonProgress], today: date
) -> CoursePage:
    listed = list(lessons)
    course = _place(run, listed, progress, today)
    stops = {stop.lesson: stop for stop in course.stops} if course else {}
    rows = (Row(lesson=each, stop=stops.get(each.course or 0), progress=progress.get(each.slug)) for each in listed)
    read = frozenset(slug for slug, record in progress.items() if record.done_at)
    return CoursePage(rows=tuple(rows), place=course, read=read)


def course_today(person: Person | None, lessons: Iterable[Lesson], at: datetime, *, zone: ZoneInfo) -> CoursePage:
    """`lessons` are all that are published, or will be."""
    course = [lesson for lesson in lessons if lesson.course and lesson.is_published(at)]
    course.sort(key=lambda lesson: lesson.course or 0)
    progress, run = _kept_of(person)
    return _page(run, course, progress, at.astimezone(zone).date())


KEPT = ("kind", "id", "began", "ended", "lesson_id", "done_at", "block", "size")
OF_LESSON, OF_RUN, OF_PAUSE = ("id", *KEPT[4:]), ("id", "began_on"), ("id", "began_on", "ended_on")
"""Each in the order of its model."""


def _kept_of(person: Person | None) -> tuple[dict[str, LessonProgress], CourseRun | None]:
    """What is kept of lessons and of the course, in one query: Today asks for both, and for much else."""
    progress: dict[str, LessonProgress] = {}
    runs, pauses = [], []
    for kind, key, began, ended, *record in KEPT_OF.rows(person=person.pk) if person else ():
        if kind == "lesson":
            progress[record[0]] = LessonProgress.from_db(DEFAULT_DB_ALIAS, OF_LESSON, (key, *record))
        elif kind == "run":
            runs.append(CourseRun.from_db(DEFAULT_DB_ALIAS, OF_RUN, (key, began)))
        else:
            pauses.append(CoursePause.from_db(DEFAULT_DB_ALIAS, OF_PAUSE, (key, began, ended)))
    for run in runs:
        pauses.sort(key=lambda rest: (rest.began_on, rest.pk))
        vars(run)["_prefetched_objects_cache"] = {"pauses": pauses}
    return progress, next(iter(runs), None)


def _rows_of(person: str) -> QuerySet[Any, Any]:
    no_day, no_time = Cast(Value(None), DateField()), Cast(Value(None), DateTimeField())
    nothing = {
        "lesson_id": Value(""),
        "size": Value(""),
        "block": Cast(Value(None), IntegerField()),
        "done_at": no_time,
    }
    lessons = LessonProgress.objects.filter(person=person).annotate(kind=Value("lesson"), began=no_day, ended=no_day)
    runs = CourseRun.objects.filter(person=person)
    pauses = CoursePause.objects.filter(run__person=person)
    run = runs.annotate(kind=Value("run"), began=F("began_on"), ended=no_day, **nothing)
    rests = pauses.annotate(kind=Value("pause"), began=F("began_on"), ended=F("ended_on"), **nothing)
    parts = [rows.order_by().values_list(*KEPT) for rows in (lessons, run, rests)]
    return parts[0].union(*parts[1:], all=True)


KEPT_OF = ReadyMade(_rows_of, person=str)


def open_lesson(run: CourseRun | None, done: Set[int], published: Set[int], today: date) -> int | None:
    """The place in the course of the next lesson, where it is open; who reads without having begun may read any."""
    following = min(published - done, default=None)
    if run is None or following is None:
        return following
    standing = place(_course_of(run, done=done | (ALL - published), begun=set()), today)
    is_open = standing.following and standing.following.state is State.OPEN and not standing.is_paused
    return following if is_open else None


def _place(
    run: CourseRun | None, lessons: list[Lesson], progress: dict[str, LessonProgress], today: date
) -> Place | None:
    if run is None:
        return None
    marks = {each.course or 0: progress[each.slug] for each in lessons if each.slug in progress}
    missing = ALL - {each.course or 0 for each in lessons}
    done = {number for number, mark in marks.items() if mark.done_at} | missing
    begun = {number for number, mark in marks.items() if mark.block is not None}
    return place(_course_of(run, done=done, begun=begun), today)


def _course_of(run: CourseRun, *, done: Set[int], begun: Set[int]) -> Course:
    pauses = tuple(Pause(began=rest.began_on, ended=rest.ended_on) for rest in run.pauses.all())
    return Course(began=run.began_on, pauses=pauses, done=done, begun=begun)


def hand_over_course(waiting: Person, person: Person) -> None:
    """The account's own course stays; without one, the other's comes along."""
    if not CourseRun.objects.filter(person=person).exists():
        CourseRun.objects.filter(person=waiting).update(person=person)


def export_course(person: Person, extent: Extent = WHOLE) -> dict[str, Any]:
    run = CourseRun.objects.filter(person=person).first()
    if run is None:
        return {}
    return {"began_on": run.began_on, "pauses": extent.oldest_first(run.pauses.values("began_on", "ended_on"))}
