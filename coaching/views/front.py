"""The pages that explain: home, about, privacy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coaching.core.loop import EXAMPLE
from content.models import Lesson, Reference


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    lessons = Lesson.objects.published(timezone.now()).course().without_text()
    return render(request, "coaching/home.html", {"lessons": lessons, "example": EXAMPLE})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "coaching/about.html", {"references": Reference.objects.order_by("authors", "year")})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "coaching/privacy.html")
