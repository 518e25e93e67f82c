"""Every change of a subscription: asked for, confirmed, stopped, bounced, joined to an account, erased.

pending -> active -> unsubscribed -> active again by a fresh confirmation only.
Bounced is the end: nothing is sent there until staff lift it. All moves are
conditional updates, so that two at once, or one twice, leave the same row.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.core.addresses import normal_address
from accounts.core.consent_words import NEWSLETTER_WORDS, newsletter_version
from accounts.erasing import tombstones
from accounts.mail import emails, patience, soft_bounces
from accounts.mail.links import Wish
from accounts.models import (
    Consent,
    ConsentKind,
    ConsentWay,
    EventKind,
    OutgoingMail,
    Subscriber,
    SubscriberStatus,
    SubscriptionEvent,
    Suppression,
    SuppressionReason,
    User,
)
from accounts.newsletter import brought_lists

PENDING, ACTIVE = SubscriberStatus.PENDING, SubscriberStatus.ACTIVE
UNSUBSCRIBED, BOUNCED = SubscriberStatus.UNSUBSCRIBED, SubscriberStatus.BOUNCED
EVENTS = {ACTIVE: EventKind.AGREED, UNSUBSCRIBED: EventKind.STOPPED, BOUNCED: EventKind.BOUNCED}


@transaction.atomic
def ask(address: str, *, language: str, at: datetime) -> None:
    """Someone typed this address into the form. Whoever it was, only the mailbox's owner can go on."""
    if Suppression.objects.forbids(address):
        return
    subscriber, _ = Subscriber.objects.get_or_create(
        email=normal_address(address), defaults={"asked_at": at, "language": language}
    )
    if patience.take_turn(address, at=at):
        Subscriber.objects.filter(pk=subscriber.pk).update(asked_at=at)
        _answer(subscriber, at=at)


def _answer(subscriber: Subscriber, *, at: datetime) -> None:
    if subscriber.status == ACTIVE:
        emails.post_already_subscribed(subscriber, at=at)
    elif subscriber.status != BOUNCED:
        emails.post_confirmation(subscriber, newsletter_version(subscriber.language), at=at)


def can_confirm(wish: Wish) -> bool:
    """A wish is spent once its owner has stopped the letters after it."""
    subscriber = wish.subscriber
    stopped_since = subscriber.unsubscribed_at is not None and subscriber.unsubscribed_at >= wish.asked_at
    return subscriber.status != BOUNCED and not stopped_since and wish.words_version in NEWSLETTER_WORDS


@transaction.atomic
def confirm(wish: Wish, *, at: datetime, way: ConsentWay = ConsentWay.FORM) -> bool:
    """Whether the letters are on after this; confirming twice is once."""
    if not can_confirm(wish):
        return False
    proof = _proof(wish.words_version, asked_at=wish.asked_at, confirmed_at=at)
    series = {"gets_series": True, "series_from": None}
    if _move(wish.subscriber, ACTIVE, since={PENDING, UNSUBSCRIBED}, at=at, consent_way=way, **proof, **series):
        Suppression.objects.of(wish.subscriber.email).filter(reason=SuppressionReason.UNSUBSCRIBED).delete()
        patience.was_answered(wish.subscriber.email)
    return True


@transaction.atomic
def unsubscribe(subscriber: Subscriber, *, at: datetime) -> None:
    # Stopping once more spends the link that was asked for since.
    asked_since = Subscriber.objects.filter(status=UNSUBSCRIBED, asked_at__gt=F("unsubscribed_at"))
    asked_since.filter(pk=subscriber.pk).update(unsubscribed_at=at)
    if _move(subscriber, UNSUBSCRIBED, since={PENDING, ACTIVE}, at=at, unsubscribed_at=at):
        # Their earlier links are spent, so the next must not have to wait.
        patience.was_answered(subscriber.email)
    if subscriber.user:
        for kind in (ConsentKind.NEWSLETTER, ConsentKind.COURSE_LETTERS):
            Consent.objects.withdraw(subscriber.user, kind, at=at)


