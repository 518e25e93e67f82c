"""Lists that staff brought are kept no longer than they are of use, and not beyond anybody's wish to be erased."""

from datetime import datetime, timedelta

from django.db.models import Q

from accounts.models import ImportRow, ImportState, SubscriberImport

KEPT = timedelta(days=1)
LETTERS = ("utf-8", "utf-16-le", "utf-16-be")


def forget(*, at: datetime) -> None:
    """The bytes and rows of what was left lying, or was taken in a day ago. Not of what is still being taken in."""
    old = Q(done_at__lt=at - KEPT) | Q(done_at=None, made_at__lt=at - KEPT)
    for brought in SubscriberImport.objects.filter(old).exclude(state=ImportState.TAKING):
        brought.chunks.all().delete()
        brought.rows.all().delete()


def forget_person(address: str) -> None:
    """Their rows in every list, and the bytes of each that names them: whoever brought it can bring it again."""
    ImportRow.objects.filter(email=address).delete()
    for brought in SubscriberImport.objects.filter(chunks__number=0):
        if _names(brought, address):
            brought.chunks.all().delete()


def _names(brought: SubscriberImport, address: str) -> bool:
    wanted = [address.encode(letters) for letters in LETTERS]
    before = b""
    for data in brought.chunks.values_list("data", flat=True).iterator(chunk_size=1):
        piece = before + bytes(data).lower()
        if any(each in piece for each in wanted):
            return True
        before = piece[-len(wanted[1]) :]
    return False
