"""The two pages where a mailed code is entered: the account library's own, which say nothing
when a code has grown too old. Here that is said. And the one button by which another is sent."""

from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
    EmailVerificationProcess,
)
from allauth.account.internal.flows.password_reset_by_code import (
    PASSWORD_RESET_VERIFICATION_SESSION_KEY,
    PasswordResetVerificationProcess,
)
from allauth.account.views import confirm_password_reset_code, email_verification_sent
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts import unproved
from accounts.members.requests import OwnRequest

CODE_HAS_TO_WAIT = _("A code went to that address a moment ago. Wait a minute, then ask again.")
EMAIL_CODE_TOO_OLD = _("That code is too old now. Log in with your password, and we send you a new one.")
RESET_CODE_TOO_OLD = _("That code is too old now. Ask for a new one.")


def email_code(request: HttpRequest) -> HttpResponse:
    state = request.session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY)
    if state and not EmailVerificationProcess(request, state).is_valid():
        messages.warning(request, RESET_CODE_TOO_OLD if request.user.is_authenticated else EMAIL_CODE_TOO_OLD)
    return email_verification_sent(request)


@require_POST
@login_required
def send_code(request: OwnRequest) -> HttpResponse:
    """From every page that says what waits for a proved address."""
    if request.user.is_proved:
        return redirect("account_email")
    if not unproved.send_code(request, request.user):
        messages.warning(request, CODE_HAS_TO_WAIT)
        return redirect("account_email")
    return redirect("account_email_verification_sent")


def password_reset_code(request: HttpRequest) -> HttpResponse:
    state = request.session.get(PASSWORD_RESET_VERIFICATION_SESSION_KEY)
    if state and not PasswordResetVerificationProcess(request, state).is_valid():
        messages.warning(request, RESET_CODE_TOO_OLD)
    return confirm_password_reset_code(request)
