"""An account goes: at once, or after seven days in which one tap brings it back. And the mail that says so."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.erasing import leaving
from accounts.guard.own_sessions import end_all
from accounts.mail.emails import Mail, post
from accounts.members.own_data import subscribers_of
from accounts.models import Leaving, User


def go_in_a_while(user: User, *, at: datetime) -> Leaving:
    """The mail comes after the stop, so that it alone still leaves."""
    going = leaving.ask(user, list(subscribers_of(user)), at=at)
    end_all(user)
    if user.email:
        post(_mail(going, user.email), at=at)
    return going


def _mail(going: Leaving, to: str) -> Mail:
    subject = _("Your account goes in seven days")
    words = {"link": settings.SITE_URL + keep_address(going), "gone_at": going.gone_at, "email": to}
    text = render_to_string("accounts/emails/going.txt", words)
    html = render_to_string("accounts/emails/plain.html", {"subject": subject, "text": text})
    return Mail(to=to, subject=subject, text=text, html=html)


def keep_address(going: Leaving) -> str:
    return reverse("accounts:keep", args=[leaving.token_of(going)])
