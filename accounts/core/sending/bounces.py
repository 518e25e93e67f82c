"""What a provider's notice about one address means, whichever provider it is.

Words are those of django-anymail, which translates each provider's own: event types `bounced`, `rejected`, `failed`,
`complained`, `unsubscribed`, `deferred`, ..., and for the first three a reason: `invalid`, `bounced`, `timed_out`,
`blocked`, `spam`, `unsubscribed`, `other`.

A hard bounce (no such mailbox) ends what is sent there. A soft one (full, slow, refused this once) counts for its
address, whatever kind of mail it was: on MOST_SOFT days within SOFT_WINDOW they are as good as a hard one. All mail of
one day meets the same full mailbox, so it counts once. Both bounds are custom among senders, not measured.
"""

from datetime import timedelta
from enum import StrEnum

MOST_SOFT = 3
SOFT_BY_NAME = "SoftBounce"
SOFT_WINDOW = timedelta(days=60)


class Notice(StrEnum):
    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"
    STOP = "stop"
    NOTHING = "nothing"


def meaning(event: str, reason: str | None, detail: str = "") -> Notice:
    """`detail` is the provider's own word, which one of them needs: it calls a full mailbox a SoftBounce."""
    if event == "complained" or reason == "spam":
        return Notice.COMPLAINT
    if event == "unsubscribed" or reason == "unsubscribed":
        return Notice.STOP
    if event in ("bounced", "rejected") and reason in ("invalid", "bounced") and detail != SOFT_BY_NAME:
        return Notice.HARD
    return Notice.SOFT if event in ("bounced", "rejected", "failed") else Notice.NOTHING
