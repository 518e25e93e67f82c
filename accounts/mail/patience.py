"""Mail that leaves because somebody typed an address into a form, and how much of it one mailbox has to bear.

The rule is in `accounts/core/sending/asking.py`. A turn is taken by a conditional update, so that two at once get one.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from accounts.core.addresses import normal_address
from accounts.core.sending.asking import FORGOTTEN_AFTER, may_write
from accounts.models import AskedAddress


def take_turn(address: str, *, at: datetime) -> bool:
    """Whether a mail may go there now; it counts as sent."""
    row, _ = AskedAddress.objects.get_or_create(address_hash=_hash(address))
    if not may_write(row.mails, row.last_at, at=at):
        return False
    as_read = AskedAddress.objects.filter(pk=row.pk, mails=row.mails)
    return as_read.update(mails=row.mails + 1, last_at=at) == 1


def was_answered(address: str) -> None:
    """Its owner did what the mail asked for: begin anew."""
    AskedAddress.objects.filter(address_hash=_hash(address)).delete()


def to_forget(*, at: datetime) -> QuerySet[AskedAddress]:
    return AskedAddress.objects.filter(last_at__lt=at - FORGOTTEN_AFTER)


def _hash(address: str) -> str:
    return salted_hmac("accounts.asked_address", normal_address(address), algorithm="sha256").hexdigest()
