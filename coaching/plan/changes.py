"""What changed in a plan, when and why: written down as it happens, and told in words."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from coaching.core.recommend.suggestion import Recommendation
from coaching.models import Plan, PlanChange
from content.reading.ready_made import ReadyMade

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

    @property
    def own_drawn_by(self) -> tuple[str | bool, ...]:
        return (self.at.isoformat(), self.words, self.why, self.taken, self.given, self.can_be_undone)


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
    return [_in_words(_Row(*row)) for row in CHANGES.rows(plan=plan.pk, since=since or EVER)]


class _Row(NamedTuple):
    """A change as it was written down, with the names of what came and went."""

    at: datetime
    why: str
    taken: str | None
    given: str | None
    taken_name: str | None
    given_name: str | None


EVER = datetime(1970, 1, 1, tzinfo=UTC)
CHANGES = ReadyMade(
    lambda plan, since: PlanChange.objects.filter(plan_id=plan, at__gte=since).values_list(
        "at", "why", "taken_id", "given_id", "taken__name", "given__name"
    ),
    plan=int,
    since=datetime,
)


def _in_words(row: _Row) -> Told:
    return Told(
        at=row.at,
        words=_words(row),
        why=str(WHY[PlanChange.Why(row.why)]),
        taken=row.taken or "",
        given=row.given or "",
        can_be_undone=bool(row.taken and row.given) and row.why != PlanChange.Why.SAFETY,
    )


def _words(row: _Row) -> str:
    named = {"taken": row.taken_name, "given": row.given_name}
    told = {which: _(name) if name else "" for which, name in named.items()}
    if row.taken and row.given:
        return _("%(given)s came in place of %(taken)s.") % told
    return _("%(given)s came in.") % told if row.given else _("%(taken)s was left out.") % told
