"""From answers to a plan, and what the person changes in it.

A plan row remembers when it was made, what was suggested and what the person wished. What
a page shows is always worked out anew from the answers and the library as they stand, so a
caution that staff add, or a danger sign ticked since, holds at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Profile
from coaching.core.intake.needs import Snapshot, take_snapshot
from coaching.core.learning.personalise import Estimate
from coaching.core.recommend import care
from coaching.core.recommend.care import IN_DANGER, NOBODY, NOT_THERE, StartRule
from coaching.core.recommend.options import History, Options
from coaching.core.recommend.recommender import recommend
from coaching.core.recommend.suggestion import Recommendation
from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.intake.intakes import answers_now, is_in_danger, sign_levels
from coaching.models import Intake, Person, Plan, PlanItem
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of, waiting_person
from coaching.plan.knowledge import Knowledge, knowledge, rules_of
from coaching.plan.learning import estimates_of, has_enough
from coaching.plan.rungs import Steps, steps_of
from content.core.vocabulary import Condition, Level
from content.models import Guide

State = PlanItem.State
ASKED_WITH_SIGNS = frozenset({Condition.CRISIS, Condition.STIFF_MORNING, Condition.URGENT_SIGN, Condition.OPEN_SIGN})
"""What the safety step finds out."""


@dataclass(frozen=True, kw_only=True)
class Coaching:
    """One person's plan as it stands now, with all that led to it."""

    plan: Plan
    snapshot: Snapshot
    options: Options
    recommendation: Recommendation
    knowledge: Knowledge
    goal: str
    estimates: Mapping[str, Estimate]
    steps: Steps
    """Where the person stands on the ladder of each technique."""


def current_plan(person: Person | None) -> Plan | None:
    if person is None:
        return None
    return person.plans.current().select_related("intake").prefetch_related("items").first()


def coaching_for(request: HttpRequest) -> Coaching | None:
    """The plan of this request's person. Whoever has a profile has their minutes there."""
    minutes = preferences_of(request).minutes_a_day if request.user.is_authenticated else None
    return coaching_of(person_of(request), minutes)


def coaching_of(person: Person | None, minutes: int | None = None) -> Coaching | None:
    """`minutes` a day take the place of those the plan was made for."""
    plan = current_plan(person)
    if person is None or plan is None:
        return None
    plan.minutes_a_day = minutes or plan.minutes_a_day
    known = knowledge()
    answers = answers_now(plan.intake, person.newest_intake)
    snapshot = take_snapshot(answers, known.levels)
    estimates = estimates_of(person, snapshot, known.options, known.pool)
    options = replace(
        known.options,
        minutes_a_day=plan.minutes_a_day,
        pinned=_slugs(plan, State.PINNED),
        refused=_slugs(plan, State.REFUSED),
        explore=has_enough(estimates.values()),
    )
    return Coaching(
        plan=plan,
        snapshot=snapshot,
        options=options,
        recommendation=recommend(snapshot, options, History(estimates=estimates, active=_active(plan))),
        knowledge=known,
        goal=never_as_a_wish(answers.get("goal", "")),
        estimates=estimates,
        steps=steps_of(person, snapshot, answers, plan.minutes_a_day, known, timezone.now()),
    )


def _active(plan: Plan) -> frozenset[str]:
    return frozenset(item.technique_id for item in plan.items.all() if item.state != State.REFUSED)


@transaction.atomic
def make_plan(person: Person, intake: Intake, minutes: int, at: datetime) -> Plan:
    """A new plan from a finished intake, once. What the person had pinned, refused and kept goes along."""
    # Two tabs meet here, as they do when a step is saved.
    Person.objects.select_for_update().get(pk=person.pk)
    old = current_plan(person)
    if old and old.intake_id == intake.pk:
        return old
    plan = Plan(person=person, intake=intake, minutes_a_day=minutes, made_at=at)
    if old:
        plan.minutes_a_day, plan.kept_at = old.minutes_a_day, old.kept_at
        Plan.objects.filter(pk=old.pk).update(ended_at=at)
    plan.save()
    if old:
        _carry_wishes(old, plan)
    settle(plan)
    return plan


