"""What a person prefers, account or not."""

from dataclasses import dataclass

from django.http import HttpRequest

from accounts.models import Profile

ANONYMOUS_MINUTES = 30


@dataclass(frozen=True, kw_only=True)
class Preferences:
    minutes_a_day: int = ANONYMOUS_MINUTES
    hides_pain: bool = False
    country: str = ""


def preferences_of(request: HttpRequest) -> Preferences:
    if not hasattr(request, "_preferences"):
        request._preferences = _read(request)
    return request._preferences


def _read(request: HttpRequest) -> Preferences:
    country = request.session.get("country", "")
    if not request.user.is_authenticated:
        return Preferences(
            minutes_a_day=request.session.get("minutes_a_day", ANONYMOUS_MINUTES),
            hides_pain=bool(request.session.get("hides_pain")),
            country=country,
        )
    profile = Profile.objects.of(request.user)
    return Preferences(
        minutes_a_day=profile.minutes_a_day, hides_pain=profile.hide_pain_numbers, country=profile.country or country
    )
