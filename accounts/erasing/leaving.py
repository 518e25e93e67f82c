"""Seven days to change one's mind. From the moment somebody asks, their account is locked and their letters stop; after
seven days everything is erased. Until then they take it back with one tap, from the mail about it or by logging in.

To lock an account is to take `is_active` away, which every reminder, every log-in and every session asks for.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import takewhile

from django.core import signing
from django.db import transaction

from accounts.erasing import tombstones
from accounts.models import Leaving, MailStatus, OutgoingMail, Subscriber, User

WITHIN = timedelta(days=7)
SALT = "accounts.leaving"


@transaction.atomic
def ask(user: User, subscribers: list[Subscriber], *, at: datetime) -> Leaving:
    held = {str(each.pk): each.paused_until.isoformat() if each.paused_until else None for each in subscribers}
    given = {"asked_at": at, "gone_at": at + WITHIN, "held": held}
    leaving, _ = Leaving.objects.get_or_create(user=user, defaults=given)
    User.objects.filter(pk=user.pk).update(is_active=False)
    Subscriber.objects.filter(pk__in=held).update(paused_until=(leaving.gone_at + timedelta(days=2)).date())
    OutgoingMail.objects.filter(to=user.email or "", status=MailStatus.WAITING).delete()
    return leaving


@transaction.atomic
def take_back(leaving: Leaving) -> None:
    """Everything is as it was; where letters were paused, they are paused again until the same day."""
    for number, day in leaving.held.items():
        paused_until = date.fromisoformat(day) if day else None
        Subscriber.objects.filter(pk=number).update(paused_until=paused_until)
    User.objects.filter(pk=leaving.user_id).update(is_active=True)
    leaving.delete()


def finish(*, at: datetime, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Erase whoever asked seven days ago, until `goes_on` says no; how many went. Who cannot be erased is tried again
    the next time."""
    due = Leaving.objects.filter(gone_at__lte=at).order_by("gone_at").values_list("pk", flat=True)
    wanted = takewhile(lambda _: goes_on(), list(due))
    return [_erase(number) for number in wanted].count(True)


def _erase(number: int) -> bool:
    """Read again just before: they may have taken it back while others were erased."""
    leaving = Leaving.objects.filter(pk=number).select_related("user").first()
    return leaving is not None and tombstones.erase("account", leaving.user)


def wait_once_more(*, made_at: datetime, at: datetime) -> Iterator[str]:
    """In a restored database somebody may be leaving who took it back since: each has the whole time once more."""
    count = Leaving.objects.filter(gone_at__lt=at + WITHIN).update(gone_at=at + WITHIN)
    if count:
        yield f"{count} who had asked to be erased have seven days from now: one may have taken it back since."


def token_of(leaving: Leaving) -> str:
    return signing.dumps(leaving.pk, salt=SALT)


def by_token(token: str, *, at: datetime) -> Leaving | None:
    """Who asked to leave, named by the link in the mail; None once it can no longer be taken back."""
    try:
        number = signing.loads(token, salt=SALT, max_age=WITHIN + timedelta(days=1))
    except signing.BadSignature:
        return None
    return Leaving.objects.filter(pk=number, gone_at__gt=at).select_related("user").first()
