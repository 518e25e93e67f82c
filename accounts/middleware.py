"""What holds for many pages at once, our own and the account library's."""

from collections.abc import Callable, Iterable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext_lazy as _

from accounts.backends import CAME_ALONG
from accounts.guard import second_factor, what_happened
from accounts.models import User

EVERYTHING = '"cache", "storage"'
GetResponse = Callable[[HttpRequest], HttpResponse]
SECOND_FACTOR_FIRST = _("The staff pages need a second step at log-in. Add a passkey or an app here, then go on.")


class WhoIsLoggedIn(AuthenticationMiddleware):
    """Django's own. What it asks the log-in backend for may have come with the session already."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user_of(request))  # type: ignore[assignment]


def _user_of(request: HttpRequest) -> User | AnonymousUser:
    before = CAME_ALONG.set(getattr(request.session, "take_account", None))
    try:
        return get_user(request)
    finally:
        CAME_ALONG.reset(before)


class RefusedForms:
    """A post that was refused comes back as the same page with status 422.

    It is enough that a view answers with a TemplateResponse that has the form in
    its context; one with `render` states the status itself.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        forms = _with_errors((response.context_data or {}).values())
        if request.method == "POST" and response.status_code == 200 and forms:
            response.status_code = 422
            what_happened.form_refused(request, forms)
            # An answer that needs another look is no trouble of the site's, so no warning in its log.
            response._has_been_logged = True  # type: ignore[attr-defined]
        return response


def _with_errors(values: Iterable[object]) -> list[BaseForm]:
    return [value for value in values if isinstance(value, BaseForm) and value.is_bound and value.errors]


def personal_pages(get_response: GetResponse) -> GetResponse:
    """Account pages and signed links are kept in no cache, neither the browser's nor one on the way."""
    links = ("confirm", "move", "preferences", "unsubscribe", "why")
    reminders = (f"/reminders/{purpose}/" for purpose in ("stop", "later"))
    private = ("/accounts/", "/u/", *(f"/newsletter/{purpose}/" for purpose in links), *reminders)

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if _english(request.path).startswith(private):
            add_never_cache_headers(response)
        return response

    return answer


def _english(path: str) -> str:
    """The address of the same page in English."""
    language = get_language_from_path(path)
    return path.removeprefix(f"/{language}") if language else path


def clean_device(get_response: GetResponse) -> GetResponse:
    """What a browser kept goes with the log-out; with an erased account or an erased visit, everything does.

    After a log-out, "storage" would take away Help now without a network, and what another account has not sent
    yet; what is personal there is erased by the page itself (`static/js/sign-out.js`).
    """
    clears = {"/accounts/logout/": '"cache"', "/accounts/data/erase/": EVERYTHING, "/privacy/": EVERYTHING}

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and response.status_code == 302 and _english(request.path) in clears:
            response.headers["Clear-Site-Data"] = clears[_english(request.path)]
        return response

    return answer


def staff_second_factor(get_response: GetResponse) -> GetResponse:
    """Where it is demanded, staff pages open only in a session that has passed a passkey or an authenticator app.

    There a log-in lasts twelve hours at most, and one without a page; the limits stand in `second_factor`.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if settings.STAFF_SECOND_FACTOR and second_factor.is_staff_page(request):
            user = request.user
            if user.is_authenticated and user.is_staff:
                return _turned_away(request, user) or get_response(request)
        return get_response(request)

    return answer


def _turned_away(request: HttpRequest, user: User) -> HttpResponse | None:
    now = timezone.now()
    if not is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]):
        messages.warning(request, SECOND_FACTOR_FIRST)
        return redirect("mfa_index")
    too_long = second_factor.is_over(request, at=now, whole=second_factor.STAFF_WHOLE)
    if too_long or second_factor.has_been_idle(request, at=now):
        logout(request)
        return redirect_to_login(request.get_full_path())
    if not second_factor.has_passed(request, user):
        return redirect_to_login(request.get_full_path(), login_url=reverse("mfa_reauthenticate"))
    return None


def log_ins_end(get_response: GetResponse) -> GetResponse:
    """No log-in stands for longer than half a year, however often it is used.

    Asked after the page is made, of a session that it looked into anyway: a page that needs nobody pays nothing.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # Only where it could be read: a page that stood without its database still stands.
        looked = "_session_cache" in vars(request.session) and SESSION_KEY in request.session
        if looked and second_factor.is_over(request, at=timezone.now(), whole=second_factor.MEMBER_WHOLE):
            logout(request)
            return redirect_to_login(request.get_full_path())
        return response

    return answer
