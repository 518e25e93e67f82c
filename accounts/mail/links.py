"""Signed links in letters: each names one subscriber and is good for one purpose.

The token holds the subscriber's random id, never the address. Links to stop or to
change letters never expire: a letter may be opened years later. The links that
confirm do, as they stand for a wish of that day. When letters move to another
address the random id changes with them, so that whoever reads the old mailbox
learns nothing of the new one.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from django.conf import settings
from django.core.signing import BadSignature, Signer, b62_decode, b62_encode
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.encoding import force_str
from django.utils.translation import get_language

from accounts.mail.keyed import keyed
from accounts.models import Subscriber

CONFIRM_WITHIN = timedelta(days=14)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


class Standing(StrEnum):
    """Purposes whose links never expire; the value is also the URL name."""

    PREFERENCES = "newsletter_preferences"
    UNSUBSCRIBE = "newsletter_unsubscribe"
    WHY = "newsletter_why"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a confirmation link stands for: who asked for letters, when, and agreeing to which words."""

    subscriber: Subscriber
    words_version: str
    asked_at: datetime


def standing_link(subscriber: Subscriber, purpose: Standing) -> str:
    return standing_link_of(subscriber.public_id, purpose)


def standing_link_of(public_id: str, purpose: Standing) -> str:
    return _address(purpose).format(_signer(purpose).sign(public_id))


def stop_link(public_id: str) -> str:
    """For the header of a letter: the address to stop, so short that no mail server folds the line."""
    return _address("newsletter_stop").format(f"{public_id}.{_short_signature(public_id, settings.SECRET_KEY)}")


def stopping_subscriber(token: str) -> Subscriber | None:
    """The subscriber whom such an address names."""
    public_id, _, signature = token.rpartition(".")
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(constant_time_compare(signature, _short_signature(public_id, secret)) for secret in secrets):
        return None
    return Subscriber.objects.filter(public_id=public_id).first()


def standing_path(subscriber: Subscriber, purpose: Standing) -> str:
    return reverse(f"accounts:{purpose}", args=[standing_token(subscriber, purpose)])


def standing_token(subscriber: Subscriber, purpose: Standing) -> str:
    return _signer(purpose).sign(subscriber.public_id)


def standing_subscriber(token: str, purpose: Standing) -> Subscriber | None:
    """The subscriber a link names; None if it is broken, of another purpose, or theirs no more."""
    try:
        public_id = _signer(purpose).unsign(token)
    except BadSignature:
        return None
    return Subscriber.objects.filter(public_id=public_id).first()


def confirm_link(subscriber: Subscriber, words_version: str, *, at: datetime) -> str:
    wish = f"{subscriber.public_id}.{words_version}.{b62_encode((at - EPOCH) // TICK)}"
    return settings.SITE_URL + reverse("accounts:newsletter_confirm", args=[_signer("newsletter_confirm").sign(wish)])


def wish_of(token: str, *, at: datetime) -> Wish | None:
    """The wish a link stands for; None if it is broken, too old, or of someone erased."""
    try:
        public_id, words_version, ticks = _signer("newsletter_confirm").unsign(token).split(".")
    except BadSignature:
        return None
    asked_at = EPOCH + b62_decode(ticks) * TICK
    subscriber = Subscriber.objects.filter(public_id=public_id).first()
    if subscriber is None or at - asked_at > CONFIRM_WITHIN:
        return None
    return Wish(subscriber=subscriber, words_version=words_version, asked_at=asked_at)


def move_link(subscriber: Subscriber, *, asked_at: datetime) -> str:
    """What the new mailbox is sent; the address itself stays out of it."""
    move = f"{subscriber.public_id}.{b62_encode((asked_at - EPOCH) // TICK)}"
    return settings.SITE_URL + reverse("accounts:newsletter_move", args=[_signer("newsletter_move").sign(move)])


def moving_subscriber(token: str, *, at: datetime) -> Subscriber | None:
    """Whose letters are to move; None if the link is broken, too old, used up, or a later one took its place."""
    try:
        public_id, ticks = _signer("newsletter_move").unsign(token).split(".")
    except BadSignature:
        return None
    asked_at = EPOCH + b62_decode(ticks) * TICK
    if at - asked_at > CONFIRM_WITHIN:
        return None
    return Subscriber.objects.active().filter(public_id=public_id, new_email_at=asked_at).first()


def _short_signature(public_id: str, secret: str) -> str:
    """96 bits, on top of the 128 random ones of the id itself."""
    digest = keyed("accounts.newsletter_stop", public_id, secret).digest()
    return urlsafe_b64encode(digest[:12]).decode()


def _address(page: str) -> str:
    return _address_on(settings.SITE_URL, page, get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=32)
def _address_on(site: str, page: str, language: str) -> str:
    """With braces in the place of the token: looking an address up takes longer than all the rest of a link.

    It is another one in each language, in which it is asked for.
    """
    del language  # the one that is switched on; named so that each is kept apart
    return site + reverse(f"accounts:{page}", args=["TOKEN"]).replace("TOKEN", "{}")


class QuickSigner(Signer):
    """Django's own, to the letter: what it signs, that one reads, and the other way round."""

    def signature(self, value: str | bytes, key: str | bytes | None = None) -> str:
        signature = keyed(
            f"{force_str(self.salt)}signer", force_str(value), force_str(self.key if key is None else key)
        )
        return urlsafe_b64encode(signature.digest()).strip(b"=").decode()


def _signer(purpose: str) -> Signer:
    return _signer_with(settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS), purpose)


@lru_cache(maxsize=16)
def _signer_with(secret: str, older: tuple[str, ...], purpose: str) -> Signer:
    return QuickSigner(key=secret, fallback_keys=list(older), salt=f"accounts.{purpose}", sep=".")