def prefer(subscriber: Subscriber) -> None:
    """Keep what they chose, and only that: they may be unsubscribing in another window."""
    subscriber.save(update_fields=["topics", "pace", "language", "paused_until", "time_zone", "letters_hour"])


def mark_bounced(subscriber: Subscriber, *, at: datetime) -> None:
    _move(subscriber, BOUNCED, since={PENDING, ACTIVE, UNSUBSCRIBED}, at=at, bounced_at=at)


@transaction.atomic
def join_account(user: User, address: str, *, at: datetime) -> None:
    """The account has just proved that this mailbox is theirs: tie the letters to it, and start
    them if the account agreed to them at sign-up."""
    consent = Consent.objects.standing().filter(user=user, kind=ConsentKind.NEWSLETTER).first()
    subscriber = Subscriber.objects.at_address(address).first() or _moved_with_account(user, address)
    if consent and not subscriber:
        subscriber = Subscriber.objects.create(email=normal_address(address), asked_at=consent.given_at)
    if not subscriber:
        return
    Subscriber.objects.filter(pk=subscriber.pk).update(user=user)
    if consent:
        wish = Wish(subscriber=subscriber, words_version=consent.words_version, asked_at=consent.given_at)
        confirm(wish, at=at, way=ConsentWay.ACCOUNT)


def _moved_with_account(user: User, address: str) -> Subscriber | None:
    """The account's letters, which follow it to its new address, unless they were given one of their own."""
    subscriber = user.subscribers.first()
    if subscriber and subscriber.moved_at:
        return None
    if subscriber:
        subscriber.email = normal_address(address)
        subscriber.save(update_fields=["email"])
    return subscriber


def which_can_be_erased() -> tombstones.Kind:
    """Subscriptions, for a restored backup. Whoever signs up again has another random id."""
    return tombstones.Kind(
        name="subscription",
        living=Subscriber.objects.iterator,
        named=lambda subscriber: subscriber.public_id,
        erase=erase,
    )


@transaction.atomic
def erase(subscriber: Subscriber) -> None:
    """Nothing stays but a keyed hash, and that only where it keeps a wish not to be written to."""
    reasons = {UNSUBSCRIBED: SuppressionReason.UNSUBSCRIBED, BOUNCED: SuppressionReason.BOUNCED}
    reason = reasons.get(SubscriberStatus(subscriber.status))
    if reason:
        Suppression.objects.add_address(subscriber.email, reason)
    OutgoingMail.objects.filter(to__in={subscriber.email, subscriber.new_email} - {""}).delete()
    brought_lists.forget_person(subscriber.email)
    soft_bounces.forget_address(subscriber.email)
    tombstones.lay("subscription", subscriber)
    subscriber.delete()


def resume(subscriber: Subscriber) -> None:
    """End a pause before its day."""
    Subscriber.objects.filter(pk=subscriber.pk).update(paused_until=None)


def _proof(words_version: str, *, asked_at: datetime, confirmed_at: datetime) -> dict[str, object]:
    return {
        "consent_words": NEWSLETTER_WORDS[words_version],
        "consent_version": words_version,
        "consent_at": asked_at,
        "confirmed_at": confirmed_at,
    }


def _move(
    subscriber: Subscriber, to: SubscriberStatus, *, since: set[SubscriberStatus], at: datetime, **fields: object
) -> bool:
    rows = Subscriber.objects.filter(pk=subscriber.pk, status__in=since)
    moved = rows.update(status=to, **fields) == 1
    subscriber.refresh_from_db()
    if moved:
        remember(subscriber, EVENTS[to], at=at)
    return moved


def remember(subscriber: Subscriber, kind: EventKind, *, at: datetime) -> None:
    """Add a line to what became of this subscription; where a consent began, with its words and way."""
    proof = {"way": subscriber.consent_way, "words": subscriber.consent_words} if kind == EventKind.AGREED else {}
    SubscriptionEvent.objects.create(subscriber=subscriber, kind=kind, at=at, **proof)
