"""One mail handed to a mail server over an open connection: what is said, and at which stage it failed.

Where the server takes commands in a row (PIPELINING, RFC 2920), both addresses and DATA go in one packet: over a
network that saves two of four waits for each mail. The rule that comes with it: when DATA was allowed although an
address was refused, an empty mail ends it, which reaches nobody.
"""

import re
from collections.abc import Callable
from smtplib import SMTP, SMTPException

from accounts.core.sending.smtp_replies import Stage

GO_ON = 354
WENT_WELL = (250, 251)
ADDRESS = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")
Reply = tuple[int, bytes]


class Refused(Exception):
    """`code` is None when the connection broke, or when nothing came in time."""

    def __init__(self, stage: Stage, code: int | None, said: bytes = b"") -> None:
        super().__init__(stage, code)
        self.stage, self.code, self.said = stage, code, said.decode("ascii", "replace")


def hand_over(
    smtp: SMTP, *, sender: str, to: str, content: bytes, patience: float, meanwhile: Callable[[], object]
) -> None:
    """Returns when the server has the mail; `meanwhile` is called while the server takes the mail in.

    `patience` is how many seconds the last answer may take. It is longer than for all others: whoever hangs up on a
    server that is just about to say yes sends a copy (RFC 5321, section 4.5.3.2.6, asks for ten minutes).

    ValueError when an address holds what an envelope cannot.
    """
    if not (ADDRESS.fullmatch(sender) and ADDRESS.fullmatch(to)):
        raise ValueError("An address holds a character that has no place there.")
    commands = [f"MAIL FROM:<{sender}>", f"RCPT TO:<{to}>", "DATA"]
    talk = _in_a_row if smtp.has_extn("pipelining") else _in_turn
    talk(smtp, commands)
    try:
        smtp.send(content.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        meanwhile()
        code, said = _last_reply(smtp, patience)
    except (SMTPException, OSError):
        raise Refused(Stage.CONTENT, None) from None
    if code not in WENT_WELL:
        raise Refused(Stage.CONTENT, code, said)


def _last_reply(smtp: SMTP, patience: float) -> Reply:
    if smtp.sock is None:
        return smtp.getreply()
    usual = smtp.sock.gettimeout()
    smtp.sock.settimeout(patience)
    reply = smtp.getreply()
    if smtp.sock is not None:
        smtp.sock.settimeout(usual)
    return reply


def _in_turn(smtp: SMTP, commands: list[str]) -> None:
    for number, command in enumerate(commands):
        _check(number, _reply(smtp, number, command.encode("ascii") + b"\r\n"))


def _in_a_row(smtp: SMTP, commands: list[str]) -> None:
    said = "".join(f"{command}\r\n" for command in commands).encode("ascii")
    replies = [_reply(smtp, number, said if number == 0 else b"") for number in range(len(commands))]
    try:
        for number, reply in enumerate(replies):
            _check(number, reply)
    except Refused:
        if replies[-1][0] == GO_ON:
            _reply(smtp, 1, b".\r\n")
        raise


def _reply(smtp: SMTP, number: int, command: bytes) -> Reply:
    """As long as the words are not on their way, nothing of this mail can have arrived."""
    try:
        if command:
            smtp.send(command)
        return smtp.getreply()
    except (SMTPException, OSError):
        raise Refused(Stage.RECIPIENT if number else Stage.SENDER, None) from None


def _check(number: int, reply: Reply) -> None:
    stage = (Stage.SENDER, Stage.RECIPIENT, Stage.CONTENT)[number]
    if reply[0] not in ((GO_ON,) if stage == Stage.CONTENT else WENT_WELL):
        raise Refused(stage, *reply)
