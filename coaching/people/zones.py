"""Whose clock somebody's days follow: the one they told, else that of their browser, else UTC.

A script tells the browser's zone in a cookie (`static/js/time-zone.js`). Pages use it meanwhile, and it is kept only
when the person says so, with one tap. Who has told a zone and whose browser shows another time (they travel) is asked
once for each such zone. Where no script tells, it is asked for.
"""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest

from accounts.forms.profile import time_zones

COOKIE = "__Host-zone" if settings.IS_HTTPS else "zone"
TOLD, ANSWERED = "time_zone", "zones_answered"
"""In the session: the zone of a visitor who told one, and the zones that somebody was asked about."""


@dataclass(frozen=True, kw_only=True)
class ZoneOffer:
    """`zone` is empty where no browser told one, `told` where the person told none."""

    zone: str = ""
    told: str = ""
    at: datetime

    @property
    def name(self) -> str:
        return name_of(self.zone)

    @property
    def told_name(self) -> str:
        return name_of(self.told)

    @property
    def own_drawn_by(self) -> tuple[str | time, ...]:
        """A page says the minute, where it says the time."""
        clock = (self.clock.time().replace(second=0, microsecond=0),) if self.zone else ()
        return (self.zone, self.told, *clock)

    @property
    def clock(self) -> datetime:
        return self.at.astimezone(ZoneInfo(self.zone))


def name_of(zone: str) -> str:
    """Its city: "Australia/Sydney" is Sydney."""
    return zone.rpartition("/")[2].replace("_", " ")


def is_zone(name: str) -> bool:
    return bool(name) and name in dict(time_zones())


def browser_zone(request: HttpRequest) -> str:
    told = request.COOKIES.get(COOKIE, "")
    return told if is_zone(told) else ""


def zone_offer(request: HttpRequest, told: str, at: datetime) -> ZoneOffer | None:
    """What to ask about the clock, if there is anything."""
    here = browser_zone(request)
    if here in request.session.get(ANSWERED, []) or (told and not here):
        return None
    if told and at.astimezone(ZoneInfo(told)).utcoffset() == at.astimezone(ZoneInfo(here)).utcoffset():
        return None
    return ZoneOffer(zone=here, told=told, at=at)


def leave_as_it_is(request: HttpRequest) -> None:
    request.session[ANSWERED] = sorted({*request.session.get(ANSWERED, []), browser_zone(request)})
