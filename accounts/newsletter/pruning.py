"""What is kept no longer than it is of use."""

from datetime import datetime, timedelta

from accounts.erasing import tombstones
from accounts.guard import audit
from accounts.mail import patience, soft_bounces
from accounts.mail.links import CONFIRM_WITHIN
from accounts.models import OutgoingMail, Subscriber, User
from accounts.newsletter import brought_lists
from accounts.work.slices import GoesOn, change_in_batches, delete_in_batches, for_ever

UNCONFIRMED_SUBSCRIBERS = timedelta(days=30)
UNCONFIRMED_MOVES = CONFIRM_WITHIN
UNVERIFIED_ACCOUNTS = timedelta(days=7)
OUT_OF_REACH = timedelta(days=1)
"""Since the account was made, so that none goes between its first row and its first session."""
OUTGOING_MAIL = timedelta(days=30)


def prune(*, at: datetime, goes_on: GoesOn = for_ever) -> None:
    """Some at a time, until `goes_on` says no; what is left goes the next time."""
    delete_in_batches(Subscriber.objects.unconfirmed_since(at - UNCONFIRMED_SUBSCRIBERS), goes_on)
    moves = Subscriber.objects.unconfirmed_moves(at - UNCONFIRMED_MOVES)
    change_in_batches(moves, goes_on, new_email="", new_email_at=None)
    delete_in_batches(User.objects.never_verified(since=at - UNVERIFIED_ACCOUNTS), goes_on)
    delete_in_batches(User.objects.out_of_reach(since=at - OUT_OF_REACH, at=at), goes_on)
    brought_lists.forget(at=at)
    delete_in_batches(patience.to_forget(at=at), goes_on)
    delete_in_batches(soft_bounces.to_forget(at=at), goes_on)
    delete_in_batches(tombstones.to_forget(at=at), goes_on)
    delete_in_batches(OutgoingMail.objects.filter(created_at__lt=at - OUTGOING_MAIL), goes_on)
    # Last, as the database refuses it where a clock is ahead.
    audit.forget(at=at)
