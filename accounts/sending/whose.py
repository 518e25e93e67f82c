"""Whom a mail that came back concerns: the address that it went to, as far as that is still theirs.

Taken from a return path that only we can sign, from a Message-ID of ours that it quotes (keyed and random, so that a
stranger cannot make one up) for an address that it names, or from the link to stop in the letter that it quotes. Any
other mail concerns nobody. Each is looked up by an index: letters are many, and those by their Message-ID have none.
"""

from collections.abc import Iterator
from itertools import chain

from accounts.core.addresses import normal_address
from accounts.core.sending.returned_mail import Report
from accounts.mail.links import stopping_subscriber
from accounts.mail.sender_names import LETTER, OWN, REMINDER_ID, Returned, returned
from accounts.models import Delivery, OutgoingMail, ReminderWish

Concerned = tuple[str, str]
"""An address, and the Message-ID of the mail if that is a row of ours."""
NOBODY = ("", "")


def concerned(report: Report) -> Concerned:
    by_path = (each for named in returned(report.words) for each in _by_path(named))
    return next(chain(by_path, _by_message_id(report), _by_stop_link(report)), NOBODY)


def _by_path(named: Returned) -> list[Concerned]:
    if named.kind == LETTER:
        letters = Delivery.objects.filter(edition=named.first, subscriber=named.second)
        mails = list(letters.values_list("subscriber__email", "message_id"))
    elif named.kind == OWN:
        mails = list(OutgoingMail.objects.filter(pk=named.first).values_list("to", "message_id"))
    else:
        mails = [(address, "") for address in _addresses_of(pk=named.first)]
    return [each for each in mails if named.is_signed_for(each[0])]


def _by_message_id(report: Report) -> Iterator[Concerned]:
    addresses = {normal_address(each) for each in report.addresses}
    letters = Delivery.objects.filter(subscriber__email__in=addresses, message_id__in=report.message_ids)
    yield from letters.exclude(message_id="").values_list("subscriber__email", "message_id")
    yield from OutgoingMail.objects.filter(message_id__in=report.message_ids).values_list("to", "message_id")
    wishes = [match[1] for each in report.message_ids if (match := REMINDER_ID.fullmatch(each))]
    for address in _addresses_of(public_id__in=wishes):
        if not addresses or normal_address(address) in addresses:
            yield address, ""


def _addresses_of(**wish: object) -> list[str]:
    return [each for each in ReminderWish.objects.filter(**wish).values_list("user__email", flat=True) if each]


def _by_stop_link(report: Report) -> Iterator[Concerned]:
    """Some who pass complaints on strike out every address, and leave the other headers as they are. Whoever has moved
    since has another link."""
    for token in report.stop_tokens:
        if subscriber := stopping_subscriber(token):
            yield subscriber.email, ""
