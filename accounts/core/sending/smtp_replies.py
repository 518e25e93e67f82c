"""What the answer of a mail server means for the mail at hand.

Idea: where in the conversation it went wrong tells whose matter it is. Before the recipient is
named, it is ours and the mail server's: no mail is to blame, and all of it waits. From there on
it is this mail's: 4xx means later, 5xx never (RFC 5321, section 4.2.1). A connection that breaks
once the words are on their way leaves it open whether they arrived (section 4.5.4.1 has the
sender try again); the second copy has the same Message-ID, so that a receiver can fold them.

A limit on what we may send is ours too, wherever in the conversation it is said, and although it is
said as 5xx: tomorrow the same letter goes through. No address is to blame for it.

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


# RFC 3463, section 2: class, subject and detail of a reply. The class may differ from that of the code before it.
ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
# RFC 3463, section 3.2: the addressing status codes that say there is no such mailbox or domain.
NO_SUCH_MAILBOX = re.compile(r"5\.1\.(?:0|1|2|3|6|10)")
# A full mail system, one that takes nothing, congestion (RFC 3463, sections 3.4 and 3.5: Google says 5.4.5 of a daily
# limit), and Microsoft's own codes for the limits of a sender.
NO_MORE_FROM_US = re.compile(r"[45]\.(?:3\.[12]|4\.5|1\.90|7\.232|7\.233|7\.705)")
# Where no such code is given. "Mailbox quota exceeded" is the reader's own, and not meant.
SENDING_LIMIT = re.compile(
    r"\b(?:daily|hourly|sending|outgoing|relay)\b.{0,40}\b(?:quota|limit)"
    r"|\b(?:quota|limit)\b.{0,40}\bper (?:day|hour)\b",
    re.IGNORECASE,
)
BROKE_OFF = {
    Stage.CONNECT: "The mail server does not answer",
    Stage.LOGIN: "The mail server broke off at the log-in",
    Stage.SENDER: "The mail server broke off",
    Stage.RECIPIENT: "The mail server broke off",
    Stage.CONTENT: "The mail server took the words and broke off before it said that it has them",
}
ABOUT_ONE = (Stage.RECIPIENT, Stage.CONTENT)
OVER_LIMIT = "The mail server takes no more from us for now"
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
    match = ENHANCED.search(said)
    enhanced = match[0] if match else ""
    verdict = _answered(stage, code, enhanced, said)
    words = OVER_LIMIT if verdict == Verdict.SERVER and stage in ABOUT_ONE else ANSWERED[stage]
    return Judgement(verdict=verdict, problem=f"{words} ({f'{code} {enhanced}'.strip()}).")


def _broken(stage: Stage) -> Verdict:
    if stage in (Stage.CONNECT, Stage.LOGIN):
        return Verdict.SERVER
    return Verdict.UNKNOWN if stage == Stage.CONTENT else Verdict.LATER


def _answered(stage: Stage, code: int, enhanced: str, said: str) -> Verdict:
    if stage not in ABOUT_ONE or _is_our_limit(enhanced, said):
        return Verdict.SERVER
    if code < 500:
        return Verdict.LATER
    is_missing = stage == Stage.RECIPIENT and NO_SUCH_MAILBOX.fullmatch(enhanced)
    return Verdict.NO_MAILBOX if is_missing else Verdict.REFUSED


def _is_our_limit(enhanced: str, said: str) -> bool:
    return bool(NO_MORE_FROM_US.fullmatch(enhanced) or (not enhanced and SENDING_LIMIT.search(said)))
