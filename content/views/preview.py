"""Unpublished texts, exactly as a reader will see them, for whoever holds the signed link.

Nothing of this site may stand in a frame, but for the preview itself, and it in no page but ours:
`phone` shows it as wide as a phone is. A guide is shown by `coaching/views/preview.py`, with its player.
"""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from content.core.vocabulary import Size
from content.editing.previews import NoPreviewError, Text, link_with, previewed
from content.models import Guide, LessonVariant, Tip
from content.reading.pages import lesson_page, size_asked, tip_page
from content.reading.variants import said_by


@require_safe
@never_cache
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]
def preview(request: HttpRequest, token: str) -> HttpResponse:
    text = text_of(token)
    if isinstance(text, Guide):
        return redirect(link_with(text, token))
    if isinstance(text, Tip):
        return listed_nowhere(render(request, "content/preview_tip.html", {"page": tip_page(text)}))
    lesson = said_by(text.lesson, text) if isinstance(text, LessonVariant) else text
    page = lesson_page(lesson, size_asked(request.GET), at=timezone.now())
    # As nothing that a part may be kept by, so that no word of it is drawn for anybody else.
    read = {"lesson": lesson, "page": page}
    context = {"read": read, "page": page, "lesson": lesson, "text": text, "is_done": False, "answer": None}
    return listed_nowhere(render(request, "content/preview_lesson.html", context))


@require_safe
@never_cache
def phone(request: HttpRequest, token: str) -> HttpResponse:
    text = text_of(token)
    sizes = [] if isinstance(text, Tip) else list(Size)
    context = {"text": text, "address": link_with(text, token), "sizes": sizes, "size": size_asked(request.GET)}
    return listed_nowhere(render(request, "content/preview_phone.html", context))


def text_of(token: str) -> Text:
    try:
        return previewed(token)
    except NoPreviewError:
        raise Http404("this preview link has expired or was changed") from None


def listed_nowhere(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    return response
