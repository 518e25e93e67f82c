"""Unpublished texts, exactly as a reader will see them, for whoever holds the signed link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.models import Lesson
from content.pages import lesson_page, size_asked, tip_page
from content.previews import NoPreviewError, previewed


@require_safe
@never_cache
def preview(request: HttpRequest, token: str) -> HttpResponse:
    try:
        text = previewed(token)
    except NoPreviewError:
        raise Http404("this preview link has expired or was changed") from None
    if isinstance(text, Lesson):
        page = lesson_page(text, size_asked(request.GET), at=timezone.now())
        context = {"page": page, "lesson": text, "is_done": False, "answer": None}
        response = render(request, "content/preview_lesson.html", context)
    else:
        response = render(request, "content/preview_tip.html", {"page": tip_page(text)})
    response.headers["X-Robots-Tag"] = "noindex"
    return response
