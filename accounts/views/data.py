"""My data: see it, take it along, erase it."""

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.erasing import leaving
from accounts.forms.data import EraseForm
from accounts.guard import known_browser
from accounts.members import going, personal_data
from accounts.members.requests import OwnRequest, posted
from accounts.models import Consent

EXPORT_NAME = "unloop-my-data.json"


@login_required
@require_safe
def data(request: OwnRequest) -> HttpResponse:
    consents = Consent.objects.filter(user=request.user)
    context = {"sources": personal_data.sources(), "consents": consents}
    return TemplateResponse(request, "accounts/data.html", context)


@login_required
@reauthentication_required
@require_safe
def download(request: OwnRequest) -> HttpResponse:
    export = personal_data.export(request.user, at=timezone.now())
    response = JsonResponse(export, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{EXPORT_NAME}"'
    return response


@login_required
def erase(request: OwnRequest) -> HttpResponse:
    too_many = ratelimit.consume_or_429(request, action="reauthenticate", user=request.user)
    if too_many:
        return too_many
    form = EraseForm(posted(request), user=request.user)
    if not (request.method == "POST" and form.is_valid()):
        return TemplateResponse(request, "accounts/erase.html", {"form": form})
    user, at_once = request.user, form.cleaned_data.get("at_once", True)
    logout(request)
    if at_once:
        personal_data.erase(user)
        messages.success(request, _("Your account and everything in it is gone."))
    else:
        going.go_in_a_while(user, at=timezone.now())
        messages.success(request, _("Your account is closed. In seven days everything in it is gone."))
    response = redirect("coaching:home")
    known_browser.forget(response)
    return response


def keep(request: HttpRequest, token: str) -> HttpResponse:
    """From the mail, or after a log-in: whoever changed their mind."""
    departure = leaving.by_token(token, at=timezone.now())
    if request.method == "POST" and departure:
        leaving.take_back(departure)
        messages.success(request, _("Your account is yours again, as it was. Log in to go on."))
        return redirect("account_login")
    return TemplateResponse(request, "accounts/keep.html", {"going": departure})
