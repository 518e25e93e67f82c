"""The two pages where a mailed code is entered: the account library's own, which say nothing
when a code has grown too old. Here that is said."""

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
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

EMAIL_CODE_TOO_OLD = _("That code is too old now. Log in with your password, and we send you a new one.")
RESET_CODE_TOO_OLD = _("That code is too old now. Ask for a new one.")


def email_code(request: HttpRequest) -> HttpResponse:
    state = request.session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY)
    if state and not EmailVerificationProcess(request, state).is_valid():
        messages.warning(request, EMAIL_CODE_TOO_OLD)
    return email_verification_sent(request)


def password_reset_code(request: HttpRequest) -> HttpResponse:
    state = request.session.get(PASSWORD_RESET_VERIFICATION_SESSION_KEY)
    if state and not PasswordResetVerificationProcess(request, state).is_valid():
        messages.warning(request, RESET_CODE_TOO_OLD)
    return confirm_password_reset_code(request)
