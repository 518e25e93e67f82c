"""Whether this very session passed a second step, and for how long it may stay among staff's pages.

That the account has one is not enough: a session from before it was set up has proved a password alone.
"""

from datetime import datetime, timedelta
from functools import cache

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse

from accounts.models import User

STAFF_IDLE = timedelta(minutes=60)
STAFF_WHOLE = timedelta(hours=12)
MEMBER_WHOLE = timedelta(days=180)
SEEN_EVERY = timedelta(minutes=1)
SEEN = "staff_seen"
STEPS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES}


def is_staff_page(request: HttpRequest) -> bool:
    return request.path.startswith(_staff_pages(get_script_prefix()))


@cache
def _staff_pages(_prefix: str) -> str:
    """Asked of every post, and the same for as long as a process lives under one prefix."""
    return reverse("admin:index")


def has_passed(request: HttpRequest, user: User) -> bool:
    records = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" and record.get("type") in STEPS for record in records)


def is_over(request: HttpRequest, *, at: datetime, whole: timedelta) -> bool:
    """Whether its first proof is too long ago. A session that keeps none is held by its cookie alone."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) or []
    began = min((record["at"] for record in records if "at" in record), default=None)
    return began is not None and at.timestamp() - began > whole.total_seconds()


def has_been_idle(request: HttpRequest, *, at: datetime) -> bool:
    """Looks, and writes down once a minute that somebody is here."""
    seen = request.session.get(SEEN)
    now = at.timestamp()
    if seen is not None and now - seen > STAFF_IDLE.total_seconds():
        return True
    if seen is None or now - seen > SEEN_EVERY.total_seconds():
        request.session[SEEN] = now
    return False
