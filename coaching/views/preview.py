"""A guide that is not published, or is being changed, as somebody without answers meets it: its player runs in vain.

The page is that of the practice, so that it cannot drift from it. What it would keep it does not: the form comes
back here, with the questions as they were, and says so.
"""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from coaching.plan.start_rules import rule_for_nobody
from coaching.practice.choices import choices_of
from coaching.practice.forms import BlankGo, PracticeForm, Taps
from coaching.practice.shown import on_shelf
from coaching.views.practice import LEAVE_OUT, page_of, template_of
from content.core.signals import Signal
from content.models import Guide
from content.views.preview import listed_nowhere, text_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]
def guide_preview(request: HttpRequest, token: str) -> HttpResponse:
    guide = text_of(token)
    if not isinstance(guide, Guide):
        raise Http404("this preview link is of another text")
    rule = rule_for_nobody(guide.technique_id, guide)
    is_sent = request.method == "POST" and LEAVE_OUT not in request.POST
    taps = Taps(signal=Signal(guide.technique.outcome))
    form = PracticeForm(request.POST, signal=taps.signal) if is_sent else BlankGo.numbered()
    choices = choices_of(guide, request.GET, rule.limits, sore=request.POST.getlist(LEAVE_OUT))
    context = {
        **page_of(on_shelf(guide, timezone.now()), choices, None),
        "rule": rule,
        "form": form,
        "taps": taps,
        "page_of_practice": template_of(guide),
        "was_sent": isinstance(form, PracticeForm) and form.is_valid(),
    }
    response = render(request, "coaching/practice_preview.html", context, status=422 if form.errors else 200)
    return listed_nowhere(response)
