"""Where an account is logged in: to see, and to end one, all others, or all."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.guard import own_sessions
from accounts.members.requests import OwnRequest


@login_required
@require_safe
def log_ins(request: OwnRequest) -> HttpResponse:
    context = {"log_ins": own_sessions.standing(request.user), "this": request.session.session_key}
    return TemplateResponse(request, "accounts/log_ins.html", context)


@login_required
@require_POST
def end_log_in(request: OwnRequest) -> HttpResponse:
    number = request.POST.get("number", "")
    if number.isascii() and number.isdigit():
        own_sessions.end_one(request.user, int(number[:18]))
        messages.success(request, _("That log-in has ended."))
    return redirect("accounts:log_ins")


@login_required
@require_POST
def end_other_log_ins(request: OwnRequest) -> HttpResponse:
    own_sessions.end_others(request, request.user)
    messages.success(request, _("You are logged in here, and nowhere else."))
    return redirect("accounts:log_ins")


@login_required
@require_POST
def end_all_log_ins(request: OwnRequest) -> HttpResponse:
    user = request.user
    logout(request)
    own_sessions.end_all(user)
    messages.success(request, _("You are logged out everywhere, here too."))
    return redirect("coaching:home")
