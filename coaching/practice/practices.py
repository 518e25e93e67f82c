"""Recording a practice: once, however often it is sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.models import Person, Practice
from content.models import Guide

LONGEST = timedelta(hours=3)
OLDEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the client says of one go. Ratings are 0 to 10 or None."""

    client_id: str
    started_at: datetime
    seconds: int
    tension_before: int | None
    tension_after: int | None
    pain_before: int | None
    pain_after: int | None


def record(person: Person, guide: Guide, report: Report, at: datetime) -> tuple[Practice, bool]:
    """Keep the practice; a report with a client id that is known changes nothing."""
    return Practice.objects.get_or_create(
        person=person,
        client_id=report.client_id,
        defaults={
            "technique_id": guide.technique_id,
            "guide": guide.slug,
            "started_at": believable(report.started_at, at),
            "seconds": min(report.seconds, int(LONGEST.total_seconds())),
            "tension_before": report.tension_before,
            "tension_after": report.tension_after,
            "pain_before": report.pain_before,
            "pain_after": report.pain_after,
        },
    )


def believable(started_at: datetime | None, at: datetime) -> datetime:
    """The time the device gave, unless its clock is plainly wrong: not to come, not over a year old."""
    if started_at is None or started_at > at or started_at < at - OLDEST:
        return at
    return started_at if timezone.is_aware(started_at) else timezone.make_aware(started_at)


@dataclass(frozen=True, kw_only=True)
class RatingChange:
    """What one pair of taps says, in words."""

    label: str
    words: str


def changes_of(practice: Practice, *, hides_pain: bool) -> tuple[RatingChange, ...]:
    found = [_change(_("Tension or worry"), practice.tension_before, practice.tension_after)]
    if not hides_pain:
        found.append(_change(_("Pain"), practice.pain_before, practice.pain_after))
    return tuple(change for change in found if change)


def _change(label: str, before: int | None, after: int | None) -> RatingChange | None:
    if before is None or after is None:
        return None
    told = {"before": before, "after": after}
    if after < before:
        words = _("from %(before)s to %(after)s. A little quieter.") % told
    elif after == before:
        words = _("%(before)s before and after. That happens, and it counts.") % told
    else:
        words = _("from %(before)s to %(after)s. Be gentle with yourself. You can try another way.") % told
    return RatingChange(label=label, words=words)
