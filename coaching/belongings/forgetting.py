"""What is not kept for ever: answers that belong to no account go with the visit they were given in."""

from datetime import datetime, timedelta

from django.conf import settings

from coaching.models import Person


def forget_strangers(at: datetime) -> int:
    """Remove everybody without an account whose visit cookie has lapsed by now; the number of people removed."""
    last = at.date() - timedelta(seconds=settings.SESSION_COOKIE_AGE, days=1)
    removed, _ = Person.objects.filter(user=None, seen_on__lt=last).delete()
    return removed
