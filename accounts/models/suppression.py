"""Addresses that must not be written to, kept as keyed hashes only.

An erased person leaves no address behind, yet an import of an old list must not
bring the letters back. The hash is keyed with the site's secret, so a stolen
table cannot be matched against a list of addresses; hashes made with an earlier
secret still count while that secret is in SECRET_KEY_FALLBACKS.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac

from accounts.core.addresses import normal_address


class SuppressionReason(models.TextChoices):
    UNSUBSCRIBED = "unsubscribed", "Had unsubscribed"
    BOUNCED = "bounced", "Mail bounced"
    COMPLAINED = "complained", "Complained"


def _address_hash(address: str, secret: str) -> str:
    return salted_hmac("accounts.suppression", normal_address(address), secret=secret, algorithm="sha256").hexdigest()


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def of(self, address: str) -> "SuppressionQuerySet":
        secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        return self.filter(address_hash__in=[_address_hash(address, secret) for secret in secrets])

    def forbids(self, address: str) -> bool:
        """Whether its mailbox sends mail back, or its owner called ours unwanted: then nothing goes there of itself.
        Leaving the letters is no such thing. A code that somebody waits for goes all the same."""
        return self.of(address).exclude(reason=SuppressionReason.UNSUBSCRIBED).exists()

    def among(self, addresses: Iterable[str]) -> set[str]:
        """Those of the addresses that must not be written to, in one query."""
        secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        hashes = {_address_hash(address, secret): address for address in addresses for secret in secrets}
        suppressed = self.filter(address_hash__in=hashes).values_list("address_hash", flat=True)
        return {hashes[each] for each in suppressed}

    def add_addresses(self, addresses: Iterable[str], reason: SuppressionReason) -> None:
        """Many, in one statement. Who is here already stays for the reason that was given then."""
        fresh = set(addresses) - self.among(addresses)
        hashes = [_address_hash(each, settings.SECRET_KEY) for each in sorted(fresh)]
        self.bulk_create([self.model(address_hash=each, reason=reason) for each in hashes], ignore_conflicts=True)

    def add_address(self, address: str, reason: SuppressionReason) -> None:
        """A stop, which its owner can take back, never stands in the place of what weighs more."""
        address_hash = _address_hash(address, settings.SECRET_KEY)
        self.get_or_create(address_hash=address_hash, defaults={"reason": reason})
        self.of(address).filter(reason=SuppressionReason.UNSUBSCRIBED).update(reason=reason)


class Suppression(models.Model):
    address_hash = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=20, choices=SuppressionReason)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, {self.created_at:%d %B %Y}"
