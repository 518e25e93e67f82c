"""What a mail provider reports about a letter after it took it: it came back, or the reader called it spam.

The library that takes these notices (django-anymail) has checked who sent them, and translated them. The same notice
twice, which providers do send, changes nothing more.
"""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.core.sending.bounces import MOST_SOFT, SOFT_WINDOW, Notice, meaning
from accounts.models import Delivery, DeliveryState, Subscriber, Suppression, SuppressionReason
from accounts.newsletter import subscriptions

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
        take(event.recipient, notice, message_id=event.message_id or "", at=timezone.now())


@transaction.atomic
def take(address: str, notice: Notice, *, message_id: str, at: datetime) -> None:
    for subscriber in Subscriber.objects.at_address(address):
        if notice in CAME_BACK:
            _mark_returned(subscriber, notice, message_id=message_id, at=at)
        if notice == Notice.SOFT and _came_back_too_often(subscriber, at=at):
            notice = Notice.HARD
        if notice == Notice.HARD:
            subscriptions.mark_bounced(subscriber, at=at)
        elif notice in (Notice.COMPLAINT, Notice.STOP):
            subscriptions.unsubscribe(subscriber, at=at)
    reasons = {Notice.HARD: SuppressionReason.BOUNCED, Notice.COMPLAINT: SuppressionReason.COMPLAINED}
    if notice in reasons:
        Suppression.objects.add_address(address, reasons[notice])


def _mark_returned(subscriber: Subscriber, notice: Notice, *, message_id: str, at: datetime) -> None:
    """The letter that the notice names; if it names none of ours, the last one."""
    sent = subscriber.deliveries.filter(state=DeliveryState.SENT, sent_at__gt=at - SOFT_WINDOW)
    named = subscriber.deliveries.filter(message_id=message_id) if message_id else sent.none()
    letter = named.first() or sent.order_by("-sent_at").first()
    if letter:
        gone = Delivery.objects.filter(pk=letter.pk, state__in=[DeliveryState.SENT, DeliveryState.UNSURE])
        gone.move(DeliveryState.BOUNCED, closed_at=at, problem=CAME_BACK[notice])


def _came_back_too_often(subscriber: Subscriber, *, at: datetime) -> bool:
    returned = subscriber.deliveries.filter(state=DeliveryState.BOUNCED, closed_at__gt=at - SOFT_WINDOW)
    return returned.count() >= MOST_SOFT
