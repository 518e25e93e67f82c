"""Reminders by email, for those who chose an hour: at most one a day, never late, never scolding.

A reminder leaves in its hour or not at all: one that comes hours later helps nobody. The day
is written down by a conditional update before the mail, so that two workers send one.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.mail.emails import Mail, post
from accounts.models import Profile, Reminder
from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.models import Person
from coaching.plan.days import day_of
from coaching.plan.plans import coaching_of

WEEK = timedelta(days=7)


def send_due(at: datetime) -> int:
    """Post what is due in this hour; the number of reminders."""
    wanted = Profile.objects.exclude(reminder=Reminder.NONE).filter(user__is_active=True).select_related("user")
    return sum(_remind(profile, at) for profile in wanted.iterator(chunk_size=500) if is_due(profile, at))


def is_due(profile: Profile, at: datetime) -> bool:
    """Whether it is this person's hour, on a day that is to have a reminder and has had none."""
    here = at.astimezone(profile.zone)
    if here.hour != profile.reminder_hour:
        return False
    last = profile.reminded_on
    least = WEEK if profile.reminder == Reminder.WEEKLY else timedelta(days=1)
    return last is None or here.date() - last >= least


@transaction.atomic
def _remind(profile: Profile, at: datetime) -> bool:
    if not _claim(profile, at.astimezone(profile.zone).date()):
        return False
    post(_mail(profile, _minutes(profile, at)), at=at)
    return True


def _claim(profile: Profile, today: date) -> bool:
    mine = Profile.objects.filter(pk=profile.pk, reminded_on=profile.reminded_on)
    return mine.update(reminded_on=today) == 1


def _minutes(profile: Profile, at: datetime) -> int | None:
    """How long the next step of the plan takes: the same that Today says, and all that a mail tells of it."""
    person = Person.objects.filter(user=profile.user).first()
    day = day_of(person, coaching_of(person, profile.minutes_a_day), at=at, zone=profile.zone)
    return day.next_part.step.minutes if day.next_part and day.next_part.step else None


def _mail(profile: Profile, minutes: int | None) -> Mail:
    subject = _("A small reminder from Unloop")
    text = render_to_string(
        "coaching/emails/reminder.txt",
        {
            "name": never_as_a_wish(profile.name),
            "minutes": minutes,
            "today": settings.SITE_URL + reverse("coaching:today"),
            "profile": settings.SITE_URL + reverse("accounts:profile"),
        },
    )
    html = render_to_string("accounts/emails/plain.html", {"subject": subject, "text": text})
    return Mail(to=profile.user.email, subject=subject, text=text, html=html)
