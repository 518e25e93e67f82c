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
from coaching.lessons.reading import LessonCard, listed_lessons
from coaching.models import LessonProgress
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of
from content.models import Lesson, StoryPerson, Technique
from content.search.searching import search


@dataclass(frozen=True, kw_only=True)
class Shelf:
    title: str
    cards: list[LessonCard]


@dataclass(frozen=True, kw_only=True)
class Met:
    person: StoryPerson
    lessons: list[Lesson]


@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    finder = Finder(request.GET)
    if not finder.wish.is_empty:
        return _found(request, finder)
    listed = listed_lessons(timezone.now())
    person = person_of(request)
    progress = progress_of(person)
    today = timezone.localdate(timezone=preferences_of(request).zone)
    context = {
        "listed": listed,
        "course": course_page(person, listed.course, progress, today),
        "shelves": _shelves([card for card in listed.cards if not card.lesson.course]),
        "kept": [card.lesson for card in listed.cards if _is_kept(progress.get(card.lesson.slug))],
        "progress": progress,
        "finder": finder,
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


def _is_kept(mark: LessonProgress | None) -> bool:
    return bool(mark and mark.bookmarked_at)


def _shelves(cards: list[LessonCard]) -> list[Shelf]:
    shelves = [
        Shelf(title=_("How it works in the body"), cards=[card for card in cards if not card.lesson.technique_id]),
        Shelf(title=_("One for each technique"), cards=[card for card in cards if card.lesson.technique_id]),
    ]
    return [shelf for shelf in shelves if shelf.cards]


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The made-up people of the stories, and where they are met."""
    rows = list(Lesson.objects.published(timezone.now()).only("slug", "title", "course", "position", "body_html"))
    met = [Met(person=person, lessons=_lessons_with(person, rows)) for person in StoryPerson.objects.order_by("-age")]
    return render(request, "coaching/people.html", {"met": met})


def _lessons_with(person: StoryPerson, rows: list[Lesson]) -> list[Lesson]:
    return [row for row in rows if f"<strong>{person.name}.</strong>" in row.body_html]
