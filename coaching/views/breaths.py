"""A person's own breaths: to keep one under a name, to forget one, and how one looks without a script."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts.drafts import words_arrived
from coaching.core.practice.breath import RANGES, Breath, read_breath, style_sheet
from coaching.people.session import person_for, person_of
from coaching.plan.start_rules import start_rule
from coaching.practice.breaths import MOST, keep_breath
from coaching.practice.forms import BreathChoice, BreathForm
from content.core.vocabulary import Limit


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    form = BreathForm(request.POST)
    if not form.is_valid():
        return render(request, "coaching/breath_refused.html", {"form": form}, status=422)
    breath = form.breath
    if Limit.NO_HOLDS in start_rule(request, "breathing").limits:
        breath = breath.without_pauses()
    if keep_breath(person_for(request), breath, form.cleaned_data["name"].strip(), timezone.now()):
        words_arrived(request)
        messages.success(request, _("Kept. You find it beside the other patterns."))
    else:
        messages.warning(request, _("You have %(most)d already. Remove one to make room.") % {"most": MOST})
    return redirect(_page_of(form.cleaned_data["guide"], breath))


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Another person's breath is not there."""
    form, person = BreathChoice(request.POST), person_of(request)
    kept = person.breaths.filter(pk=form.cleaned_data["id"]) if form.is_valid() and person else None
    if kept is None or not kept.delete()[0]:
        raise Http404("no such breath")
    messages.success(request, _("Removed."))
    return redirect("coaching:practice", "breathing")


@require_safe
@cache_control(public=True, max_age=365 * 24 * 3600, immutable=True)
def style(request: HttpRequest, numbers: str) -> HttpResponse:
    breath = read_breath(dict(zip(RANGES, numbers.split("-"), strict=False))) if numbers.count("-") == 3 else None
    if breath is None:
        raise Http404("no such breath")
    return HttpResponse(style_sheet(breath), content_type="text/css; charset=utf-8")


def _page_of(guide: str, breath: Breath) -> str:
    numbers = {name: seconds for name, seconds in breath.seconds.items() if seconds}
    return f"{reverse('coaching:practice', args=[guide])}?{urlencode(numbers)}"
