"""A mail that came back, or a complaint that came by mail: what it says, and of which mail.

The package flufl.bounce (Mailman's) knows how some hundred mail servers word it; a report after RFC 3464 is read as
well for its status code. Only "no such mailbox" ends an address at once; whatever else was given up (a full mailbox, a
block) counts as a soft bounce. An answer of a person, or an automatic reply, says nothing of a mailbox.
"""

import re
from dataclasses import dataclass
from email.message import Message

from flufl.bounce import all_failures

from accounts.core.sending.bounces import Notice
from accounts.core.sending.smtp_replies import NO_SUCH_MAILBOX

CODE = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
MESSAGE_ID = re.compile(r"^Message-ID:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
MOST_READ = 200_000
WAYS_TO = ("Delivered-To", "X-Original-To", "X-Envelope-To", "Envelope-To", "To")


@dataclass(frozen=True, kw_only=True)
class Report:
    """`to` are the addresses that it came to (one of them may name our mail), `message_ids` those that it quotes."""

    notice: Notice
    to: tuple[str, ...]
    message_ids: tuple[str, ...]


def report_of(mail: Message) -> Report:
    to = tuple(str(value) for name in WAYS_TO for value in mail.get_all(name, []))
    text = mail.as_string()[:MOST_READ]
    own = str(mail.get("Message-ID", ""))
    quoted = tuple(each for each in MESSAGE_ID.findall(text) if each != own)
    return Report(notice=_notice(mail), to=to, message_ids=quoted)


def _notice(mail: Message) -> Notice:
    if mail.get_content_type() == "multipart/report" and mail.get_param("report-type") == "feedback-report":
        return Notice.COMPLAINT
    if not _failed(mail):
        return Notice.NOTHING
    codes = _codes(mail)
    return Notice.HARD if any(NO_SUCH_MAILBOX.fullmatch(code) for code in codes) else Notice.SOFT


def _failed(mail: Message) -> bool:
    """A mail that no detector can read says nothing, and must not keep those behind it from being read."""
    try:
        return bool(all_failures(mail)[1])
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError):
        return False


def _codes(mail: Message) -> list[str]:
    """Those of the report itself where there is one; else those in the words of the first part."""
    statuses = [str(part["Status"]) for part in mail.walk() if part["Status"]]
    if statuses:
        return [code for status in statuses for code in CODE.findall(status)]
    words = next((part for part in mail.walk() if part.get_content_maintype() == "text"), None)
    payload = words.get_payload(decode=True) if words else b""
    return CODE.findall(payload.decode("utf-8", "replace")) if isinstance(payload, bytes) else []
