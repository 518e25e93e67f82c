"""The site's own mail on its way to the mail server.

A row is claimed by a conditional update, so that two workers never send it both.
A claim lapses after LEASE: a worker that died leaves the row to the next one. A
refusal for now (4xx, a broken connection) is tried again after the pauses in
PAUSES; a refusal for good (5xx) and the last pause end it, with the reason kept.
"""

from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Q

from accounts.models import MailStatus, OutgoingMail

LEASE = timedelta(minutes=5)
PAUSES = [timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 3600, 6 * 3600)]


def deliver(mail_id: int, *, at: datetime) -> datetime | None:
    """Send one mail if it is due. The answer is when to try again, or None when there is nothing left to do."""
    if not _claim(mail_id, at=at):
        return None
    mail = OutgoingMail.objects.get(pk=mail_id)
    try:
        as_message(mail).send()
    except (SMTPException, OSError) as error:
        return _put_back(mail, error, at=at)
    except ValueError as error:
        # A header with a line break, or the like: no other attempt would end otherwise.
        _close(mail, MailStatus.FAILED, error=_reason(error))
        return None
    _close(mail, MailStatus.SENT, sent_at=at, error="")
    return None


def due_mail(*, at: datetime) -> list[int]:
    """What should have left by now, lapsed claims among them."""
    return list(OutgoingMail.objects.filter(_is_due(at)).order_by("due_at").values_list("pk", flat=True)[:500])


def as_message(mail: OutgoingMail) -> EmailMultiAlternatives:
    headers = {**mail.headers, "Message-ID": mail.message_id}
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers)
    message.attach_alternative(mail.html, "text/html")
    return message


def _is_due(at: datetime) -> Q:
    return Q(status__in=[MailStatus.WAITING, MailStatus.SENDING], due_at__lte=at)


def _claim(mail_id: int, *, at: datetime) -> bool:
    mine = OutgoingMail.objects.filter(_is_due(at), pk=mail_id)
    return mine.update(status=MailStatus.SENDING, due_at=at + LEASE, attempts=F("attempts") + 1) == 1


def _put_back(mail: OutgoingMail, error: Exception, *, at: datetime) -> datetime | None:
    reason = _reason(error)
    if _is_final(error) or mail.attempts > len(PAUSES):
        _close(mail, MailStatus.FAILED, error=reason)
        return None
    due_at = at + PAUSES[mail.attempts - 1]
    OutgoingMail.objects.filter(pk=mail.pk).update(status=MailStatus.WAITING, due_at=due_at, error=reason)
    return due_at


def _close(mail: OutgoingMail, status: MailStatus, **fields: object) -> None:
    """The body may hold a code or a link: it goes as soon as it is of no more use."""
    OutgoingMail.objects.filter(pk=mail.pk).update(status=status, text="", html="", headers={}, **fields)


def _is_final(error: Exception) -> bool:
    """A refused login or sender is our own fault, and mended by the operator: that mail waits."""
    is_about_this_mail = isinstance(error, (SMTPRecipientsRefused, SMTPDataError))
    return is_about_this_mail and all(500 <= code < 600 for code in _codes(error))


def _codes(error: Exception) -> list[int]:
    if isinstance(error, SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, SMTPResponseException) else []


def _reason(error: Exception) -> str:
    """The kind and code of the refusal. Never the server's own words: they may hold the address."""
    return " ".join([type(error).__name__, *map(str, _codes(error))])
