"""Texts that readers see. `content/editing/publishing.py` is the only place that changes `status`.

While a text is published, what staff write in it does not touch its columns: it waits in
`proposal` until somebody else has reviewed it.
"""

from datetime import datetime
from typing import Any, Self

from django.db import models

from content.core.vocabulary import Status
from content.models.fields import RuledCharField
from content.models.proposing import Proposing
from content.models.row import NamedRow, RowQuerySet


def permissions_to_publish(name: str) -> Any:
    """Beyond adding and changing: reading for others, and letting readers see."""
    return [(f"review_{name}", f"Can review a {name}"), (f"publish_{name}", f"Can publish and withdraw a {name}")]


class PublishableQuerySet(RowQuerySet):
    def published(self, at: datetime) -> Self:
        return self.filter(status=Status.PUBLISHED.value, publish_at__lte=at)


class Publishable(Proposing, NamedRow):
    status = RuledCharField(max_length=12, choices=Status.choices, default=Status.DRAFT.value, editable=False)
    publish_at = models.DateTimeField(
        "readers see it from", null=True, blank=True, editable=False, help_text="A time to come schedules it."
    )
    reviewed_by = models.CharField(
        max_length=200, blank=True, help_text="Name and role of the clinician. Empty means: awaiting review."
    )
    reviewed_on = models.DateField("last checked", null=True, blank=True)
    next_review = models.DateField("check again by", null=True, blank=True)
    changes = models.JSONField("change log", default=list, blank=True)

    proposal_status = RuledCharField(max_length=12, choices=Status.choices, blank=True, editable=False)
    proposal_at = models.DateTimeField("changes are taken at", null=True, blank=True, editable=False)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_status_is_known",
                condition=models.Q(status__in=[status.value for status in Status]),
            ),
            models.CheckConstraint(
                name="%(class)s_published_has_a_time",
                condition=~models.Q(status=Status.PUBLISHED.value) | models.Q(publish_at__isnull=False),
            ),
        ]

    REVIEW_FIELDS = ("reviewed_by", "reviewed_on", "next_review", "changes")

    def is_published(self, at: datetime) -> bool:
        return self.status == Status.PUBLISHED.value and self.publish_at is not None and self.publish_at <= at

    @property
    def is_live(self) -> bool:
        """Readers see it, or will at its time without anybody's doing."""
        return self.status == Status.PUBLISHED.value

    @property
    def stage(self) -> str:
        return self.proposal_status or self.status
