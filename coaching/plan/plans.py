"""From answers to a plan, and what the person changes in it.

A plan row remembers when it was made, what was suggested and what the person wished. What
a page shows is always worked out anew from the answers and the library as they stand, so a
caution that staff add, or a danger sign ticked since, holds at once.

But a plan does not change by itself. What is in it stays while it is safe, whatever the ratings say: it changes when
the person asks, or at the weekly look (`review`). Each change is written down with its day and its reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Profile
from coaching.core.intake.needs import Snapshot
from coaching.core.learning.personalise import Estimate
from coaching.core.person.my_picture import NOT_IT
from coaching.core.questions.items import Answers
from coaching.core.recommend.choose import PLACES
from coaching.core.recommend.options import Options
from coaching.core.recommend.suggestion import Recommendation
from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.intake.known import answers_now
from coaching.kept import OwnParts
from coaching.learning.worked_out import Wishes, worked_out
from coaching.models import Intake, Person, Plan, PlanChange, PlanItem
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of
from coaching.plan.changes import write_down
from coaching.plan.knowledge import Knowledge, knowledge
from coaching.plan.rungs import Goes, Steps, sure_of

State = PlanItem.State
Why = PlanChange.Why


@dataclass(frozen=True, kw_only=True)
class Coaching:
    """One person's plan as it stands now, with all that led to it."""

    plan: Plan
    snapshot: Snapshot
    options: Options
    recommendation: Recommendation
    knowledge: Knowledge
    answers: Answers
    goal: str
    estimates: Mapping[str, Estimate]
    drawn: OwnParts
    """Parts of pages that follow from the answers, the goes, the wishes and the library as they stand."""

    steps: Steps
    """Where the person stands on the ladder of each technique."""


def current_plan(person: Person | None) -> Plan | None:
    plan = Plan.objects.current_of(person.pk) if person else None
    if person and plan:
        read = (intake for intake in person.all_intakes if intake.pk == plan.intake_id)
        plan.person, plan.intake = person, next(read, None) or plan.intake
    return plan


def coaching_for(request: HttpRequest) -> Coaching | None:
    """The plan of this request's person. Whoever has a profile has their minutes there."""
    minutes = preferences_of(request).minutes_a_day if request.user.is_authenticated else None
    return coaching_of(person_of(request), minutes)


def coaching_now(request: HttpRequest) -> Coaching | None:
    """The same, for the pages that list the changes of a plan: what `catch_up` has to write down is written first."""
    coaching, at = coaching_for(request), timezone.now()
    catch_up(coaching, at)
    return coaching


def coaching_of(person: Person | None, minutes: int | None = None, known: Knowledge | None = None) -> Coaching | None:
    """`minutes` a day take the place of those the plan was made for. `known`: read a moment ago, for many people."""
    plan = current_plan(person)
    if person is None or plan is None:
        return None
    plan.minutes_a_day = minutes or plan.minutes_a_day
    known = known or knowledge()
    answers = answers_now(person, plan.intake)
    worked = worked_out(person, answers, wishes_of(plan, known.options), known.options, known.levels, known.pool)
    return Coaching(
        plan=plan,
        snapshot=worked.snapshot,
        options=worked.options,
        recommendation=worked.recommendation,
        knowledge=known,
        answers=answers,
        goal=never_as_a_wish(answers.get("goal", "")),
        estimates=worked.estimates,
        drawn=worked.drawn,
        steps=Steps(
            knowledge=known,
            minutes_a_day=plan.minutes_a_day,
            at=timezone.now(),
            snapshot=worked.snapshot,
            answers=answers,
            goes=Goes.of(person),
            sure=sure_of(plan.sure, timezone.now()),
            held=plan.held,
        ),
    )


def wishes_of(plan: Plan, library: Options) -> Wishes:
    return Wishes(
        minutes=plan.minutes_a_day,
        pinned=_slugs(plan, State.PINNED),
        refused=_slugs(plan, State.REFUSED),
        held=held_in(plan, library),
        active=_active(plan),
    )


