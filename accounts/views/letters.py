"""Letters that have gone out, each at an address of its own that stays."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from accounts.letters.parts import practice_of
from accounts.models import Edition
from content.reading.pages import footnotes_of

LETTERS_A_PAGE = 20


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    listed = Edition.objects.in_archive().only("slug", "subject", "preheader", "started_at", "language")
    page = Paginator(listed, LETTERS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "newsletter/letters.html", {"page": page})


@require_safe
def letter(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.in_archive(), slug=slug)
    return render(request, "newsletter/letter.html", page_context(edition, edition.page_html, edition.page_notes))


def page_context(edition: Edition, html: str, notes: list[str]) -> dict[str, object]:
    return {
        "edition": edition,
        "html": mark_safe(html),  # noqa: S308 (written by accounts/letters/parts.py alone, through the one door)
        "page": {"footnotes": footnotes_of(notes)},
        "practice": practice_of(edition),
    }
