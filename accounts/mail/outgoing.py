"""The site's own mail on its way to the mail server.

A row is claimed by a conditional update, so that two workers never send it both.
A claim lapses after LEASE, which is longer than the last answer of a mail server may take: a worker that died leaves
the row to the next one. What the
server's answer means, and how long to wait, is decided as for letters: a refusal for now
is tried again, one for good ends it, with the reason kept in plain words.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime, make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, Q
from django.template.loader import render_to_string

from accounts.core.letters.mould import fill, make
from accounts.core.letters.slots import without_slots
from accounts.core.sending.backoff import pause_after
from accounts.core.sending.smtp_replies import Verdict
from accounts.mail.sender import NotSent, Parcel, Sender
from accounts.mail.sender_names import OWN, MailName, bare, handed_back, reply_to, return_path, signed, written
from accounts.models import MailStatus, OutgoingMail, Suppression, SuppressionReason

LEASE = timedelta(minutes=15)
AT_ONCE = 500
UNFIT = "A header of this mail holds what no header may hold."


def deliver(mail_id: int, *, at: datetime) -> datetime | None:
    """Send one mail if it is due. The answer is when to try again, or None when there is nothing left to do."""
    with Sender() as sender:
        return deliver_by(sender, mail_id, at=at)


def deliver_by(sender: Sender, mail_id: int, *, at: datetime) -> datetime | None:
    if not _claim(mail_id, at=at):
        return None
    mail = OutgoingMail.objects.get(pk=mail_id)
    try:
        sender.send(as_parcel(mail))
    except NotSent as refusal:
        return _put_back(mail, refusal, at=at)
    except ValueError:
        # A header with a line break, or the like: no other attempt would end otherwise.
        _close(mail, MailStatus.FAILED, error=UNFIT)
        return None
    _close(mail, MailStatus.SENT, sent_at=at, error="")
    return None


def send_due(*, clock: Callable[[], datetime], goes_on: Callable[[], bool]) -> bool:
    """Send what should have left by now. True when `goes_on` said no before the end."""
    with Sender() as sender:
        while due := due_mail(at=clock()):
            for mail_id in due:
                if not goes_on():
                    return True
                deliver_by(sender, mail_id, at=clock())
    return False


def due_mail(*, at: datetime) -> list[int]:
    """The first of what should have left by now, lapsed claims among them."""
    return list(OutgoingMail.objects.filter(_is_due(at)).order_by("due_at").values_list("pk", flat=True)[:AT_ONCE])


def close_due(problem: str, *, at: datetime) -> int:
    """End what should have left by now, and what was just leaving, without sending it. How many they were."""
    due = OutgoingMail.objects.filter(_is_due(at) | Q(status=MailStatus.SENDING))
    return due.update(status=MailStatus.FAILED, text="", html="", headers={}, error=problem)


def as_parcel(mail: OutgoingMail) -> Parcel:
    """Built as letters are: quoted-printable in short lines, and no header folded, whatever the words."""
    name = MailName(OWN, mail.pk)
    headers = {
        "From": written(settings.DEFAULT_FROM_EMAIL),
        "To": mail.to,
        "Subject": mail.subject,
        "Date": format_datetime(mail.created_at),
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
        **reply_to(),
        **handed_back(signed(name, to=mail.to)),
        **mail.headers,
    }
    mould = make(headers, text=without_slots(mail.text), html=without_slots(mail.html))
    sender = return_path(name, to=mail.to, otherwise=bare(settings.DEFAULT_FROM_EMAIL))
    return Parcel(sender=sender, to=mail.to, content=fill(mould, {}))


def unkept_parcel(*, to: str, subject: str, text: str, at: datetime) -> Parcel:
    """A mail of the site that leaves by itself, without a row: built and signed as all others are."""
    html = render_to_string("accounts/emails/plain.html", {"subject": subject, "text": text})
    own_id = make_msgid(domain=urlsplit(settings.SITE_URL).hostname)
    mail = OutgoingMail(pk=0, to=to, subject=subject, text=text, html=html, message_id=own_id, created_at=at)
    return as_parcel(mail)


def _is_due(at: datetime) -> Q:
    return Q(status__in=[MailStatus.WAITING, MailStatus.SENDING], due_at__lte=at)


def _claim(mail_id: int, *, at: datetime) -> bool:
    mine = OutgoingMail.objects.filter(_is_due(at), pk=mail_id)
    return mine.update(status=MailStatus.SENDING, due_at=at + LEASE, attempts=F("attempts") + 1) == 1


def _put_back(mail: OutgoingMail, refusal: NotSent, *, at: datetime) -> datetime | None:
    problem, pause = refusal.judgement.problem, pause_after(mail.attempts)
    if refusal.judgement.verdict == Verdict.NO_MAILBOX:
        Suppression.objects.add_address(mail.to, SuppressionReason.BOUNCED)
    if refusal.judgement.is_final or pause is None:
        _close(mail, MailStatus.FAILED, error=problem)
        return None
    OutgoingMail.objects.filter(pk=mail.pk).update(status=MailStatus.WAITING, due_at=at + pause, error=problem)
    return at + pause


def _close(mail: OutgoingMail, status: MailStatus, **fields: object) -> None:
    """The body may hold a code or a link: it goes as soon as it is of no more use."""
    OutgoingMail.objects.filter(pk=mail.pk).update(status=status, text="", html="", headers={}, **fields)