def _active(plan: Plan) -> frozenset[str]:
    return frozenset(item.technique_id for item in plan.items.all() if item.state != State.REFUSED)


def _stood(plan: Plan) -> frozenset[str]:
    """What was in it as it was last written down. A wish that was not kept stays a wish; its leaving is told once."""
    pinned, active = _slugs(plan, State.PINNED), _active(plan)
    if not pinned:
        return active
    has_left: dict[Any, bool] = {}
    for taken, given in plan.changes.values_list("taken_id", "given_id"):
        has_left.setdefault(given, False)
        has_left.setdefault(taken, True)
    return active - {slug for slug in pinned if has_left.get(slug)}


def held_in(plan: Plan, options: Options) -> frozenset[str]:
    """The suggested techniques that keep their place. Where the person added one of their own, the suggestion of the
    same slot (calming, moving, thinking) is the first to make room."""
    items = list(plan.items.all())
    pinned = [options.by_slug[item.technique_id] for item in items if item.state == State.PINNED]
    taken = {technique.slot for technique in pinned}
    suggested = [item for item in items if item.state == State.SUGGESTED and item.technique_id in options.by_slug]
    suggested.sort(key=lambda item: (options.by_slug[item.technique_id].slot in taken, item.position, item.pk))
    return frozenset(item.technique_id for item in suggested[: max(PLACES - len(pinned), 0)])


@transaction.atomic
def make_plan(person: Person, intake: Intake, minutes: int, at: datetime) -> Plan:
    """A new plan from a finished intake, once. What the person had pinned, refused and kept goes along."""
    # Two tabs meet here, as they do when a step is saved.
    Person.objects.hold(person)
    old = current_plan(person)
    if old and old.intake_id == intake.pk:
        return old
    plan = Plan(person=person, intake=intake, minutes_a_day=minutes, made_at=at)
    if old:
        plan.minutes_a_day, plan.kept_at, plan.held = old.minutes_a_day, old.kept_at, old.held
        Plan.objects.filter(pk=old.pk).update(ended_at=at)
    plan.save()
    if old:
        _carry_wishes(old, plan)
    settle(plan, _stood(old) if old else frozenset(), why=Why.ANSWERS, at=at)
    return plan


@transaction.atomic
def settle(plan: Plan, before: frozenset[str], *, why: str, at: datetime) -> None:
    """Write down what is suggested now beside what the person wished, and what that changes of what was `before`."""
    coaching = coaching_of(plan.person)
    if coaching is None or coaching.recommendation.blocked:
        return
    plan.items.filter(state=State.SUGGESTED).delete()
    for position, pick in enumerate(coaching.recommendation.picks, start=1):
        PlanItem.objects.update_or_create(
            plan=plan,
            technique_id=pick.technique,
            defaults={"position": position},
            create_defaults={"position": position, "state": State.SUGGESTED},
        )
    if before:
        write_down(plan, before, coaching.recommendation, why=why, at=at)


def catch_up(coaching: Coaching | None, at: datetime) -> None:
    """What safety, or the library, changed since the plan was last written down is written down, once."""
    if coaching is None or coaching.recommendation.blocked:
        return
    now = frozenset(coaching.recommendation.techniques)
    if not now or now == _active(coaching.plan):
        return
    before = _stood(coaching.plan)
    if before and now != before:
        settle(coaching.plan, before, why=Why.ANSWERS, at=at)


@transaction.atomic
def pin(plan: Plan, technique: str, at: datetime | None = None) -> None:
    _wish(plan, technique, State.PINNED, at)


@transaction.atomic
def refuse(plan: Plan, technique: str, at: datetime | None = None) -> None:
    _wish(plan, technique, State.REFUSED, at)


@transaction.atomic
def swap(plan: Plan, technique: str, instead: str, at: datetime | None = None) -> None:
    """Take `instead` in the place of `technique`."""
    before = _stood(plan)
    plan.items.filter(technique_id=technique).delete()
    PlanItem.objects.update_or_create(plan=plan, technique_id=technique, defaults={"state": State.REFUSED})
    PlanItem.objects.update_or_create(plan=plan, technique_id=instead, defaults={"state": State.PINNED})
    settle(plan, before, why=Why.ASKED, at=at or timezone.now())


