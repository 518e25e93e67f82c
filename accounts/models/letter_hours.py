"""What the clocks of readers say, as parts of a query: whose break is over, and when a letter may come to whom."""

from datetime import datetime

from django.conf import settings
from django.db.models import Case, DateTimeField, Q, Value, When

from accounts.core.sending.hours import Hours, day_there, may_come_at, zones_by_day, zones_that_wait


def hours_of_site() -> Hours:
    opens, closes = settings.LETTERS_HOURS
    return Hours(opens=opens, closes=closes, zone=settings.LETTERS_TIME_ZONE)


def has_no_break(at: datetime) -> Q:
    """A break ends with the beginning of its last day, where the reader is."""
    here = day_there(at, "", hours_of_site())
    elsewhere = {day: zones for day, zones in zones_by_day(at).items() if day != here}
    over = Q(paused_until__lte=here) & ~Q(time_zone__in=[zone for zones in elsewhere.values() for zone in zones])
    for day, zones in elsewhere.items():
        over |= Q(paused_until__lte=day, time_zone__in=zones)
    return Q(paused_until=None) | over


def moment_for_each(at: datetime) -> Case:
    """Of subscribers: when a letter that is ready at this moment may come."""
    hours = hours_of_site()
    waiting = zones_that_wait(at, hours)
    unset = may_come_at(at, "", hours)
    if unset > at:
        # Whoever has told no zone waits too, and the default below is for all others.
        waiting = {**waiting, unset: (*waiting.get(unset, ()), "")}
    later = [When(time_zone__in=zones, then=Value(moment)) for moment, zones in waiting.items()]
    return Case(*later, default=Value(at), output_field=DateTimeField())
