"""One lesson: as a page for everyone, as a reader's own page, and on paper."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coaching.languages import in_english_alone
from coaching.lessons.forms import NotesForm
from coaching.lessons.page import STRANGER, Answer, Reader, reader_of
from coaching.lessons.reading import LessonOnShelf, lesson_called
from coaching.people.session import person_of
from coaching.public_pages import is_stranger, public_page
from content.core.vocabulary import Size
from content.models import Lesson
from content.reading.pages import lesson_page, size_asked
from content.reading.stamp import library_stamp

DIGITS = frozenset("0123456789")


@require_safe
def lesson(request: HttpRequest, slug: str) -> HttpResponse:
    if not is_stranger(request):
        return own_page(request, slug)
    # Only what changes the page is part of its name: odd addresses must not crowd out good ones.
    answer = request.GET.get("answer", "")
    key = ("lesson", slug, size_asked(request.GET), answer if answer in DIGITS else "")
    return public_page(request, key, library_stamp(timezone.now()), lambda: _page_of_all(request, slug))


def _page_of_all(request: HttpRequest, slug: str) -> HttpResponse:
    return _render(request, _on_shelf(slug), STRANGER)


@never_cache
def own_page(request: HttpRequest, slug: str, notes: NotesForm | None = None, status: int = 200) -> HttpResponse:
    asked_for = _on_shelf(slug)
    return _render(request, asked_for, reader_of(person_of(request), asked_for.lesson, notes), status)


def _render(request: HttpRequest, asked_for: LessonOnShelf, reader: Reader, status: int = 200) -> HttpResponse:
    lesson = asked_for.lesson
    if lesson.language != get_language():
        return in_english_alone(request)
    read = asked_for.in_size(_size(request, reader), timezone.now())
    context = {
        "read": read,
        "page": read.page,
        "lesson": lesson,
        "reader": reader,
        "answer": _answer(request, read.page.check),
    }
    return render(request, "coaching/lesson.html", context, status=status)


def _size(request: HttpRequest, reader: Reader) -> Size:
    """The size asked for; else the one in which this reader last read."""
    if "size" not in request.GET and reader.progress and reader.progress.size:
        return Size(reader.progress.size)
    return size_asked(request.GET)


def the_lesson(slug: str) -> Lesson:
    """In the language of the address, as far as it is written. Many pages have this one row: it is for showing."""
    return _on_shelf(slug).lesson


def _on_shelf(slug: str) -> LessonOnShelf:
    on_shelf = lesson_called(slug, timezone.now())
    if on_shelf is None:
        raise Http404(f"no lesson called {slug}")
    return on_shelf


def _answer(request: HttpRequest, check: dict[str, Any]) -> Answer | None:
    """The chosen answer of the check question: part of the address, as it says nothing of the person."""
    chosen = request.GET.get("answer", "")
    answers = {str(index): answer for index, answer in enumerate(check.get("answers", []))}
    told = answers.get(chosen)
    return told and Answer(index=int(chosen), feedback=told["feedback"], right=told["right"])


@require_safe
def lesson_print(request: HttpRequest, slug: str) -> HttpResponse:
    """The one minute, on one page of paper."""
    asked_for = the_lesson(slug)
    if asked_for.language != get_language():
        return in_english_alone(request)
    page = lesson_page(asked_for, Size.ONE, at=timezone.now())
    return render(request, "coaching/lesson_print.html", {"page": page, "lesson": asked_for})
