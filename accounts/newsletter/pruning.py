"""What is kept no longer than it is of use."""

from datetime import datetime, timedelta

from accounts.erasing import tombstones
from accounts.guard import audit
from accounts.mail import patience
from accounts.mail.links import CONFIRM_WITHIN
from accounts.models import OutgoingMail, Subscriber, User
from accounts.newsletter import brought_lists

UNCONFIRMED_SUBSCRIBERS = timedelta(days=30)
UNCONFIRMED_MOVES = CONFIRM_WITHIN
UNVERIFIED_ACCOUNTS = timedelta(days=7)
OUTGOING_MAIL = timedelta(days=30)


def prune(*, at: datetime) -> None:
    Subscriber.objects.unconfirmed_since(at - UNCONFIRMED_SUBSCRIBERS).delete()
    Subscriber.objects.forget_moves(since=at - UNCONFIRMED_MOVES)
    User.objects.never_verified(since=at - UNVERIFIED_ACCOUNTS).delete()
    brought_lists.forget(at=at)
    patience.forget(at=at)
    tombstones.forget(at=at)
    OutgoingMail.objects.filter(created_at__lt=at - OUTGOING_MAIL).delete()
    # Last, as the database refuses it where a clock is ahead.
    audit.forget(at=at)
