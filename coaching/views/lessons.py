"""The library as a person reads it: the course, the other lessons, and how far they are."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coaching.finding import Finder
from coaching.people import person_for, person_of
from coaching.reading import done_lessons, mark_done, mark_undone
from content.models import Lesson, Technique
from content.pages import lesson_page, size_asked
from content.search import search


@dataclass(frozen=True, kw_only=True)
class Shelf:
    title: str
    lessons: list[Lesson]


@require_GET
def lessons(request: HttpRequest) -> HttpResponse:
    finder = Finder(request.GET)
    if not finder.wish.is_empty:
        return _found(request, finder)
    rows = list(Lesson.objects.published(timezone.now()).select_related("technique").without_text())
    done = done_lessons(person_of(request))
    course = [row for row in rows if row.course]
    context = {
        "course": course,
        "shelves": _shelves([row for row in rows if not row.course]),
        "done": done,
        "course_done": sum(row.slug in done for row in course),
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


@require_GET
def lesson(request: HttpRequest, slug: str) -> HttpResponse:
    found = _lesson(slug)
    page = lesson_page(found, size_asked(request.GET), at=timezone.now())
    person = person_of(request)
    context = {
        "page": page,
        "lesson": found,
        "is_done": person is not None and person.lessons.filter(lesson=found).exclude(done_at=None).exists(),
        "answer": _answer(request, page.check),
    }
    return render(request, "coaching/lesson.html", context)


@require_POST
def lesson_done(request: HttpRequest, slug: str) -> HttpResponse:
    found = _lesson(slug)
    if request.POST.get("done") == "no":
        mark_undone(person_for(request), found)
    else:
        mark_done(person_for(request), found, at=timezone.now())
    return redirect(f"{found.get_absolute_url()}#done")


def _lesson(slug: str) -> Lesson:
    found = Lesson.objects.published(timezone.now()).select_related("card", "technique").filter(slug=slug).first()
    if found is None:
        raise Http404(f"no lesson called {slug}")
    return found


def _answer(request: HttpRequest, check: dict) -> dict | None:
    """The chosen answer of the check question: part of the address, as it says nothing of the person."""
    chosen = request.GET.get("answer", "")
    answers = {str(index): {"index": index, **answer} for index, answer in enumerate(check.get("answers", []))}
    return answers.get(chosen)


def _techniques(rows: list[Lesson]) -> list[Technique]:
    found = {row.technique_id: row.technique for row in rows if row.technique}
    return sorted(found.values(), key=lambda technique: technique.position)


def _shelves(rows: list[Lesson]) -> list[Shelf]:
    shelves = [
        Shelf(title=_("How it works in the body"), lessons=[row for row in rows if not row.technique_id]),
        Shelf(title=_("One for each technique"), lessons=[row for row in rows if row.technique_id]),
    ]
    return [shelf for shelf in shelves if shelf.lessons]
