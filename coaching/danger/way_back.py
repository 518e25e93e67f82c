"""Where the danger signs lead back to, when they came up on the way to something else.

It is remembered in the session, and forgotten by the place itself once somebody is there again. So a second click on
the last answer leads there as well, and whoever checks the signs on another day is led nowhere they did not come from.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse

CHECK_IN, PROGRESS = "short_check_in", "progress"
PLACES = frozenset({CHECK_IN, PROGRESS})
KEY = "back_from_the_signs"
STILL_MEANT = timedelta(hours=12)


def lead_back_to(request: HttpRequest, place: str, at: datetime) -> None:
    """`place` is one of `PLACES`."""
    request.session[KEY] = [place, at.isoformat()]


def way_back(request: HttpRequest, at: datetime) -> str:
    """The address of the place; empty where nobody waits to go back."""
    place, since = request.session.get(KEY) or ("", "")
    if place not in PLACES or not timedelta(0) <= at - datetime.fromisoformat(since) <= STILL_MEANT:
        return ""
    return reverse(f"coaching:{place}")


def is_back(request: HttpRequest) -> None:
    if KEY in request.session:
        del request.session[KEY]
