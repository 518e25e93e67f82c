"""A reader tells staff what is wrong in a lesson. Nobody is made for it, and nothing of the visitor is kept."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.drafts import words_arrived
from accounts.members.requests import posted
from accounts.members.same_origin import own_forms_only
from coaching.lessons.forms import MistakeForm
from coaching.lessons.mistakes import report
from coaching.models import MistakeReport
from coaching.views.lesson import the_lesson
from content.reading.pages import size_asked


@require_http_methods(["GET", "HEAD", "POST"])
@own_forms_only
def mistake(request: HttpRequest, slug: str) -> HttpResponse:
    lesson = the_lesson(slug)
    form = MistakeForm(posted(request), instance=MistakeReport(lesson=lesson, size=size_asked(request.GET)))
    if request.method == "POST" and form.is_valid():
        too_many = ratelimit.consume_or_429(request, action="mistake")
        if too_many:
            return too_many
        report(form.save(commit=False), at=timezone.now())
        words_arrived(request)
        return redirect(f"{reverse('coaching:mistake', args=[slug])}?sent=yes")
    context = {"lesson": lesson, "form": form, "is_sent": "sent" in request.GET and request.method != "POST"}
    return TemplateResponse(request, "coaching/mistake.html", context)
