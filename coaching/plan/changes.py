"""What changed in a plan, when and why: written down as it happens, and told in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from coaching.core.recommend.suggestion import Recommendation
from coaching.models import Plan, PlanChange

TOLD_FOR = timedelta(days=14)
"""So long a change is told on the pages of every day; the plan keeps it for good."""

WHY = {
    PlanChange.Why.SAFETY: _lazy("For your safety."),
    PlanChange.Why.ANSWERS: _lazy("Your answers, or what we know, have changed."),
    PlanChange.Why.ASKED: _lazy("You asked for it."),
    PlanChange.Why.REVIEW: _lazy("You chose it at the weekly look."),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One change in words. `taken` and `given` are slugs, empty where nothing came or went."""

    at: datetime
    words: str
    why: str
    taken: str
    given: str
    can_be_undone: bool


def write_down(plan: Plan, before: frozenset[str], recommendation: Recommendation, *, why: str, at: datetime) -> None:
    """One row for each place that changed. What a caution or a sign took is told as safety, whatever the occasion."""
    taken = sorted(before - set(recommendation.techniques))
    given = [slug for slug in recommendation.techniques if slug not in before]
    unsafe = {one.technique for one in recommendation.exclusions}
    PlanChange.objects.bulk_create(
        PlanChange(plan=plan, at=at, taken_id=out, given_id=into, why=PlanChange.Why.SAFETY if out in unsafe else why)
        for out, into in zip_longest(taken, given)
    )


def changes_told(plan: Plan, *, since: datetime | None = None) -> list[Told]:
    """The newest first."""
    rows = plan.changes.select_related("taken", "given")
    return [_in_words(row) for row in (rows.filter(at__gte=since) if since else rows)]


def _in_words(row: PlanChange) -> Told:
    return Told(
        at=row.at,
        words=_words(row),
        why=str(WHY[PlanChange.Why(row.why)]),
        taken=row.taken_id or "",
        given=row.given_id or "",
        can_be_undone=bool(row.taken_id and row.given_id) and row.why != PlanChange.Why.SAFETY,
    )


def _words(row: PlanChange) -> str:
    told = {name: _(one.name) if one else "" for name, one in (("taken", row.taken), ("given", row.given))}
    if row.taken and row.given:
        return _("%(given)s came in place of %(taken)s.") % told
    return _("%(given)s came in.") % told if row.given else _("%(taken)s was left out.") % told