@transaction.atomic
def take_turns(plan: Plan, technique: str, instead: str, at: datetime) -> None:
    """At the weekly look: `instead` takes the place of `technique`, as a suggestion, and nothing is ruled out."""
    before = _stood(plan)
    if technique in before and instead not in before:
        plan.items.filter(technique_id__in=[technique, instead]).delete()
        PlanItem.objects.create(plan=plan, technique_id=instead, state=State.SUGGESTED)
        settle(plan, before, why=Why.REVIEW, at=at)
    look_over(plan, at)


def look_over(plan: Plan, at: datetime) -> None:
    """The weekly look is done."""
    Plan.objects.filter(pk=plan.pk).update(looked_at=at)


@transaction.atomic
def leave_to_us(plan: Plan, technique: str, at: datetime | None = None) -> None:
    """Take a wish back: the technique that made room for it comes back, and the one that came in for it leaves."""
    before = _stood(plan)
    comes, goes = _undone(plan, technique)
    plan.items.filter(technique_id=technique).delete()
    plan.items.filter(technique_id=goes, state=State.SUGGESTED).delete()
    if comes and not plan.items.filter(technique_id=comes).exists():
        PlanItem.objects.create(plan=plan, technique_id=comes)
    settle(plan, before, why=Why.ASKED, at=at or timezone.now())


def _undone(plan: Plan, technique: str) -> tuple[str | None, str | None]:
    """What comes and what goes when a wish is taken back, by what was written down when it was made."""
    asked = plan.changes.filter(why=Why.ASKED)
    if plan.items.filter(technique_id=technique, state=State.PINNED).exists():
        change = asked.filter(given_id=technique).first()
        return (change.taken_id, None) if change else (technique, None)
    change = asked.filter(taken_id=technique).first()
    return (technique, change.given_id) if change else (None, None)


@transaction.atomic
def set_minutes(plan: Plan, minutes: int, at: datetime | None = None) -> None:
    """More or fewer minutes ask for the plan anew: nothing but wishes is held."""
    before = _stood(plan)
    Plan.objects.filter(pk=plan.pk).update(minutes_a_day=minutes)
    Profile.objects.filter(user=plan.person.user).update(minutes_a_day=minutes)
    plan.items.filter(state=State.SUGGESTED).delete()
    settle(plan, before, why=Why.ASKED, at=at or timezone.now())


@transaction.atomic
def correct_picture(plan: Plan, not_it: frozenset[str], at: datetime) -> None:
    """Keep what the person says is not it, beside their answers, and ask for the plan anew from that."""
    before = _stood(plan)
    intake = Intake.objects.select_for_update().get(pk=plan.intake_id)
    intake.answers = intake.answers | {NOT_IT: sorted(not_it)}
    intake.save()
    plan.person.forget_what_was_read()
    plan.items.filter(state=State.SUGGESTED).delete()
    settle(plan, before, why=Why.ASKED, at=at)


def keep(plan: Plan, at: datetime) -> None:
    Plan.objects.filter(pk=plan.pk, kept_at=None).update(kept_at=at)


def _wish(plan: Plan, technique: str, state: str, at: datetime | None) -> None:
    before = _stood(plan)
    PlanItem.objects.update_or_create(plan=plan, technique_id=technique, defaults={"state": state})
    settle(plan, before, why=Why.ASKED, at=at or timezone.now())


def _slugs(plan: Plan, state: str) -> frozenset[str]:
    return frozenset(item.technique_id for item in plan.items.all() if item.state == state)


def _carry_wishes(old: Plan, plan: Plan) -> None:
    wishes = old.items.exclude(state=State.SUGGESTED)
    PlanItem.objects.bulk_create(
        PlanItem(plan=plan, technique_id=item.technique_id, state=item.state) for item in wishes
    )
