"""Mistakes that readers found: kept for staff, who are told by a letter that one has come.

The letter holds no word of the reader's, and the row says nothing of who wrote it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.mail.emails import Mail, post
from accounts.work.slices import GoesOn, delete_in_batches, for_ever
from coaching.models import MistakeReport

SETTLED_KEPT = timedelta(days=90)


def forget_settled(at: datetime, goes_on: GoesOn = for_ever) -> int:
    """What was settled is of no more use, and somebody may have written of themselves in it."""
    settled = MistakeReport.objects.exclude(state=MistakeReport.State.NEW)
    return delete_in_batches(settled.filter(made_at__lt=at - SETTLED_KEPT), goes_on)


@transaction.atomic
def report(mistake: MistakeReport, at: datetime) -> None:
    mistake.made_at = at
    mistake.save()
    for address in settings.STAFF_LETTERS_TO:
        post(_letter(mistake, address), at=at)


def _letter(mistake: MistakeReport, address: str) -> Mail:
    link = settings.SITE_URL + reverse("admin:coaching_mistakereport_change", args=[mistake.pk])
    context = {"title": mistake.lesson.title, "kind": mistake.get_kind_display(), "link": link}
    text = render_to_string("coaching/emails/mistake.txt", context)
    subject = f"A reader found a mistake: {mistake.lesson.title}"
    html = render_to_string("accounts/emails/plain.html", {"subject": subject, "text": text})
    return Mail(to=address, subject=subject, text=text, html=html)
