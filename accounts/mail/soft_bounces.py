"""Mail that a mailbox did not take for now, counted for each address, whatever kind of mail it was.

The rule is in `accounts/core/sending/bounces.py`. A letter, a reminder and a code meet the same mailbox, so all count.
"""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from accounts.core.addresses import normal_address
from accounts.core.sending.bounces import MOST_SOFT, SOFT_WINDOW
from accounts.mail.keyed import keyed
from accounts.models import SoftBounce


def are_too_many(address: str, mail: str, *, at: datetime) -> bool:
    """Count one more, of the mail by this name; the same mail twice is once. Whether it is as good as a hard one."""
    address_hash = _hash(normal_address(address))
    mail_hash = _hash(f"{normal_address(address)} {mail}")
    SoftBounce.objects.get_or_create(address_hash=address_hash, mail_hash=mail_hash, defaults={"day": at.date()})
    counted = SoftBounce.objects.filter(address_hash=address_hash, day__gt=(at - SOFT_WINDOW).date())
    return counted.order_by().values("day").distinct().count() >= MOST_SOFT


def forget_address(address: str) -> None:
    """What comes back from now on is counted anew."""
    SoftBounce.objects.filter(address_hash=_hash(normal_address(address))).delete()


def to_forget(*, at: datetime) -> QuerySet[SoftBounce]:
    """What counts no more."""
    return SoftBounce.objects.filter(day__lte=(at - SOFT_WINDOW).date())


def _hash(words: str) -> str:
    return keyed("accounts.soft_bounce", words, settings.SECRET_KEY).hexdigest()
