"""One mail handed to a mail server over an open connection: what is said, and at which stage it failed.

Where the server takes commands in a row (PIPELINING, RFC 2920), both addresses and DATA go in one packet: over a
network that saves two of four waits for each mail. The rule that comes with it: when DATA was allowed although an
address was refused, an empty mail ends it, which reaches nobody.
"""

import re
from collections.abc import Callable
from contextlib import suppress
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


def begin(smtp: SMTP, *, sender: str, to: str) -> bool:
    """Say who a mail is from and to, and wait for no answer: while the server reads it there is other work to do.

    True when it was said, and `hand_over` goes on from there. Whoever then has no words to send hangs up: a server
    that was told DATA takes all that comes for words. False when the server takes no commands in a row, or is gone.
    """
    if not (smtp.has_extn("pipelining") and _is_address(sender) and _is_address(to)):
        return False
    with suppress(SMTPException, OSError):
        smtp.send("".join(f"{command}\r\n" for command in _commands(sender, to)))
        return True
    return False


def hand_over(
    smtp: SMTP,
    *,
    sender: str,
    to: str,
    words: bytes,
    patience: float,
    meanwhile: Callable[[], object],
    has_begun: bool = False,
) -> None:
    """Returns when the server has the mail; `meanwhile` is called while the server takes the mail in. The `words` are
    handed over as they are, with their dots.

    `patience` is how many seconds the last answer may take. It is longer than for all others: whoever hangs up on a
    server that is just about to say yes sends a copy (RFC 5321, section 4.5.3.2.6, asks for ten minutes).

    ValueError when an address holds what an envelope cannot.
    """
    if not (_is_address(sender) and _is_address(to)):
        raise ValueError("An address holds a character that has no place there.")
    commands = _commands(sender, to)
    if has_begun:
        _answers(smtp, len(commands))
    else:
        talk = _in_a_row if smtp.has_extn("pipelining") else _in_turn
        talk(smtp, commands)
    try:
        smtp.send(words)
        meanwhile()
        code, said = _last_reply(smtp, patience)
    except (SMTPException, OSError):
        raise Refused(Stage.CONTENT, None) from None
    if code not in WENT_WELL:
        raise Refused(Stage.CONTENT, code, said)


def _is_address(address: str) -> bool:
    return ADDRESS.fullmatch(address) is not None


def _commands(sender: str, to: str) -> list[str]:
    return [f"MAIL FROM:<{sender}>", f"RCPT TO:<{to}>", "DATA"]


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
    _answers(smtp, len(commands), said)


def _answers(smtp: SMTP, count: int, said: bytes = b"") -> None:
    """To commands in a row, which are `said` now or were before."""
    replies = [_reply(smtp, number, said if number == 0 else b"") for number in range(count)]
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
