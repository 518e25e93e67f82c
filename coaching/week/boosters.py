"""The letters after an ending: at 1, 3 and 6 months to whoever asked for them, once each, and then silence.

A letter tells nothing of the person: it leads to a page behind their account. It is claimed by a conditional update
before it leaves, so that two workers send one, and one that would come more than a week late is not sent.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.core.typed import name_apart
from accounts.mail.emails import Mail, post_in_turn
from accounts.models import Profile, Suppression
from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.core.week.calendar import DAY
from coaching.core.week.leaving import STILL_SENT, is_to_be_sent
from coaching.models import Booster
from coaching.models.ending import MONTHS

AT_ONCE = 200


def send_due(at: datetime) -> int:
    """The number of letters that were posted."""
    return sum(due_in_steps(at))


def due_in_steps(at: datetime) -> Iterator[bool]:
    """The same, one after the other."""
    today = at.date()
    due = Booster.objects.filter(sent_at=None, due_on__lte=today + DAY, due_on__gte=today - STILL_SENT - DAY)
    wanted = due.filter(ending__returned_at=None, ending__wants_letters=True, ending__person__user__is_active=True)
    keys = list(wanted.values_list("pk", flat=True))
    for begin in range(0, len(keys), AT_ONCE):
        some = Booster.objects.filter(pk__in=keys[begin : begin + AT_ONCE]).select_related("ending__person__user")
        yield from (_send(booster, at) for booster in some)


def settle_after_restore(*, made_at: datetime, at: datetime) -> Iterator[str]:
    """A restored database does not know which left since it was made: those that were due count as sent."""
    due = Booster.objects.filter(sent_at=None, due_on__gte=made_at.date() - STILL_SENT - DAY, due_on__lte=at.date())
    if count := due.update(sent_at=at):
        yield f"{count} letters after an ending count as sent, as they may have left."


@transaction.atomic
def _send(booster: Booster, at: datetime) -> bool:
    user = booster.ending.person.user
    if user is None or not user.email or Suppression.objects.forbids(user.email):
        return False
    profile = Profile.objects.of(user)
    if not is_to_be_sent(booster.due_on, at.astimezone(profile.zone).date()):
        return False
    mine = Booster.objects.filter(pk=booster.pk, sent_at=None, ending__returned_at=None)
    if not mine.update(sent_at=at):
        return False
    post_in_turn(_mail(booster, user.email, name_apart(never_as_a_wish(profile.name))), at=at)
    return True


def _mail(booster: Booster, to: str, name: str) -> Mail:
    subject = _("A look back, two minutes, if you like")
    text = render_to_string(
        "coaching/emails/booster.txt",
        {
            "name": name,
            "month": booster.month,
            "is_last": booster.month == MONTHS[-1],
            "look": settings.SITE_URL + reverse("coaching:booster"),
            "stop": settings.SITE_URL + reverse("coaching:left"),
        },
    )
    html = render_to_string("accounts/emails/plain.html", {"subject": subject, "text": text})
    return Mail(to=to, subject=subject, text=text, html=html)
