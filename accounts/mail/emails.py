"""The site's own mail: rendered here, kept as a row with the change it reports, sent by a worker.

No page waits for a mail server. The row is the outbox: it is written in the same
transaction, and the task that sends it is queued once that is committed.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import make_msgid
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.core.consent_words import NEWSLETTER_WORDS
from accounts.mail.links import Standing, confirm_link, move_link, standing_link, stop_link
from accounts.mail.tasks import send_mail, send_mail_in_turn
from accounts.models import OutgoingMail, Subscriber

SUBJECTS = {
    "confirm": _("Please confirm your tips by email"),
    "already_subscribed": _("You already get our tips"),
    "move": _("Shall your tips come to this address?"),
    "moved_away": _("Your tips go to another address now"),
}
# Where there is no translation the words are English, and so is what the letter says of itself.
WRITTEN_IN = pgettext_lazy("the language of this letter", "en")


@dataclass(frozen=True, kw_only=True)
class Mail:
    to: str
    subject: str
    text: str
    html: str
    headers: dict[str, str] = field(default_factory=dict)


def post(mail: Mail, *, at: datetime) -> OutgoingMail:
    """It leaves at once: whoever asked for it waits."""
    row = _kept(mail, at=at)
    transaction.on_commit(partial(send_mail.enqueue, row.pk))
    return row


def post_in_turn(mail: Mail, *, at: datetime) -> OutgoingMail:
    """One of many that nobody waits for. It leaves after what somebody waits for."""
    row = _kept(mail, at=at)
    transaction.on_commit(partial(send_mail_in_turn.enqueue, row.pk))
    return row


def _kept(mail: Mail, *, at: datetime) -> OutgoingMail:
    return OutgoingMail.objects.create(
        to=mail.to,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        headers=mail.headers,
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
        due_at=at,
    )


def post_confirmation(subscriber: Subscriber, words_version: str, *, at: datetime) -> None:
    context = {
        "confirm_link": confirm_link(subscriber, words_version, at=at),
        "words": NEWSLETTER_WORDS[words_version],
    }
    _post_letter("confirm", subscriber, context, at=at)


def post_already_subscribed(subscriber: Subscriber, *, at: datetime) -> None:
    _post_letter("already_subscribed", subscriber, {}, at=at)


def post_move(subscriber: Subscriber, *, at: datetime) -> None:
    """To the new mailbox. It may be a stranger's by a slip, so no link in it opens the subscriber's pages."""
    context = {"move_link": move_link(subscriber, asked_at=at)}
    post(_written("move", subscriber.new_email, subscriber.language, context), at=at)


def post_moved_away(left: str, language: str, *, at: datetime) -> None:
    """To the mailbox that was left, without the name of the new one."""
    context = {"newsletter_link": settings.SITE_URL + reverse("accounts:newsletter")}
    post(_written("moved_away", left, language, context), at=at)


def _post_letter(name: str, subscriber: Subscriber, context: dict[str, str], *, at: datetime) -> None:
    links = {
        "preferences_link": standing_link(subscriber, Standing.PREFERENCES),
        "unsubscribe_link": standing_link(subscriber, Standing.UNSUBSCRIBE),
    }
    mail = _written(name, subscriber.email, subscriber.language, {**links, **context})
    post(replace(mail, headers=unsubscribe_headers(stop_link(subscriber.public_id))), at=at)


def _written(name: str, to: str, language: str, context: dict[str, str]) -> Mail:
    """In the language that the subscriber chose, and saying so."""
    with translation.override(language):
        subject = str(SUBJECTS[name])
        whole = {"subject": subject, "site_url": settings.SITE_URL, "language": str(WRITTEN_IN), **context}
        text = render_to_string(f"newsletter/emails/{name}.txt", whole)
        html = render_to_string(f"newsletter/emails/{name}.html", whole)
    return Mail(to=to, subject=subject, text=text, html=html)


def unsubscribe_headers(link: str) -> dict[str, str]:
    """RFC 8058: the mail program's own button posts to this address, without a page and without a cookie."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
