"""Somebody lost their phone and their recovery codes, and showed to staff that they are who they say.

Their second step goes, every log-in of the account ends, and the mailbox is told: whoever did not ask for this learns
of it. The password stays, so that staff open nothing by it. How staff find out who asks is in `docs/operating.md`.
"""

import logging
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.guard.marks import account_mark
from accounts.guard.own_sessions import end_all
from accounts.mail.emails import Mail, post
from accounts.models import User

log = logging.getLogger("unloop.accounts")


def why_not(user: User, by: User) -> str:
    """Empty when that member of staff may do it for this account."""
    if user == by:
        return "Not for your own account: another member of staff does that, so that nobody does it alone."
    if user.is_superuser and not by.is_superuser:
        return "The account may do more than yours. Somebody who may do as much as it does that."
    if not Authenticator.objects.filter(user=user).exists():
        return "The account has no second step."
    return ""


@transaction.atomic
def take_away(user: User, *, at: datetime) -> None:
    Authenticator.objects.filter(user=user).delete()
    end_all(user)
    log.info("Account %s lost its second step by staff.", account_mark(user.pk))
    if user.email:
        post(_mail(user.email), at=at)


def _mail(to: str) -> Mail:
    subject = _("Your second step was taken away")
    words = {"reset": settings.SITE_URL + reverse("account_reset_password")}
    text = render_to_string("accounts/emails/second_step_gone.txt", words)
    html = render_to_string("accounts/emails/plain.html", {"subject": subject, "text": text})
    return Mail(to=to, subject=subject, text=text, html=html)
