"""A mail that came back, or a complaint that came by mail: what it says, and of which mail.

The package flufl.bounce (Mailman's) knows how some hundred mail servers word it; a report after RFC 3464 is read as
well for its status code. Only "no such mailbox" ends an address at once; whatever else was given up (a full mailbox, a
block) counts as a soft bounce. An answer of a person, or an automatic reply, says nothing of a mailbox.
"""

import re
from dataclasses import dataclass
from email.message import Message

from accounts.core.sending.bounces import Notice
from accounts.core.sending.smtp_replies import NO_SUCH_MAILBOX

CODE = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
MESSAGE_ID = re.compile(r"^Message-ID:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
ANY_ID = re.compile(r"<[^<>\s\"]+@[^<>\s\"]+>")
STOP = re.compile(r"^List-Unsubscribe:\s*<\S+/u/([^/>\s]+)/?>", re.IGNORECASE | re.MULTILINE)
# Whom a report is about, and whom the mail that it quotes was for.
ABOUT = re.compile(
    r"^(?:To|Final-Recipient|Original-Recipient|Original-Rcpt-To|X-Failed-Recipients|Diagnostic-Code):(.*)$",
    re.IGNORECASE | re.MULTILINE,
)
ADDRESS = re.compile(r"[^\s<>();,:\"']+@[^\s<>();,:\"']+")
MOST_READ, MOST_ADDRESSES = 200_000, 50
# Of a code that says no more than that it failed: Exim writes it always, with the true one in the answer it got.
SAYS_NOTHING = re.compile(r"[45]\.0\.0")


@dataclass(frozen=True, kw_only=True)
class Report:
    """`words` are the report as it came (a return path of ours may stand anywhere in it), `message_ids` and
    `stop_tokens` those of the mail that it quotes, `addresses` whom it is about."""

    notice: Notice
    words: str = ""
    message_ids: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    stop_tokens: tuple[str, ...] = ()


def report_of(mail: Message) -> Report:
    """A mail that no reader of ours can take says nothing, and must not keep those behind it from being read."""
    try:
        return _read(mail)
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError):
        return Report(notice=Notice.NOTHING)


def report_within(words: str, notice: Notice, *, address: str, message_id: str) -> Report:
    """What a provider posted about a mail to this address. Each calls the field for our Message-ID by another name, so
    whatever has the look of one is taken for one."""
    words = words[:MOST_READ]
    message_ids = tuple(dict.fromkeys([message_id, *ANY_ID.findall(words)]))[:MOST_ADDRESSES]
    return Report(notice=notice, words=words, message_ids=message_ids, addresses=(address,))


def _read(mail: Message) -> Report:
    text = mail.as_string()[:MOST_READ]
    own = str(mail.get("Message-ID", ""))
    named = [each for line in ABOUT.findall(text) for each in ADDRESS.findall(line)]
    return Report(
        notice=_notice(mail),
        words=text,
        message_ids=tuple(each for each in MESSAGE_ID.findall(text) if each != own),
        addresses=tuple(dict.fromkeys([*_failed_addresses(mail), *named]))[:MOST_ADDRESSES],
        stop_tokens=tuple(dict.fromkeys(STOP.findall(text)))[:MOST_ADDRESSES],
    )


def _notice(mail: Message) -> Notice:
    if mail.get_content_type() == "multipart/report" and mail.get_param("report-type") == "feedback-report":
        return Notice.COMPLAINT
    if not _failed_addresses(mail):
        return Notice.NOTHING
    codes = _codes(mail)
    return Notice.HARD if any(NO_SUCH_MAILBOX.fullmatch(code) for code in codes) else Notice.SOFT


def _failed_addresses(mail: Message) -> list[str]:
    """Those to which it was given up for good."""
    from flufl.bounce import all_failures  # noqa: PLC0415 (the worker alone reads such mail)

    return sorted(each.decode("ascii", "replace") for each in all_failures(mail)[1])


def _codes(mail: Message) -> list[str]:
    """Those of the report itself where there is one; else those in the words of the first part."""
    statuses = _said(mail, "Status")
    if statuses:
        return (
            statuses if any(not SAYS_NOTHING.fullmatch(each) for each in statuses) else _said(mail, "Diagnostic-Code")
        )
    words = next((part for part in mail.walk() if part.get_content_maintype() == "text"), None)
    payload = words.get_payload(decode=True) if words else b""
    return CODE.findall(payload.decode("utf-8", "replace")) if isinstance(payload, bytes) else []


def _said(mail: Message, name: str) -> list[str]:
    """The codes in all fields of this name."""
    return [code for part in mail.walk() for value in part.get_all(name, []) for code in CODE.findall(str(value))]
