"""Letters that have gone out, each at an address of its own that stays, in the language it was written in."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import translate_url
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.letters.parts import practice_of
from accounts.models import Edition
from content.reading.pages import footnotes_of

LETTERS_A_PAGE = 20
INVITED = {"en": "Letters in English", "es": "Cartas en español"}


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    listed = Edition.objects.in_archive().only("slug", "subject", "preheader", "started_at", "language")
    others = [code for code, _name in settings.LANGUAGES if code != get_language()]
    in_others = listed.filter(language__in=others).order_by().values_list("language", flat=True).distinct()
    is_default = get_language() == settings.LANGUAGE_CODE
    shown = listed.exclude(language__in=others) if is_default else listed.filter(language=get_language())
    page = Paginator(shown, LETTERS_A_PAGE).get_page(request.GET.get("page"))
    elsewhere = [elsewhere_in(language, request.path) for language in in_others]
    return render(request, "newsletter/letters.html", {"page": page, "elsewhere": elsewhere})


@require_safe
def letter(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.in_archive(), slug=slug)
    if edition.shown_in != get_language():
        return render(request, "newsletter/letter_elsewhere.html", {"edition": edition})
    return render(request, "newsletter/letter.html", page_context(edition, edition.page_html, edition.page_notes))


def elsewhere_in(language: str, path: str) -> dict[str, str]:
    """Where the letters in another language stand, invited in its own words."""
    return {"code": language, "address": translate_url(path, language), "words": INVITED[language]}


def page_context(edition: Edition, html: str, notes: list[str]) -> dict[str, object]:
    return {
        "edition": edition,
        "html": mark_safe(html),  # noqa: S308 (written by accounts/letters/parts.py alone, through the one door)
        "page": {"footnotes": footnotes_of(notes)},
        "practice": practice_of(edition),
    }
