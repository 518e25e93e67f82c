"""The site's own mail: rendered here, kept as a row with the change it reports, sent by a worker.

No page waits for a mail server. The row is the outbox: it is written in the same
transaction, and the task that sends it is queued once that is committed.
"""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import make_msgid
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import tasks
from accounts.core.consent_words import NEWSLETTER_WORDS
from accounts.models import OutgoingMail, Subscriber
from accounts.newsletter_links import Standing, confirm_link, move_link, standing_link, stop_link


@dataclass(frozen=True, kw_only=True)
class Mail:
    to: str
    subject: str
    text: str
    html: str
    headers: dict[str, str] = field(default_factory=dict)


def post(mail: Mail, *, at: datetime) -> OutgoingMail:
    row = OutgoingMail.objects.create(
        to=mail.to,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        headers=mail.headers,
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
        due_at=at,
    )
    transaction.on_commit(partial(tasks.send_mail.enqueue, row.pk))
    return row


def post_confirmation(subscriber: Subscriber, words_version: str, *, at: datetime) -> None:
    context = {
        "confirm_link": confirm_link(subscriber, words_version, at=at),
        "words": NEWSLETTER_WORDS[words_version],
    }
    _post_letter("confirm", subscriber, "Please confirm your tips by email", context, at=at)


def post_already_subscribed(subscriber: Subscriber, *, at: datetime) -> None:
    _post_letter("already_subscribed", subscriber, "You already get our tips", {}, at=at)


def post_move(subscriber: Subscriber, *, at: datetime) -> None:
    """To the new mailbox. It may be a stranger's by a slip, so no link in it opens the subscriber's pages."""
    _post_plain(
        "move",
        subscriber.new_email,
        _("Shall your tips come to this address?"),
        {"move_link": move_link(subscriber, asked_at=at)},
        at=at,
    )


def post_moved_away(left: str, *, at: datetime) -> None:
    """To the mailbox that was left, without the name of the new one."""
    context = {"newsletter_link": settings.SITE_URL + reverse("accounts:newsletter")}
    _post_plain("moved_away", left, _("Your tips go to another address now"), context, at=at)


def _post_plain(name: str, to: str, subject: str, context: dict[str, str], *, at: datetime) -> None:
    context = {"subject": subject, "site_url": settings.SITE_URL, **context}
    text = render_to_string(f"newsletter/emails/{name}.txt", context)
    html = render_to_string(f"newsletter/emails/{name}.html", context)
    post(Mail(to=to, subject=subject, text=text, html=html), at=at)


def _post_letter(name: str, subscriber: Subscriber, subject: str, context: dict[str, str], *, at: datetime) -> None:
    links = {
        "preferences_link": standing_link(subscriber, Standing.PREFERENCES),
        "unsubscribe_link": standing_link(subscriber, Standing.UNSUBSCRIBE),
    }
    context = {"subject": subject, "site_url": settings.SITE_URL, **links, **context}
    mail = Mail(
        to=subscriber.email,
        subject=subject,
        text=render_to_string(f"newsletter/emails/{name}.txt", context),
        html=render_to_string(f"newsletter/emails/{name}.html", context),
        headers=unsubscribe_headers(stop_link(subscriber.public_id)),
    )
    post(mail, at=at)


def unsubscribe_headers(link: str) -> dict[str, str]:
    """RFC 8058: the mail program's own button posts to this address, without a page and without a cookie."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
