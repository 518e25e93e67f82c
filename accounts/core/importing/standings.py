"""What a list says of how somebody stands with its sender: gets letters, left, bounced, complained, never confirmed.

Every program has its own words, and its own way to ask: a word (`status`), a yes or no whose meaning is in the name of
the column (`email_disabled`, `subscribed_to_emails`), or the moment at which somebody left, empty for all others
(`UNSUB_TIME`). Whoever does not plainly get letters stays out: a word that nobody here knows is no yes.
"""

import re
from enum import StrEnum


class Standing(StrEnum):
    GETS = "gets letters"
    LEFT = "left"
    BOUNCED = "letters came back"
    COMPLAINED = "complained"
    WAITING = "never confirmed"
    UNKNOWN = "unknown"


WORDS = {
    Standing.GETS: """active confirmed enabled subscribed regular premium paid free comped gift gifted trialed trial
        member opted-in opted_in opt-in opt_in optin single double imported""",
    Standing.LEFT: """unsubscribed disabled removed inactive left blocklisted blacklisted blocked opted-out opted_out
        opt-out opt_out optout deleted cancelled canceled archived suppressed churned disallowed""",
    Standing.BOUNCED: "bounced cleaned undeliverable hard_bounced hard-bounced bounce invalid held",
    Standing.COMPLAINED: "complained complaint spam abuse spammy junk",
    Standing.WAITING: "pending unconfirmed unactivated waiting awaiting nonsubscribed non-subscribed transactional",
}
BY_WORD = {word: standing for standing, words in WORDS.items() for word in words.split()}
YES = frozenset("true yes y 1 on x ja sí si oui".split())
NO = frozenset("false no n 0 off nein non".split())
# A column that is true of whoever left.
SAYS_LEFT = re.compile(
    r"disabled|unsub|opt(ed)?[ _-]?out|left|blocked|deleted|removed|suppress|bounced|cleaned|complain"
)
# The moment at which something ended; whoever has one is gone.
MOMENT = re.compile(r"(_at|_on|[ _-]time|[ _-]date)$")
BY_NAME = re.compile(
    r"status|state|type|subscriber_type|email_disabled|subscribed(_to_emails)?|subscription_status"
    r"|(email_)?marketing_(status|consent)"
    r"|(unsub|unsubscribed|unsubscription|unsubscribe|opt(ed)?[ _-]?out|clean|cleaned|bounced|deleted|undeliverability)"
    r"([ _-]?(time|date|at|on))?"
)


def names_standing(heading: str) -> bool:
    """Whether a column of this name says who had left."""
    return bool(BY_NAME.fullmatch(heading.strip().lower()))


def standing_of(heading: str, cell: str) -> Standing:
    name, word = heading.strip().lower(), cell.strip().lower()
    if MOMENT.search(name):
        return _ended(name) if word and word not in NO else Standing.GETS
    if word in BY_WORD:
        return BY_WORD[word]
    if SAYS_LEFT.search(name):
        return _ended(name) if word in YES else Standing.GETS if word in NO or not word else Standing.UNKNOWN
    return Standing.GETS if word in YES else Standing.LEFT if word in NO else Standing.UNKNOWN


def _ended(name: str) -> Standing:
    if re.search(r"bounce|clean|undeliver", name):
        return Standing.BOUNCED
    return Standing.COMPLAINED if "complain" in name else Standing.LEFT
