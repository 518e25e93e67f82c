"""The library as a person reads it: the course, the other lessons, and how far they are."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coaching.lessons.course_runs import course_page
from coaching.lessons.finding import Finder
from coaching.lessons.progress import done_lessons, progress_of
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of
from content.models import Lesson, StoryPerson, Technique
from content.search.searching import search


@dataclass(frozen=True, kw_only=True)
class Shelf:
    title: str
    lessons: list[Lesson]


@dataclass(frozen=True, kw_only=True)
class Met:
    person: StoryPerson
    lessons: list[Lesson]


@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    finder = Finder(request.GET)
    if not finder.wish.is_empty:
        return _found(request, finder)
    rows = list(Lesson.objects.published(timezone.now()).select_related("technique").without_text())
    person = person_of(request)
    progress = progress_of(person)
    today = timezone.localdate(timezone=preferences_of(request).zone)
    context = {
        "course": course_page(person, [row for row in rows if row.course], progress, today),
        "shelves": _shelves([row for row in rows if not row.course]),
        "kept": [row for row in rows if row.slug in progress and progress[row.slug].bookmarked_at],
        "done": {slug for slug, mark in progress.items() if mark.done_at},
        "progress": progress,
        "finder": finder,
        "techniques": _techniques(rows),
    }
    return render(request, "coaching/lessons.html", context)


def _found(request: HttpRequest, finder: Finder) -> HttpResponse:
    context = {
        "finder": finder,
        "hits": search(finder.wish, at=timezone.now()),
        "techniques": Technique.objects.filter(lessons__isnull=False).distinct().only("slug", "name"),
        "done": done_lessons(person_of(request)),
    }
    return render(request, "coaching/lessons_found.html", context)


def _techniques(rows: list[Lesson]) -> list[Technique]:
    by_slug = {row.technique_id: row.technique for row in rows if row.technique}
    return sorted(by_slug.values(), key=lambda technique: technique.position)


def _shelves(rows: list[Lesson]) -> list[Shelf]:
    shelves = [
        Shelf(title=_("How it works in the body"), lessons=[row for row in rows if not row.technique_id]),
        Shelf(title=_("One for each technique"), lessons=[row for row in rows if row.technique_id]),
    ]
    return [shelf for shelf in shelves if shelf.lessons]


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The made-up people of the stories, and where they are met."""
    rows = list(Lesson.objects.published(timezone.now()).only("slug", "title", "course", "position", "body_html"))
    met = [Met(person=person, lessons=_lessons_with(person, rows)) for person in StoryPerson.objects.order_by("-age")]
    return render(request, "coaching/people.html", {"met": met})


def _lessons_with(person: StoryPerson, rows: list[Lesson]) -> list[Lesson]:
    return [row for row in rows if f"<strong>{person.name}.</strong>" in row.body_html]
