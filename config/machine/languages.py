"""Which pages are written in another language than English. The others are read in English by everybody.

The language of a page is part of its address (`/es/lessons/breathing/`), never guessed from a browser or
kept in a cookie: the same address shows everybody the same words, and can be kept by caches. A page joins
`TRANSLATED` when its interface and what it says are both there; half a translation of a page with danger
signs on it would be worse than none.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import translate_url
from django.utils.translation import get_language, override

GetResponse = Callable[[HttpRequest], HttpResponse]
TRANSLATED = frozenset(
    {
        "coaching:lesson",
        "coaching:lesson_print",
        "coaching:lesson_done",
        "coaching:lesson_bookmark",
        "coaching:lesson_place",
        "coaching:lesson_notes",
        "coaching:lesson_task",
        "coaching:help_now",
        "coaching:help_now_copy",
        "coaching:flare",
        "coaching:emergency",
        "coaching:crisis",
        # The plan: its pages, and what they send. What the library has in English alone is marked so on them.
        *(f"coaching:{name}" for name in ("recommendations", "plan", "keep_plan", "take_turns")),
        "coaching:look_at_plan",
        *(f"coaching:{name}" for name in ("pin_technique", "refuse_technique", "swap_technique", "undo_wish")),
        *(f"coaching:{name}" for name in ("set_minutes", "change_plan", "correct_picture", "sure", "practice_taps")),
    }
)


def language_of_each_request(get_response: GetResponse) -> GetResponse:
    """A request leaves the language as it found it: what its thread does next, and every answer that is given before
    the address is read for its language, is not in the language of whoever came before.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        with override(get_language() or settings.LANGUAGE_CODE):
            return get_response(request)

    return answer


class OnlyWhatIsTranslated:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if get_language() == settings.LANGUAGE_CODE or match is None or match.view_name in TRANSLATED:
            return None
        return redirect(translate_url(request.get_full_path(), settings.LANGUAGE_CODE))
