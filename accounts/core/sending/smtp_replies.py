"""What the answer of a mail server means for the mail at hand.

Idea: where in the conversation it went wrong tells whose matter it is. Before the recipient is
named, it is ours and the mail server's: no mail is to blame, and all of it waits. From there on
it is this mail's: 4xx means later, 5xx never (RFC 5321, section 4.2.1). A connection that breaks
once the words are on their way leaves it open whether they arrived (section 4.5.4.1 has the
sender try again); the second copy has the same Message-ID, so that a receiver can fold them.

`problem` is for staff, in plain words with the code. The server's own words are left out: they may
hold the address.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    CONNECT = "connect"
    LOGIN = "login"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"


class Verdict(StrEnum):
    SERVER = "server"  # nothing can be sent for now
    LATER = "later"  # this mail waits
    UNKNOWN = "unknown"  # the server may have it; this mail is sent again, with the same Message-ID
    REFUSED = "refused"  # this mail is given up
    NO_MAILBOX = "no_mailbox"  # and so is the address


@dataclass(frozen=True, kw_only=True)
class Judgement:
    verdict: Verdict
    problem: str

    @property
    def is_final(self) -> bool:
        return self.verdict in (Verdict.REFUSED, Verdict.NO_MAILBOX)


# RFC 3463, section 3.2: the addressing status codes that say there is no such mailbox or domain.
NO_SUCH_MAILBOX = re.compile(r"\b5\.1\.(?:0|1|2|3|6|10)\b")
BROKE_OFF = {
    Stage.CONNECT: "The mail server does not answer",
    Stage.LOGIN: "The mail server broke off at the log-in",
    Stage.SENDER: "The mail server broke off",
    Stage.RECIPIENT: "The mail server broke off",
    Stage.CONTENT: "The mail server took the words and broke off before it said that it has them",
}
ANSWERED = {
    Stage.CONNECT: "The mail server is not ready for us",
    Stage.LOGIN: "The mail server refused our name or password",
    Stage.SENDER: "The mail server refused our sender address",
    Stage.RECIPIENT: "The mail server did not take the address",
    Stage.CONTENT: "The mail server did not take the words",
}


def judge(stage: Stage, code: int | None, said: str = "") -> Judgement:
    """`code` is the three-digit reply; None when the connection broke or nothing came in time."""
    if code is None:
        return Judgement(verdict=_broken(stage), problem=f"{BROKE_OFF[stage]}.")
    missing = NO_SUCH_MAILBOX.search(said) if stage == Stage.RECIPIENT and code >= 500 else None
    detail = f"{code} {missing[0]}" if missing else str(code)
    return Judgement(verdict=_answered(stage, code, is_missing=bool(missing)), problem=f"{ANSWERED[stage]} ({detail}).")


def _broken(stage: Stage) -> Verdict:
    if stage in (Stage.CONNECT, Stage.LOGIN):
        return Verdict.SERVER
    return Verdict.UNKNOWN if stage == Stage.CONTENT else Verdict.LATER


def _answered(stage: Stage, code: int, *, is_missing: bool) -> Verdict:
    if stage in (Stage.CONNECT, Stage.LOGIN, Stage.SENDER):
        return Verdict.SERVER
    if code < 500:
        return Verdict.LATER
    return Verdict.NO_MAILBOX if is_missing else Verdict.REFUSED
