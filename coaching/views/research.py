"""Research: a person says yes or takes it back; staff take the export, and that they did is noted."""

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.guard import audit
from accounts.members.requests import OwnRequest
from coaching.core.service.suppression import LEAST
from coaching.models import ResearchShare
from coaching.people.session import person_for
from coaching.research.files import packed
from coaching.research.reading import study_now
from coaching.research.sharing import agree, is_sharing, take_back, words_on_research

MAY_EXPORT = "coaching.view_researchshare"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def research(request: OwnRequest) -> HttpResponse:
    if request.method == "POST":
        if request.POST.get("agree") == "yes":
            agree(request.user, person_for(request), at=timezone.now())
            messages.success(request, _("Thank you. You can take it back here at any time."))
        else:
            take_back(request.user, at=timezone.now())
            messages.success(request, _("Taken back. You are in no export from now on."))
        return redirect("coaching:research")
    context = {"words": words_on_research(), "is_sharing": is_sharing(request.user), "least": LEAST}
    return render(request, "coaching/research.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def research_export(request: HttpRequest) -> HttpResponse:
    """For staff who were given the right to it by name."""
    if not request.user.has_perm(MAY_EXPORT):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, is_too_few=False)
    study = study_now(timezone.now())
    audit.note(request, f"Took a research export of {study.people} people")
    if not study.people:
        return _page(request, is_too_few=True)
    headers = {"Content-Disposition": 'attachment; filename="unloop-research.zip"'}
    return HttpResponse(packed(study), content_type="application/zip", headers=headers)


def _page(request: HttpRequest, *, is_too_few: bool) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": "Research",
        "agreed": ResearchShare.objects.filter(person__user__is_active=True).count(),
        "least": LEAST,
        "is_too_few": is_too_few,
    }
    return render(request, "coaching/research_export.html", context, status=422 if is_too_few else 200)