@transaction.atomic
def settle(plan: Plan) -> None:
    """Write down what is suggested now, beside what the person wished."""
    found = coaching_of(plan.person)
    if found is None or found.recommendation.blocked:
        return
    plan.items.filter(state=State.SUGGESTED).delete()
    for position, pick in enumerate(found.recommendation.picks, start=1):
        PlanItem.objects.update_or_create(
            plan=plan,
            technique_id=pick.technique,
            defaults={"position": position},
            create_defaults={"position": position, "state": State.SUGGESTED},
        )


@transaction.atomic
def pin(plan: Plan, technique: str) -> None:
    _wish(plan, technique, State.PINNED)


@transaction.atomic
def refuse(plan: Plan, technique: str) -> None:
    _wish(plan, technique, State.REFUSED)


@transaction.atomic
def swap(plan: Plan, technique: str, instead: str) -> None:
    """Take `instead` in the place of `technique`."""
    plan.items.filter(technique_id=technique).delete()
    PlanItem.objects.update_or_create(plan=plan, technique_id=technique, defaults={"state": State.REFUSED})
    _wish(plan, instead, State.PINNED)


@transaction.atomic
def leave_to_us(plan: Plan, technique: str) -> None:
    """Take a wish back."""
    plan.items.filter(technique_id=technique).delete()
    settle(plan)


@transaction.atomic
def set_minutes(plan: Plan, minutes: int) -> None:
    Plan.objects.filter(pk=plan.pk).update(minutes_a_day=minutes)
    Profile.objects.filter(user=plan.person.user).update(minutes_a_day=minutes)
    settle(plan)


def keep(plan: Plan, at: datetime) -> None:
    Plan.objects.filter(pk=plan.pk, kept_at=None).update(kept_at=at)


def start_rule(request: HttpRequest, technique: str, guide: Guide | None = None) -> StartRule:
    """What the person's own answers say of one technique or one guide, on this device and in this visit."""
    person = person_of(request)
    if is_in_danger(person, waiting_person(request)):
        return IN_DANGER
    return rule_for(person, technique, guide)


def rule_for(person: Person | None, technique: str, guide: Guide | None = None) -> StartRule:
    """What somebody's answers say; without answers, all that can speak against it."""
    found = rules_of(technique, guide)
    if found is None:
        return NOT_THERE
    facts, cautions = found
    has_answered = person is not None and person.newest_intake is not None
    return care.start_rule(facts, snapshot_of(person, sign_levels() if has_answered else {}), cautions)


def rule_for_nobody(technique: str, guide: Guide | None = None) -> StartRule:
    """For a page that knows nobody."""
    return rule_for(None, technique, guide)


def snapshot_of(person: Person | None, levels: Mapping[str, Level]) -> Snapshot:
    """The newest finished answers, read; without any, what was told so far and what holds for anyone."""
    newest = person.newest_intake if person else None
    if person is None or newest is None:
        return NOBODY
    intake = newest if newest.finished_at else person.intakes.finished().newest()
    if intake:
        return take_snapshot(answers_now(intake, newest), levels)
    read = take_snapshot(newest.answers, levels)
    return read if newest.safety_level or "conditions" in newest.answers else _as_told(read)


def _as_told(read: Snapshot) -> Snapshot:
    """With what was not asked yet as such. That extra care is needed was told."""
    unasked = read.undisclosed - ({Condition.CRISIS} if read.safety.needs_extra_care else set())
    conditions, undisclosed = read.conditions - unasked, read.undisclosed - unasked
    of_safety = frozenset() if read.safety.complete else ASKED_WITH_SIGNS - conditions
    return replace(read, conditions=conditions, undisclosed=undisclosed, unasked=unasked | of_safety)


def _wish(plan: Plan, technique: str, state: str) -> None:
    PlanItem.objects.update_or_create(plan=plan, technique_id=technique, defaults={"state": state})
    settle(plan)


def _slugs(plan: Plan, state: str) -> frozenset[str]:
    return frozenset(item.technique_id for item in plan.items.all() if item.state == state)


def _carry_wishes(old: Plan, plan: Plan) -> None:
    wishes = old.items.exclude(state=State.SUGGESTED)
    PlanItem.objects.bulk_create(
        PlanItem(plan=plan, technique_id=item.technique_id, state=item.state) for item in wishes
    )
