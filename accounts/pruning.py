"""What is kept no longer than it is of use."""

from datetime import datetime, timedelta

from accounts.models import OutgoingMail, Subscriber, User

UNCONFIRMED_SUBSCRIBERS = timedelta(days=30)
UNVERIFIED_ACCOUNTS = timedelta(days=7)
OUTGOING_MAIL = timedelta(days=30)


def prune(*, at: datetime) -> None:
    Subscriber.objects.unconfirmed_since(at - UNCONFIRMED_SUBSCRIBERS).delete()
    User.objects.never_verified(since=at - UNVERIFIED_ACCOUNTS).delete()
    OutgoingMail.objects.filter(created_at__lt=at - OUTGOING_MAIL).delete()
