"""The rules of the weekly review as their rows stand: read when a review is held, and shown to whoever asks."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from coaching.core.week.rules import Rule, rule_from
from content.core.vocabulary import Status
from content.models import StepRule


def rows(at: datetime) -> QuerySet[StepRule]:
    return StepRule.objects.published(at).order_by("order", "slug")


def rules(at: datetime) -> tuple[Rule, ...]:
    return tuple(rule_from(row.slug, _values(row)) for row in rows(at))


def rules_with_what_waits() -> tuple[Rule, ...]:
    """As they would be if every draft and every change that waits were published; what was withdrawn stays away."""
    waiting = StepRule.objects.exclude(status=Status.WITHDRAWN)
    return tuple(rule_from(row.slug, {**_values(row), **row.proposal.get("values", {})}) for row in waiting)


def _values(row: StepRule) -> dict[str, Any]:
    return {"order": row.order, "move": row.move, "words": row.words, "when": row.when}
