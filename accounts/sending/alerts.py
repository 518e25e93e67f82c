"""Somebody is told: an edition paused itself or ended, mail is stuck, the mail server or its mailbox is away.

Looked for every minute. Each trouble has a key of its own, so that it is told once, by one mail, however long it lasts
and however many workers look. When it is gone, so is its line in the admin; if it comes again, it is told again.
The mail goes by a way of its own (ALERTS_EMAIL_URL) where there is one: the usual way may be what is broken.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from accounts.letters.editions import was_paused_by_staff
from accounts.mail import emails
from accounts.mail.outgoing import unkept_parcel
from accounts.mail.sender import NotSent, Sender
from accounts.models import (
    MAIL_SERVER,
    RETURNED_MAIL,
    Alert,
    Delivery,
    Edition,
    EditionKind,
    EditionStatus,
    MailStatus,
    OutgoingMail,
    SendingGate,
)

log = logging.getLogger("unloop.letters")
AWAY_FOR = timedelta(minutes=5)
STUCK_FOR = timedelta(minutes=15)
UNREAD_FOR = timedelta(hours=1)
"""Mail that came back is no hurry; a mailbox that nobody can read for long is."""

TOLD_OF_THE_END = timedelta(days=1)
KEPT = timedelta(days=30)
SUBJECT = "Unloop: {}"


@dataclass(frozen=True, kw_only=True)
class Trouble:
    key: str
    words: str
    link: str
    lasts: bool = True


def look(*, at: datetime) -> None:
    """Keep what is new, end what is over, and tell what nobody was told yet."""
    troubles = {trouble.key: trouble for trouble in _troubles(at=at)}
    standing = set(Alert.objects.filter(over_at=None).values_list("key", flat=True))
    Alert.objects.filter(key__in=standing - set(troubles)).update(over_at=at)
    for trouble in troubles.values():
        _keep(trouble, at=at)
    for alert in Alert.objects.filter(told_at=None):
        _tell(alert, at=at)
    Alert.objects.filter(over_at__lt=at - KEPT).delete()


def standing() -> list[Alert]:
    return list(Alert.objects.filter(over_at=None)[:5])


def _keep(trouble: Trouble, *, at: datetime) -> None:
    row = {"words": trouble.words, "link": trouble.link, "began_at": at, "over_at": None if trouble.lasts else at}
    _, is_new = Alert.objects.get_or_create(key=trouble.key, defaults=row)
    if not is_new and trouble.lasts:
        Alert.objects.filter(key=trouble.key).exclude(over_at=None).update(told_at=None, **row)


def _troubles(*, at: datetime) -> Iterator[Trouble]:
    yield from _paused()
    yield from _ended(at=at)
    yield from _server(at=at)
    yield from _unread(at=at)
    yield from _stuck(at=at)


def _paused() -> Iterator[Trouble]:
    for edition in Edition.objects.filter(status=EditionStatus.PAUSED).exclude(pause_reason=""):
        if not was_paused_by_staff(edition):
            words = f"“{edition.subject}” paused itself. {edition.pause_reason}"
            # Once for each time it was set going.
            since = edition.resumed_at or edition.send_at or edition.created_at
            yield Trouble(key=f"paused:{edition.pk}:{since:%Y%m%d%H%M%S}", words=words[:500], link=_page(edition))


def _ended(*, at: datetime) -> Iterator[Trouble]:
    """Its letters are counted once, and not each minute for a day."""
    ended = Edition.objects.filter(status=EditionStatus.FINISHED, kind=EditionKind.EDITION)
    for edition in ended.filter(finished_at__gt=at - TOLD_OF_THE_END, finished_at__isnull=False):
        key = f"ended:{edition.pk}:{edition.finished_at:%Y%m%d%H%M%S}"
        if Alert.objects.filter(key=key).exists():
            continue
        sent = Delivery.objects.filter(edition=edition, state="sent").count()
        words = f"“{edition.subject}” has gone out: {sent} letters were sent."
        yield Trouble(key=key, words=words, link=_page(edition), lasts=False)


def _server(*, at: datetime) -> Iterator[Trouble]:
    away = SendingGate.objects.filter(name=MAIL_SERVER, failures__gt=0, failing_since__lt=at - AWAY_FOR)
    for gate in away:
        words = f"The mail server has taken no letters since {gate.failing_since:%d %B, %H:%M} UTC. {gate.problem}"
        yield Trouble(key="server", words=words, link=reverse("admin:accounts_edition_changelist"))


def _unread(*, at: datetime) -> Iterator[Trouble]:
    for gate in SendingGate.objects.filter(name=RETURNED_MAIL, failures__gt=0, failing_since__lt=at - UNREAD_FOR):
        since = f"{gate.failing_since:%d %B, %H:%M} UTC"
        words = f"The mailbox of returned mail cannot be read since {since} ({gate.problem}). What bounces goes unseen."
        yield Trouble(key="returned", words=words, link=reverse("admin:accounts_subscriber_changelist"))


def _stuck(*, at: datetime) -> Iterator[Trouble]:
    waiting = [MailStatus.WAITING, MailStatus.SENDING]
    # By when they were made: a mail that is put off again and again is stuck, though it is not due.
    stuck = OutgoingMail.objects.filter(status__in=waiting, created_at__lt=at - STUCK_FOR)
    count = stuck.count()
    if count:
        oldest = stuck.order_by("created_at").values_list("created_at", "error").first()
        since, error = oldest or (at, "")
        who = ngettext("%d mail of the site waits", "%d mails of the site wait", count) % count
        words = f"{who} since {since:%d %B, %H:%M} UTC, and sign-up codes are such mails. {error}".strip()
        yield Trouble(key="stuck", words=words, link=reverse("admin:accounts_outgoingmail_changelist"))


def _page(edition: Edition) -> str:
    return reverse("admin:accounts_edition_change", args=[edition.pk])


def _tell(alert: Alert, *, at: datetime) -> None:
    """Claimed first, so that one of many workers tells; given back if the way of its own is broken too."""
    if not Alert.objects.filter(pk=alert.pk, told_at=None).update(told_at=at) or not settings.ALERTS_TO:
        return
    if not settings.ALERTS_EMAIL:
        _post(alert, at=at)
    elif not _sent_another_way(alert, at=at):
        Alert.objects.filter(pk=alert.pk).update(told_at=None)


def _post(alert: Alert, *, at: datetime) -> None:
    subject, text = _subject(alert), _text(alert)
    html = render_to_string("accounts/emails/plain.html", {"subject": subject, "text": text})
    for address in settings.ALERTS_TO:
        emails.post(emails.Mail(to=address, subject=subject, text=text, html=html), at=at)


def _sent_another_way(alert: Alert, *, at: datetime) -> bool:
    """Whether anybody was told. Built as all mail is: that server, too, may take no signs beyond ASCII."""
    told = 0
    with Sender(_another_way()) as sender:
        for address in settings.ALERTS_TO:
            try:
                sender.send(unkept_parcel(to=address, subject=_subject(alert), text=_text(alert), at=at))
                told += 1
            except (NotSent, ValueError) as error:
                log.warning("Not everybody could be told that %s (%s).", alert.key, type(error).__name__)
    return told > 0


def _another_way() -> BaseEmailBackend:
    server: dict[str, Any] = {
        name: settings.ALERTS_EMAIL.get(f"EMAIL_{name.upper()}") for name in ("host", "port", "use_tls", "use_ssl")
    }
    return get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        username=settings.ALERTS_EMAIL.get("EMAIL_HOST_USER") or "",
        password=settings.ALERTS_EMAIL.get("EMAIL_HOST_PASSWORD") or "",
        timeout=settings.EMAIL_TIMEOUT,
        **server,
    )


def _subject(alert: Alert) -> str:
    """On one line: the reason of a pause may hold several."""
    return " ".join(SUBJECT.format(alert.words[:100]).split())


def _text(alert: Alert) -> str:
    return f"{alert.words}\n\n{settings.SITE_URL}{alert.link}\n"
