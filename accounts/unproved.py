"""An account from its first minute until its owner proves the address they typed.

They are in at once. The account has no address yet (`User.email` is empty); what they typed is a wish, a row of the
account library's `EmailAddress`. So a new address and one that has an account already lead to the very same account
and pages, and no answer tells which it was: only the mailbox learns it, from a code or from a word that there is an
account (`AccountAdapter.send_confirmation_mail`).

Until it is proved
- nothing but codes goes to the address: no letter, no reminder, no notice about the account;
- the address opens nothing: no log-in by password, no reset of one. The account lives in the browser that made it;
- when that log-in is over, nobody can open the account any more, and it is erased (`accounts/newsletter/pruning.py`).
"""

from allauth.account.internal.flows.email_verification import (
    consume_email_verification_rate_limit,
    send_verification_email_to_address,
)
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from django.db import transaction
from django.http import HttpRequest

from accounts.models import Subscriber, User


@transaction.atomic
def wish_for(user: User, address: str) -> EmailAddress:
    """What they typed last takes the place of what they typed before."""
    EmailAddress.objects.filter(user=user, verified=False).delete()
    return EmailAddress.objects.create(user=user, email=address)


def wish_of(user: User) -> EmailAddress | None:
    return EmailAddress.objects.filter(user=user, verified=False).order_by("pk").last()


def is_of_another(address: EmailAddress) -> bool:
    """Asked of every address in the same way, so that the time tells nothing."""
    return User.objects.who_own(address.email).exclude(pk=address.user_id).exists()


def may_be_sent_a_code(request: HttpRequest, address: str) -> bool:
    return consume_email_verification_rate_limit(request, address, dry_run=True)


def send_code(request: HttpRequest, user: User) -> bool:
    """Whether one is on its way, as far as the browser may know."""
    wish = wish_of(user)
    try:
        return wish is not None and send_verification_email_to_address(request, wish)
    except ImmediateHttpResponse:
        return False


def addresses_to_forget(user: User) -> list[str]:
    """Every address that goes with this account when it is erased. A wish goes too, unless it is somebody's own: then
    what stands under it is theirs."""
    if user.email:
        return [user.email]
    wishes = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return [wish for wish in wishes if not _is_somebodys(wish)]


def _is_somebodys(address: str) -> bool:
    return User.objects.who_own(address).exists() or Subscriber.objects.at_address(address).exists()
