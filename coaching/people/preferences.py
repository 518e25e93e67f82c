"""What a person prefers, account or not."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from accounts.models import Profile
from coaching.people.zones import TOLD, ZoneOffer, browser_zone, zone_offer

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
    told_zone: str = ""


def preferences_of(request: HttpRequest) -> Preferences:
    kept = vars(request)
    if KEPT_AS not in kept:
        kept[KEPT_AS] = _read(request)
    return kept[KEPT_AS]


def choose_country(request: HttpRequest, code: str) -> None:
    """The country whose help lines are shown first in this browser; empty when the person would rather not say."""
    request.session["country"] = code
    request.session["country_at_home"] = _read(request).country_at_home


def choose_zone(request: HttpRequest, zone: str) -> None:
    """The time zone by which the person's days are counted: kept with the account, or for this visit."""
    if request.user.is_authenticated:
        Profile.objects.of(request.user)
        Profile.objects.filter(user=request.user).update(time_zone=zone)
    else:
        request.session[TOLD] = zone


def zone_to_begin_with(request: HttpRequest) -> str:
    """The zone that a form has picked already: what the person told, else what their browser says. Empty where neither
    is known: else the first place of the list would be sent as theirs."""
    return preferences_of(request).told_zone or browser_zone(request)


def zone_offer_of(request: HttpRequest, at: datetime) -> ZoneOffer | None:
    return zone_offer(request, preferences_of(request).told_zone, at)


def _zone(request: HttpRequest, told: str) -> ZoneInfo:
    here = told or browser_zone(request)
    return ZoneInfo(here) if here else UTC


def _read(request: HttpRequest) -> Preferences:
    if not request.user.is_authenticated:
        told = request.session.get(TOLD, "")
        return Preferences(
            minutes_a_day=request.session.get("minutes_a_day", ANONYMOUS_MINUTES),
            hides_pain=bool(request.session.get("hides_pain")),
            country=_country(request, ""),
            zone=_zone(request, told),
            told_zone=told,
        )
    profile = Profile.objects.of(request.user)
    return Preferences(
        minutes_a_day=profile.minutes_a_day,
        hides_pain=profile.hide_pain_numbers,
        country=_country(request, profile.country),
        country_at_home=profile.country,
        zone=_zone(request, profile.time_zone),
        told_zone=profile.time_zone,
    )


def _country(request: HttpRequest, at_home: str) -> str:
    """The country of the profile, or one chosen on the help page since the profile last changed."""
    session = request.session
    return session["country"] if session.get("country_at_home") == at_home and "country" in session else at_home
