"""The one way by which mail leaves: one open connection to the mail server, used for mail after mail.

What does not go through is raised as NotSent, with a judgement of `accounts/core/sending/smtp_replies.py`. A server
that hangs up between two mails (many do after some hundred) is called again at once. Without a mail server, mails go
to Django's own backend: files on a laptop.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from functools import cached_property, partial
from smtplib import SMTP, SMTPAuthenticationError, SMTPException, SMTPResponseException
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from accounts.core.sending.smtp_replies import Judgement, Stage, judge
from accounts.mail import dkim_signature
from accounts.mail.smtp_talk import Refused, begin, hand_over

CLOSING = 421
LONGEST_LAST_ANSWER = 600
"""The seconds that a server may take to say that it has a mail. They are also at most half of the lease of a letter.
A letter is sent within the first half of its lease, so the answer comes before another worker may claim the letter."""


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A finished mail: its lines end in CRLF. What is not signed yet is signed when it leaves."""

    sender: str
    to: str
    content: bytes
    is_signed: bool = False

    @cached_property
    def words(self) -> bytes:
        """As they go over the line: a line that begins with a dot gets another one, and a dot alone ends them."""
        return self.content.replace(b"\r\n.", b"\r\n..") + b".\r\n"


class NotSent(Exception):
    def __init__(self, judgement: Judgement) -> None:
        super().__init__(judgement.problem)
        self.judgement = judgement


class Filed(mail.EmailMessage):
    """A finished mail as a message object, since Django's backends take no bytes."""

    def __init__(self, parcel: Parcel) -> None:
        super().__init__(from_email=parcel.sender, to=[parcel.to])
        self.content = parcel.content

    def message(self) -> Message:  # type: ignore[override]
        return message_from_bytes(self.content)


class Sender:
    def __init__(self, backend: BaseEmailBackend | None = None) -> None:
        self.backend = backend or mail.get_connection()
        self.is_fresh = True
        self.begun: Parcel | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Closing may fail without harm: each mail was either taken by the server or raised as NotSent before."""
        self.forget_begun()
        with suppress(OSError, SMTPException):
            self.backend.close()

    def begin(self, parcel: Parcel) -> None:
        """Say already who the next mail is from and to, if that needs no waiting. Until `send` nothing of it can
        arrive, so what must be done before it leaves is done while the server reads."""
        if isinstance(self.backend, EmailBackend) and self.backend.connection and not self.begun:
            has_begun = begin(self.backend.connection, sender=parcel.sender, to=parcel.to)
            self.begun = parcel if has_begun else None

    def forget_begun(self) -> None:
        """Drop a mail that `begin` announced and that will not be sent: only hanging up takes back what was said."""
        if self.begun and isinstance(self.backend, EmailBackend):
            _hang_up(self.backend)
        self.begun = None

    def send(self, parcel: Parcel, *, meanwhile: Callable[[], object] = bool) -> None:
        """Returns when the server has it; raises NotSent otherwise, and ValueError for what no mail can be.

        `meanwhile` is called while the server takes the mail in, as there is nothing else to do then; `bool` does
        nothing. It is not called when the mail is refused before.
        """
        if self.begun is not parcel:
            self.forget_begun()
        if not parcel.is_signed:
            parcel = replace(parcel, content=dkim_signature.sign(parcel.content), is_signed=True)
        if not isinstance(self.backend, EmailBackend):
            self.backend.send_messages([Filed(parcel)])
            return
        try:
            self._hand_over(self.backend, partial(_give, parcel, meanwhile))
        except Refused as refusal:
            self._calm(self.backend, refusal)
            raise NotSent(judge(refusal.stage, refusal.code, refusal.said)) from None

    def _hand_over(self, backend: EmailBackend, give: Callable[..., None]) -> None:
        smtp = self._open(backend)
        has_begun, self.begun = self.begun is not None, None
        was_fresh, self.is_fresh = self.is_fresh, False
        try:
            give(smtp, has_begun=has_begun)
        except Refused as refusal:
            # On a connection used before, a server that hangs up means the connection, not this mail: try a new one.
            if was_fresh or refusal.stage != Stage.SENDER or refusal.code not in (None, CLOSING):
                raise
            _hang_up(backend)
            give(self._open(backend))

    def _open(self, backend: EmailBackend) -> SMTP:
        if backend.connection is None:
            self.is_fresh = True
            _call(backend)
        if backend.connection is None:
            raise Refused(Stage.CONNECT, None)
        return backend.connection

    def _calm(self, backend: EmailBackend, refusal: Refused) -> None:
        """Leave the connection ready for the next mail, or closed."""
        try:
            if refusal.code in (None, CLOSING) or backend.connection is None or backend.connection.rset()[0] == CLOSING:
                _hang_up(backend)
        except (SMTPException, OSError):
            _hang_up(backend)


def _give(parcel: Parcel, meanwhile: Callable[[], object], smtp: SMTP, *, has_begun: bool = False) -> None:
    hand_over(
        smtp,
        sender=parcel.sender,
        to=parcel.to,
        words=parcel.words,
        patience=min(LONGEST_LAST_ANSWER, settings.MAIL_LEASE_SECONDS / 2),
        meanwhile=meanwhile,
        has_begun=has_begun,
    )


def _call(backend: EmailBackend) -> None:
    try:
        backend.open()
        if backend.connection:
            backend.connection.ehlo_or_helo_if_needed()
    except SMTPAuthenticationError as error:
        raise Refused(Stage.LOGIN, error.smtp_code) from None
    except SMTPResponseException as error:
        raise Refused(Stage.CONNECT, error.smtp_code) from None
    except (SMTPException, OSError):
        raise Refused(Stage.CONNECT, None) from None


def _hang_up(backend: EmailBackend) -> None:
    """Close without QUIT: a server that does not answer would have to be waited for once more."""
    if backend.connection:
        backend.connection.close()
    backend.connection = None
