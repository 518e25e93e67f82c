"""Mail that came back to our own mailbox, for an operator without a provider that reports it.

Whom it concerns `whose.py` tells. A mail that concerns nobody changes nothing.
"""

from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message
from imaplib import IMAP4
from poplib import POP3, POP3_SSL, error_proto
from ssl import create_default_context
from urllib.parse import SplitResult, unquote, urlsplit

from accounts.core.sending.bounces import Notice
from accounts.core.sending.returned_mail import report_of
from accounts.sending import notices
from accounts.sending.whose import concerned

AT_ONCE = 200
PATIENCE = 30


class Closed(Exception):
    """A mailbox does not answer, or lets nobody in; says by its name what its library raised."""


def take(content: bytes, *, at: datetime) -> Notice:
    """One mail, as a mail server pipes it or a mailbox holds it. Answers what was made of it."""
    return take_mail(message_from_bytes(content, policy=policy.compat32), at=at)


def take_mail(mail: Message, *, at: datetime) -> Notice:
    report = report_of(mail)
    if report.notice == Notice.NOTHING:
        return Notice.NOTHING
    told = concerned(report)
    if told is None:
        return Notice.NOTHING
    notices.take(told.address, report.notice, mail=told.mail, at=at)
    return report.notice


def look_into(url: str, *, at: datetime) -> int:
    """Take all that is in the mailbox, and delete what was taken. How many they were. Raises Closed."""
    # The worker alone looks, and not on every site.
    from imap_tools.errors import ImapToolsError  # noqa: PLC0415

    where = urlsplit(url)
    try:
        return _by_pop(where, at=at) if where.scheme.startswith("pop3") else _by_imap(where, at=at)
    except (OSError, IMAP4.error, ImapToolsError, error_proto) as error:
        raise Closed(type(error).__name__) from error


def _by_imap(where: SplitResult, *, at: datetime) -> int:
    from imap_tools import BaseMailBox, MailBox, MailBoxStartTls  # noqa: PLC0415 - see above

    # Without one of our own, the library of Python would believe any certificate.
    trust = create_default_context()
    host, folder = str(where.hostname), unquote(where.path.strip("/")) or "INBOX"
    mailbox: BaseMailBox = (
        MailBox(host, where.port or 993, timeout=PATIENCE, ssl_context=trust)
        if where.scheme == "imaps"
        else MailBoxStartTls(host, where.port or 143, timeout=PATIENCE, ssl_context=trust)
    )
    with mailbox.login(*_login(where), initial_folder=folder) as inside:
        taken = []
        for mail in inside.fetch(limit=AT_ONCE, mark_seen=False):
            take_mail(mail.obj, at=at)
            taken.append(mail.uid)
        if taken:
            inside.delete([uid for uid in taken if uid])
        return len(taken)


def _by_pop(where: SplitResult, *, at: datetime) -> int:
    host = str(where.hostname)
    if where.scheme == "pop3s":
        box: POP3 = POP3_SSL(host, where.port or 995, timeout=PATIENCE, context=create_default_context())
    else:
        box = POP3(host, where.port or 110, timeout=PATIENCE)
        box.stls(create_default_context())
    name, password = _login(where)
    box.user(name)
    box.pass_(password)
    count = min(AT_ONCE, box.stat()[0])
    for number in range(1, count + 1):
        take(b"\r\n".join(box.retr(number)[1]), at=at)
        box.dele(number)
    # Only now are they gone: a worker that dies before takes them again, which changes nothing more.
    box.quit()
    return count


def _login(where: SplitResult) -> tuple[str, str]:
    return unquote(where.username or ""), unquote(where.password or "")
