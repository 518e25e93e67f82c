"""Which mail came back, and whom that concerns: the address that it went to, as far as that is still theirs.

Taken from a return path that only we can sign, from a Message-ID of ours that it quotes (keyed and random, so that a
stranger cannot make one up) for an address that it names, or from the link to stop in the letter that it quotes. Any
other mail concerns nobody. Each is looked up by an index: letters are many, and those by their Message-ID have none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from accounts.core.addresses import normal_address
from accounts.core.sending.returned_mail import Report
from accounts.mail.links import stopping_subscriber
from accounts.mail.sender_names import LETTER, OWN, REMINDER, REMINDER_ID, MailName, Returned, returned
from accounts.models import Delivery, OutgoingMail, ReminderWish


@dataclass(frozen=True, kw_only=True)
class Concerned:
    """An address, and which mail it was that went there: None where the report tells only of whom it is."""

    address: str
    mail: MailName | None = None


def concerned(report: Report) -> Concerned | None:
    return next(_all_concerned(report), None)


def mail_to(address: str, report: Report) -> MailName | None:
    """Which mail to this address the report names."""
    told = (each.mail for each in _all_concerned(report) if normal_address(each.address) == normal_address(address))
    return next(told, None)


def _all_concerned(report: Report) -> Iterator[Concerned]:
    by_path = (each for named in returned(report.words) for each in _by_path(named))
    return chain(by_path, _by_message_id(report), _by_stop_link(report))


def _by_path(named: Returned) -> Iterator[Concerned]:
    for address in _addresses_of(named.mail):
        if address and named.is_signed_for(address):
            yield Concerned(address=address, mail=named.mail)


def _addresses_of(mail: MailName) -> list[str | None]:
    """One at most, as it is by now."""
    if mail.kind == LETTER:
        letters = Delivery.objects.filter(edition=mail.first, subscriber=mail.second)
        return [*letters.values_list("subscriber__email", flat=True)]
    if mail.kind == OWN:
        return [*OutgoingMail.objects.filter(pk=mail.first).values_list("to", flat=True)]
    return [*ReminderWish.objects.filter(pk=mail.first).values_list("user__email", flat=True)]


def _by_message_id(report: Report) -> Iterator[Concerned]:
    addresses = {normal_address(each) for each in report.addresses}
    letters = Delivery.objects.filter(subscriber__email__in=addresses, message_id__in=report.message_ids)
    for address, *numbers in letters.exclude(message_id="").values_list("subscriber__email", "edition", "subscriber"):
        yield Concerned(address=address, mail=MailName(LETTER, *numbers))
    for address, number in OutgoingMail.objects.filter(message_id__in=report.message_ids).values_list("to", "pk"):
        yield Concerned(address=address, mail=MailName(OWN, number))
    slots = {match["wish"]: int(match["slot"]) for each in report.message_ids if (match := REMINDER_ID.fullmatch(each))}
    wishes = ReminderWish.objects.filter(public_id__in=slots).values_list("user__email", "pk", "public_id")
    for reminded, number, wish in wishes:
        if reminded and (not addresses or normal_address(reminded) in addresses):
            yield Concerned(address=reminded, mail=MailName(REMINDER, number, slots[wish]))


def _by_stop_link(report: Report) -> Iterator[Concerned]:
    """Some who pass complaints on strike out every address, and leave the other headers as they are. Whoever has moved
    since has another link."""
    for token in report.stop_tokens:
        if subscriber := stopping_subscriber(token):
            yield Concerned(address=subscriber.email)
