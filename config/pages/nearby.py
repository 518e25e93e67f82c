"""Where to go from an address that leads nowhere, or that only takes what a button sends."""

from collections.abc import Callable
from difflib import SequenceMatcher
from inspect import getclosurevars, isfunction
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone

from content.models import Guide, Lesson, Publishable, Tip

MOST = 4
LEAST_LIKENESS = 0.45
LONGEST_WORD = 60
NOT_SHOWN = 405
GetResponse = Callable[[HttpRequest], HttpResponse]


def nearby(path: str) -> list[Publishable]:
    """Up to four published pages whose address is like the last word of this one, the likest first."""
    word = path.strip("/").rpartition("/")[2].lower()
    if not word or "." in word or len(word) > LONGEST_WORD:
        return []
    at = timezone.now()
    pages = chain.from_iterable(kind.objects.published(at).only("slug", "title") for kind in (Lesson, Guide, Tip))
    likest = sorted(((likeness(word, page.slug), page) for page in pages), key=lambda pair: -pair[0])
    return [page for score, page in likest[:MOST] if score >= LEAST_LIKENESS]


def likeness(word: str, slug: str) -> float:
    """From 0 to 1. A shared whole word ("back-pain", "pain") counts for more than shared letters."""
    shared = set(word.replace("_", "-").split("-")) & set(slug.replace("_", "-").split("-"))
    return max(SequenceMatcher(None, word, slug).ratio(), 0.6 if shared else 0.0)


def say_where_to_go(get_response: GetResponse) -> GetResponse:
    """Whoever loads an address that only takes, or goes back to it, gets an empty page of Django. Ours leads on."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != NOT_SHOWN or request.method not in ("GET", "HEAD") or response.content:
            return response
        # What is in another language lies above it.
        request.translated_page = ""  # type: ignore[attr-defined]
        # Into the same answer, which keeps what else was said of it: how it may be kept, and what it takes.
        above = {"above": page_above(request.path_info)}
        response.content = render_to_string("errors/405.html", above, request)
        return response

    return answer


def page_above(path: str) -> str:
    """The nearest address above this one at which there is a page: "/plan/" for "/plan/look/swap/"."""
    while path.strip("/"):
        path = f"{path.rstrip('/').rpartition('/')[0]}/"
        try:
            view = resolve(path).func
        except Resolver404:
            continue
        if not only_takes(view):
            break
    return path


def only_takes(view: Any) -> bool:
    """Whether a view shows nothing. Django's decorator holds what it lets through, and is one of several around it."""
    while isfunction(view):
        let_through = getclosurevars(view).nonlocals.get("request_method_list", ["GET"])
        if "GET" not in let_through:
            return True
        view = getattr(view, "__wrapped__", None)
    return False
