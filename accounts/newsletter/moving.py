"""Letters that move to another address of the same person.

Nothing changes until the new mailbox has answered, so nobody can send letters to a
stranger, or take somebody's letters away by a slip. Whoever asks is told the same
whatever is known of the new address. What they agreed to, and when, moves along.
"""

from datetime import datetime

from django.db import transaction

from accounts.mail import emails, patience
from accounts.models import EventKind, Subscriber, SubscriberStatus, Suppression, SuppressionReason
from accounts.models.subscriber import new_public_id
from accounts.newsletter import subscriptions


@transaction.atomic
def ask(subscriber: Subscriber, address: str, *, at: datetime) -> None:
    """Write to the new mailbox, unless it is one that must not be written to."""
    subscriber.new_email, subscriber.new_email_at = address, at
    subscriber.save(update_fields=["new_email", "new_email_at"])
    if not _is_closed(address) and patience.take_turn(address, at=at):
        emails.post_move(subscriber, at=at)


@transaction.atomic
def move(subscriber: Subscriber, *, at: datetime) -> bool:
    """Whether the letters go there after this. An earlier subscription of that mailbox ends in this one."""
    mine = Subscriber.objects.active().filter(pk=subscriber.pk, new_email_at=subscriber.new_email_at)
    if _is_closed(subscriber.new_email) or not mine.select_for_update().exists():
        return False
    left, there = subscriber.email, subscriber.new_email
    Subscriber.objects.at_address(there).exclude(pk=subscriber.pk).delete()
    mine.update(email=there, public_id=new_public_id(), new_email="", new_email_at=None, moved_at=at)
    Suppression.objects.of(there).filter(reason=SuppressionReason.UNSUBSCRIBED).delete()
    subscriber.refresh_from_db()
    subscriptions.remember(subscriber, EventKind.MOVED, at=at)
    patience.was_answered(there)
    emails.post_moved_away(left, subscriber.language, at=at)
    return True


def _is_closed(address: str) -> bool:
    """A mailbox that sent letters back or complained of them is not written to by any way."""
    bounced = Subscriber.objects.at_address(address).filter(status=SubscriberStatus.BOUNCED)
    return bounced.exists() or Suppression.objects.forbids(address)
