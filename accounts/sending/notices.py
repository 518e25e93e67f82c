"""What a mail provider reports about a letter after it took it: it came back, or the reader called it spam.

The library that takes these notices (django-anymail) has checked who sent them, and translated them. The same notice
twice, which providers do send, changes nothing more. It counts against the very mail that it names, and no other: of a
provider that names its own number alone, the address is known and no letter is marked as returned.
"""

import json
import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.core.sending.bounces import Notice, meaning
from accounts.core.sending.returned_mail import report_within
from accounts.mail import soft_bounces
from accounts.mail.sender_names import LETTER, OWN, MailName
from accounts.models import Delivery, DeliveryState, OutgoingMail, Subscriber, Suppression, SuppressionReason
from accounts.newsletter import subscriptions
from accounts.sending.whose import mail_to

log = logging.getLogger("unloop.letters")
CAME_BACK = {
    Notice.HARD: "It came back: there is no such mailbox.",
    Notice.SOFT: "It came back: the mailbox did not take it this time.",
}


def on_event(event: Any, esp_name: str, **_: object) -> None:
    """Called by the library for each notice. The address reaches no log."""
    detail = event.esp_event.get("Type", "") if isinstance(event.esp_event, dict) else ""
    notice = meaning(event.event_type, event.reject_reason, detail)
    log.info("%s reports: %s.", esp_name, notice)
    if event.recipient and notice != Notice.NOTHING:
        its_own = event.message_id or event.event_id or ""
        report = report_within(_words(event), notice, address=event.recipient, message_id=event.message_id or "")
        mail = mail_to(event.recipient, report)
        take(event.recipient, notice, mail=mail, otherwise=its_own, at=timezone.now())


def _words(event: Any) -> str:
    return json.dumps(event.esp_event, default=str, ensure_ascii=False)


@transaction.atomic
def take(address: str, notice: Notice, *, mail: MailName | None, otherwise: str = "", at: datetime) -> None:
    """`otherwise` tells mails apart of which we do not know which they were; without it, those of one day are one."""
    if notice in CAME_BACK and mail:
        _mark_returned(mail, notice, at=at)
    if notice == Notice.SOFT and soft_bounces.are_too_many(address, _name(mail, otherwise, at), at=at):
        # Should staff write there again, it begins anew.
        soft_bounces.forget_address(address)
        notice = Notice.HARD
    for subscriber in Subscriber.objects.at_address(address):
        if notice == Notice.HARD:
            subscriptions.mark_bounced(subscriber, at=at)
        elif notice in (Notice.COMPLAINT, Notice.STOP):
            subscriptions.unsubscribe(subscriber, at=at)
    reasons = {Notice.HARD: SuppressionReason.BOUNCED, Notice.COMPLAINT: SuppressionReason.COMPLAINED}
    if notice in reasons:
        Suppression.objects.add_address(address, reasons[notice])


def _name(mail: MailName | None, otherwise: str, at: datetime) -> str:
    return str(mail) if mail else otherwise or str(at.date())


def _mark_returned(mail: MailName, notice: Notice, *, at: datetime) -> None:
    """A reminder has no place where that could stand."""
    if mail.kind == LETTER:
        letter = Delivery.objects.filter(edition=mail.first, subscriber=mail.second)
        gone = letter.filter(state__in=[DeliveryState.SENT, DeliveryState.UNSURE])
        gone.move(DeliveryState.BOUNCED, closed_at=at, problem=CAME_BACK[notice])
    elif mail.kind == OWN:
        OutgoingMail.objects.filter(pk=mail.first).update(error=CAME_BACK[notice])
