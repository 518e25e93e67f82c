"""What a person prefers, account or not."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from accounts.models import Profile

ANONYMOUS_MINUTES = 30
UTC = ZoneInfo("UTC")
KEPT_AS = "coached_preferences"
"""Looked up once a request."""


@dataclass(frozen=True, kw_only=True)
class Preferences:
    minutes_a_day: int = ANONYMOUS_MINUTES
    hides_pain: bool = False
    country: str = ""
    country_at_home: str = ""
    zone: ZoneInfo = UTC


def preferences_of(request: HttpRequest) -> Preferences:
    kept = vars(request)
    if KEPT_AS not in kept:
        kept[KEPT_AS] = _read(request)
    return kept[KEPT_AS]


def choose_country(request: HttpRequest, code: str) -> None:
    """Whose lines to show first in this browser; empty: rather not say."""
    request.session["country"] = code
    request.session["country_at_home"] = _read(request).country_at_home


def _read(request: HttpRequest) -> Preferences:
    if not request.user.is_authenticated:
        return Preferences(
            minutes_a_day=request.session.get("minutes_a_day", ANONYMOUS_MINUTES),
            hides_pain=bool(request.session.get("hides_pain")),
            country=_country(request, ""),
        )
    profile = Profile.objects.of(request.user)
    return Preferences(
        minutes_a_day=profile.minutes_a_day,
        hides_pain=profile.hide_pain_numbers,
        country=_country(request, profile.country),
        country_at_home=profile.country,
        zone=profile.zone,
    )


def _country(request: HttpRequest, at_home: str) -> str:
    """The country of the profile, or one chosen on the help page since the profile last changed."""
    session = request.session
    return session["country"] if session.get("country_at_home") == at_home and "country" in session else at_home
