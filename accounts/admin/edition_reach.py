"""What is said of an edition's readers before it leaves: how many get it, who is left out and why, what is near it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.core.sending.reach import Fate, Reach
from accounts.models import Edition, EditionStatus, Subscriber
from accounts.readers.reach import leaving, neighbours_of, people_of, reach_at

LEFT_OUT_OF = "left_out_of"
LEFT_OUT = (
    ("had_one", "had a letter within their pace (six days for whoever chose every week)"),
    ("rests", "on a break"),
    ("other_topics", "with other topics"),
)


@dataclass(frozen=True, kw_only=True)
class Number:
    """A count, what it counts, and where its rows stand."""

    count: int
    of: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Readers:
    """`gets` is how many get it; `said` tells it in sentences; `why_fewer` says who is left out, as `left_out` does in
    links: a page shows one of the two."""

    gets: int
    said: list[str]
    why_fewer: str
    left_out: list[Number]
    warnings: list[str]


def readers_of(edition: Edition, *, at: datetime, leaves_at: datetime | None = None) -> Readers:
    """When it leaves at `leaves_at`; without that, when it was scheduled for, or at once."""
    scheduled_for = edition.send_at if edition.status == EditionStatus.SCHEDULED else None
    moment = max(leaves_at or scheduled_for or at, at)
    reach = reach_at(edition, leaves_at=moment)
    when = _moment(moment, edition.time_zone) if moment > at else ""
    return Readers(
        gets=reach.gets,
        said=_said(reach, when),
        why_fewer=_why_fewer(reach),
        left_out=left_out_of(edition, reach, moment),
        warnings=_warnings(edition, reach, moment),
    )


def left_out_of(edition: Edition, reach: Reach, moment: datetime) -> list[Number]:
    """Each reason with the list of those whom it holds for."""
    reasons = [(name, count, words) for name, words in LEFT_OUT if (count := getattr(reach, name))]
    return [Number(count=count, of=words, link=_people(edition, name, moment)) for name, count, words in reasons]


def _people(edition: Edition, fate: str, moment: datetime) -> str:
    such = urlencode({LEFT_OUT_OF: f"{edition.pk},{fate},{moment.isoformat()}"})
    return f"{reverse('admin:accounts_subscriber_changelist')}?{such}"


class LeftOutFilter(admin.SimpleListFilter):
    """In the list of subscribers, for whoever comes by such a link; nobody chooses it there."""

    title, parameter_name = "left out of an edition", LEFT_OUT_OF

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        asked = request.GET.get(LEFT_OUT_OF)
        return [(asked, "Only those")] if asked else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> QuerySet[Subscriber]:
        if not self.value():
            return queryset
        try:
            number, fate, moment = str(self.value()).split(",")
            edition, leaves_at = Edition.objects.get(pk=int(number)), datetime.fromisoformat(moment)
            people = people_of(edition, Fate(fate), leaves_at=leaves_at)
        except (ValueError, OverflowError, Edition.DoesNotExist):
            return queryset.none()
        return queryset.filter(pk__in=people.values("pk"))


def nobody(readers: Readers) -> str:
    return " ".join(filter(None, ["Nobody would get it then.", readers.why_fewer, *readers.said[1:]]))


def said_of(reach: Reach) -> str:
    """Without its moment, where that stands beside it."""
    return ngettext("%d person will get it.", "%d people will get it.", reach.gets) % reach.gets


def _said(reach: Reach, when: str) -> list[str]:
    head = ngettext("%d person would get it.", "%d people would get it.", reach.gets) % reach.gets
    said = [f"On {when}, {head}" if when else f"As things stand, {head}"]
    if reach.other_language:
        said.append(f"{reach.other_language} read letters in another language.")
    return said


def _why_fewer(reach: Reach) -> str:
    if not reach.left_out:
        return ""
    reasons = [f"{count} {words}" for name, words in LEFT_OUT if (count := getattr(reach, name))]
    return f"{reach.left_out} left out: {', '.join(reasons)}."


def _warnings(edition: Edition, reach: Reach, moment: datetime) -> list[str]:
    warnings = [] if reach.readers else ["Nobody reads letters in this language yet."]
    return warnings + [_neighbour(each, moment) for each in neighbours_of(edition, leaves_at=moment)]


def _neighbour(other: Edition, moment: datetime) -> str:
    left = _moment(leaving(other), other.time_zone)
    if leaving(other) <= moment:
        return f"“{other.subject}” leaves less than six days before it, on {left}: whoever gets that is not sent this."
    return f"“{other.subject}” leaves less than six days after it, on {left}: whoever gets this is not sent that."


def _moment(moment: datetime, zone: str) -> str:
    return f"{timezone.localtime(moment, ZoneInfo(zone)):%d %B %Y, %H:%M} ({zone})"
