"""The one way by which mail leaves: one open connection to the mail server, for as many mails as it bears.

What does not go through is raised as NotSent, with a judgement of `accounts/core/smtp_replies.py`. A server that hangs
up between two mails (many do after some hundred) is called again at once. Without a mail server, mails go to Django's
own backend: files on a laptop.
"""

from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from smtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from types import TracebackType
from typing import Self

from django.core import mail
from django.core.mail.backends.smtp import EmailBackend

from accounts import dkim_signature
from accounts.core.smtp_replies import Judgement, Stage, judge

CLOSING = 421
WENT_WELL = (250, 251)


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A finished mail: its lines end in CRLF."""

    sender: str
    to: str
    content: bytes


class NotSent(Exception):
    def __init__(self, judgement: Judgement) -> None:
        super().__init__(judgement.problem)
        self.judgement = judgement


class Filed(mail.EmailMessage):
    """For Django's backends, which want a message where there are bytes."""

    def __init__(self, parcel: Parcel) -> None:
        super().__init__(from_email=parcel.sender, to=[parcel.to])
        self.content = parcel.content

    def message(self) -> Message:  # type: ignore[override]
        return message_from_bytes(self.content)


class Sender:
    def __init__(self) -> None:
        self.backend = mail.get_connection()
        self.is_fresh = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def send(self, parcel: Parcel) -> None:
        """Returns when the server has it; raises NotSent otherwise."""
        signed = dkim_signature.sign(parcel.content)
        if not isinstance(self.backend, EmailBackend):
            self.backend.send_messages([Filed(parcel)])
            return
        smtp = self._open(self.backend)
        reply = _begin(smtp, parcel.sender)
        if not self.is_fresh and reply in (None, CLOSING):
            self.close()
            smtp = self._open(self.backend)
            reply = _begin(smtp, parcel.sender)
        self._expect(reply, Stage.SENDER)
        self.is_fresh = False
        self._go_on(smtp, parcel.to, signed)

    def close(self) -> None:
        """However it ends: what was to be sent is sent, or said to be not."""
        with suppress(OSError, SMTPException):
            self.backend.close()
        if isinstance(self.backend, EmailBackend):
            self.backend.connection = None

    def _open(self, backend: EmailBackend) -> SMTP:
        try:
            self.is_fresh = bool(backend.open()) or self.is_fresh
            if backend.connection:
                return backend.connection
        except SMTPAuthenticationError as error:
            raise self._not_sent(Stage.LOGIN, error.smtp_code) from None
        except SMTPResponseException as error:
            raise self._not_sent(Stage.CONNECT, error.smtp_code) from None
        except (SMTPException, OSError):
            raise self._not_sent(Stage.CONNECT, None) from None
        raise self._not_sent(Stage.CONNECT, None)

    def _go_on(self, smtp: SMTP, to: str, content: bytes) -> None:
        stage = Stage.RECIPIENT
        try:
            code, said = smtp.rcpt(to)
            self._expect(code, stage, said)
            stage = Stage.CONTENT
            code, said = smtp.data(content)
        except SMTPDataError as error:
            code, said = error.smtp_code, b""
        except (SMTPServerDisconnected, OSError):
            raise self._not_sent(stage, None) from None
        self._expect(code, stage, said)

    def _expect(self, code: int | None, stage: Stage, said: bytes | str = b"") -> None:
        if code not in WENT_WELL:
            words = said.decode("ascii", "replace") if isinstance(said, bytes) else said
            raise self._not_sent(stage, code, words)

    def _not_sent(self, stage: Stage, code: int | None, said: str = "") -> NotSent:
        """Leaves the connection ready for the next mail, or closed."""
        if code is None or code == CLOSING or stage in (Stage.CONNECT, Stage.LOGIN):
            self._hang_up()
        elif isinstance(self.backend, EmailBackend) and self.backend.connection:
            try:
                self.backend.connection.rset()
            except (SMTPException, OSError):
                self._hang_up()
        return NotSent(judge(stage, code, said))

    def _hang_up(self) -> None:
        """Without a word: QUIT to a server that does not answer would wait once more."""
        if isinstance(self.backend, EmailBackend):
            if self.backend.connection:
                self.backend.connection.close()
            self.backend.connection = None


def _begin(smtp: SMTP, sender: str) -> int | None:
    """The code of the answer to MAIL, None when there was none."""
    try:
        smtp.ehlo_or_helo_if_needed()
        return smtp.mail(sender)[0]
    except (SMTPException, OSError):
        return None


def bare(address: str) -> str:
    """hello@example.org of "Unloop <hello@example.org>"."""
    return parseaddr(address)[1]
