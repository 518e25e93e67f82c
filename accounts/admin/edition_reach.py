"""What is said of an edition's readers before it leaves: how many get it, who is left out and why, what is near it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import ngettext

from accounts.core.sending.reach import Reach
from accounts.models import Edition, EditionStatus
from accounts.readers.reach import leaving, neighbours_of, reach_at

LEFT_OUT = (
    ("had_one", "had a letter within their pace (six days for whoever chose every week)"),
    ("rests", "on a break"),
    ("other_topics", "with other topics"),
)


@dataclass(frozen=True, kw_only=True)
class Readers:
    """`gets` is how many get it; `said` tells it, the reasons, and what to mind, in sentences."""

    gets: int
    said: list[str]
    warnings: list[str]


def readers_of(edition: Edition, *, at: datetime, leaves_at: datetime | None = None) -> Readers:
    """When it leaves at `leaves_at`; without that, when it was scheduled for, or at once."""
    scheduled_for = edition.send_at if edition.status == EditionStatus.SCHEDULED else None
    moment = max(leaves_at or scheduled_for or at, at)
    reach = reach_at(edition, leaves_at=moment)
    when = _moment(moment, edition.time_zone) if moment > at else ""
    return Readers(gets=reach.gets, said=_said(reach, when), warnings=_warnings(edition, reach, moment))


def nobody(reach_said: list[str]) -> str:
    return f"Nobody would get it then. {' '.join(reach_said[1:])}".strip()


def said_of(reach: Reach) -> list[str]:
    """Without its moment, where that stands beside it."""
    head = ngettext("%d person will get it.", "%d people will get it.", reach.gets) % reach.gets
    return [head, *_left_out(reach)]


def _said(reach: Reach, when: str) -> list[str]:
    head = ngettext("%d person would get it.", "%d people would get it.", reach.gets) % reach.gets
    said = [f"On {when}, {head}" if when else f"As things stand, {head}", *_left_out(reach)]
    if reach.other_language:
        said.append(f"{reach.other_language} read letters in another language.")
    return said


def _left_out(reach: Reach) -> list[str]:
    if reach.left_out:
        reasons = [f"{count} {words}" for name, words in LEFT_OUT if (count := getattr(reach, name))]
        return [f"{reach.left_out} left out: {', '.join(reasons)}."]
    return []


def _warnings(edition: Edition, reach: Reach, moment: datetime) -> list[str]:
    found = [] if reach.readers else ["Nobody reads letters in this language yet."]
    return found + [_neighbour(each, moment) for each in neighbours_of(edition, leaves_at=moment)]


def _neighbour(other: Edition, moment: datetime) -> str:
    left = _moment(leaving(other), other.time_zone)
    if leaving(other) <= moment:
        return f"“{other.subject}” leaves less than six days before it, on {left}: whoever gets that is not sent this."
    return f"“{other.subject}” leaves less than six days after it, on {left}: whoever gets this is not sent that."


def _moment(moment: datetime, zone: str) -> str:
    return f"{timezone.localtime(moment, ZoneInfo(zone)):%d %B %Y, %H:%M} ({zone})"
