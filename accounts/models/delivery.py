"""The ledger of letters: one row for each (edition, subscriber), and so at most one letter.

queued -> claimed -> sent, or back to queued (with `next_try_at`, `tries` and `problem`), or one of these:
failed: refused for good, or tried too often; staff may send those again;
unsure: the server took the words and never said so, as often as it was tried. It may have arrived, and the row
keeps its `message_id`;
bounced: no such mailbox: at once, or by a later notice of the provider;
skipped: stopped, paused, bounced or cancelled in the meantime.

MAY_BECOME is the whole table of moves, and `DeliveryQuerySet.move` the one way to make one.

A claim is a lease: `claimed_by` holds the row until `lease_until`, then it is anybody's. Only `accounts/letters/` and
`accounts/sending/` write here. A row goes with its subscriber when that is erased. `problem`
is in plain words for staff, and never holds an address. `closed_at` is the moment of the last
state that stays (sent, failed, unsure, bounced or skipped).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.models.edition import Edition
from accounts.models.subscriber import Subscriber


class DeliveryState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    CLAIMED = "claimed", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Given up"
    UNSURE = "unsure", "May have arrived"
    BOUNCED = "bounced", "Bounced"
    SKIPPED = "skipped", "Not sent any more"


OPEN_STATES = [DeliveryState.QUEUED, DeliveryState.CLAIMED]
MAY_BECOME: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    # What left although the claim had lapsed has left.
    DeliveryState.QUEUED: frozenset({DeliveryState.CLAIMED, DeliveryState.SENT, DeliveryState.SKIPPED}),
    DeliveryState.CLAIMED: frozenset(DeliveryState) - {DeliveryState.CLAIMED},
    DeliveryState.FAILED: frozenset({DeliveryState.QUEUED}),
    # It comes back after it had gone.
    DeliveryState.SENT: frozenset({DeliveryState.BOUNCED}),
    DeliveryState.UNSURE: frozenset({DeliveryState.BOUNCED}),
    DeliveryState.BOUNCED: frozenset(),
    DeliveryState.SKIPPED: frozenset(),
}
"""The closed table of moves. A row begins as queued."""


def may_become(to: DeliveryState) -> list[str]:
    """The states from which a row may get there."""
    return [state.value for state, those in MAY_BECOME.items() if to in those]


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def move(self, to: DeliveryState, **fields: Any) -> int:
        """As many of these as may go there; the others stay as they are. How many went."""
        return super(DeliveryQuerySet, self.filter(state__in=may_become(to))).update(state=to, **fields)

    def update(self, **fields: Any) -> int:
        if "state" in fields:
            raise TypeError("The state of a letter changes by `move` alone.")
        return super().update(**fields)

    def open(self) -> "DeliveryQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def waiting(self, at: datetime) -> "DeliveryQuerySet":
        """What a worker may claim now."""
        return self.filter(state=DeliveryState.QUEUED, next_try_at__lte=at)


class Delivery(models.Model):
    # The unique constraint below is an index by edition too.
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED)
    next_try_at = models.DateTimeField(help_text="Not to be tried before.")
    awaits_turn = models.BooleanField(default=False, help_text="Held back, as its mail domain had its letters for now.")
    claimed_by = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often it did not go through.")
    problem = models.CharField(max_length=200, blank=True)
    message_id = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["edition", "state", "next_try_at"], name="delivery_by_due_time"),
            models.Index(fields=["edition", "closed_at"], name="delivery_by_end"),
            models.Index(fields=["lease_until"], condition=Q(state="claimed"), name="delivery_by_lease"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["edition", "subscriber"], name="delivery_once_for_each_subscriber"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.CLAIMED) | Q(lease_until__isnull=False),
                name="delivery_claimed_until_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False), name="delivery_sent_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"
