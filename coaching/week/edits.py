"""What a person changes in their week: each in one tap, each written down, none of it a failure.

A change names what it changes from. Where another tab, or the night, has changed that meanwhile, nothing is done and
the week is shown as it stands; a double tap therefore changes once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from coaching.core.practice.rung import Since
from coaching.models import Week, WeekChange, WeekStep
from coaching.plan.plans import Coaching
from coaching.week.weeks import OneWeek, a_step, hold

What, Why, State = WeekChange.What, WeekChange.Why, WeekStep.State


@dataclass(frozen=True, kw_only=True)
class Place:
    """When and where a step is meant to be."""

    day: date
    at: time | None = None
    place: str = ""


def commit(week: Week, at: datetime) -> None:
    Week.objects.filter(pk=week.pk, committed_at=None).update(committed_at=at)


def tick(step: WeekStep, at: datetime) -> None:
    WeekStep.objects.filter(pk=step.pk, done_at=None).update(done_at=at)


def untick(step: WeekStep) -> None:
    WeekStep.objects.filter(pk=step.pk).update(done_at=None)


@transaction.atomic
def move(step: WeekStep, to: Place, at: datetime) -> bool:
    """To another day, time or place; whether anything changed."""
    before, place = (step.day, step.at, step.place), to.place
    if before == (to.day, to.at, place):
        return False
    step.place = place
    known = WeekStep.objects.filter(pk=step.pk, day=before[0], at=before[1])
    if not known.update(day=to.day, at=to.at, sealed_place=step.sealed_place, why=Why.ASKED):
        return False
    if to.day != before[0]:
        write(step.week, at, What.MOVED, Why.ASKED, step=step, to_day=to.day)
    return True


@transaction.atomic
def lighten(step: WeekStep, at: datetime) -> bool:
    """Half of it, down to one minute."""
    minutes = max(step.minutes // 2, 1)
    known = WeekStep.objects.filter(pk=step.pk, minutes=step.minutes)
    if minutes == step.minutes or not known.update(minutes=minutes, why=Why.ASKED):
        return False
    write(step.week, at, What.LIGHTER, Why.ASKED, step=step, minutes=minutes)
    return True


def pause(step: WeekStep, at: datetime) -> bool:
    return _turn(step, State.PLANNED, State.PAUSED, What.PAUSED, at)


def take_up(step: WeekStep, at: datetime) -> bool:
    return _turn(step, State.PAUSED, State.PLANNED, What.RESUMED, at)


@transaction.atomic
def _turn(step: WeekStep, before: str, state: str, what: str, at: datetime) -> bool:
    if not WeekStep.objects.filter(pk=step.pk, state=before).update(state=state, why=Why.ASKED):
        return False
    write(step.week, at, what, Why.ASKED, step=step)
    return True


@transaction.atomic
def swap(step: WeekStep, instead: str, coaching: Coaching, at: datetime) -> bool:
    """Another practice of the plan in its place, at its own rung."""
    new_step = coaching.steps.of(instead)
    if new_step is None or instead not in coaching.recommendation.techniques or instead == step.technique_id:
        return False
    known = WeekStep.objects.filter(pk=step.pk, technique_id=step.technique_id)
    told = {"minutes": new_step.minutes, "rung": new_step.standing.place, "why": Why.ASKED}
    if not known.update(technique_id=instead, **told):
        return False
    write(step.week, at, What.SWAPPED, Why.ASKED, step=step, instead=instead)
    return True


@transaction.atomic
def ease(one: OneWeek, coaching: Coaching, *, today: date, at: datetime) -> bool:
    """ "Too much this week": from today on each practice is a step smaller, and every second go of it rests."""
    if not Week.objects.filter(pk=one.week.pk, eased_at=None).update(eased_at=at):
        return False
    step_down(coaching, Since.TOO_MUCH, at)
    seen: dict[str, int] = {}
    for step in _to_come(one, today):
        seen[step.technique_id] = seen.get(step.technique_id, 0) + 1
        rests = seen[step.technique_id] % 2 == 0
        _smaller(step, coaching, Why.TOO_MUCH, state=State.PAUSED if rests else State.PLANNED)
    write(one.week, at, What.LIGHTER, Why.TOO_MUCH)
    return True


def step_down(coaching: Coaching, why: Since, at: datetime) -> None:
    """Every practice of the plan one rung lower, with the rung it had kept beside it."""
    held = {}
    for technique in coaching.recommendation.techniques:
        step = coaching.steps.of(technique)
        known = coaching.plan.held.get(technique, {})
        if step and known.get("why") != why.value:
            place = step.standing.place
            told = {"place": max(place - 1, 1), "why": why.value, "at": at.isoformat()}
            held[technique] = {**told, "before": max(known.get("before", 0), place)}
    hold(coaching.plan, held)


def make_smaller(one: OneWeek, coaching: Coaching, why: str, *, today: date) -> None:
    """What is still to come, at one rung lower than it was laid, or at half where there is none."""
    for step in _to_come(one, today):
        _smaller(step, coaching, why, state=step.state)


def _to_come(one: OneWeek, today: date) -> Iterable[WeekStep]:
    return (step for step in one.planned if step.day >= today and step.pk not in one.done)


def _smaller(step: WeekStep, coaching: Coaching, why: str, *, state: str) -> None:
    ladder = coaching.knowledge.ladders.get(step.technique_id, ())
    place = max(step.rung - 1, 1)
    lower = ladder[place - 1].minutes if ladder and step.rung > 1 else max(step.minutes // 2, 1)
    told = {"minutes": min(lower, step.minutes), "rung": place if ladder else 0, "state": state, "why": why}
    WeekStep.objects.filter(pk=step.pk).update(**told)


def follow_the_plan(one: OneWeek, coaching: Coaching, *, today: date, at: datetime) -> bool:
    """Take out what is no longer in the plan, with the reason, and put what came in its place on the same days."""
    in_plan = set(coaching.recommendation.techniques)
    gone = sorted({step.technique_id for step in _to_come(one, today)} - in_plan)
    if gone:
        _take_out(one, coaching, gone, today=today, at=at)
    return bool(gone)


@transaction.atomic
def _take_out(one: OneWeek, coaching: Coaching, gone: list[str], *, today: date, at: datetime) -> None:
    here = {step.technique_id for step in one.steps if step.state != State.TAKEN_OUT}
    came = [slug for slug in coaching.recommendation.techniques if slug not in here and coaching.steps.of(slug)]
    for technique in gone:
        instead = came.pop(0) if came else ""
        steps = [step for step in _to_come(one, today) if step.technique_id == technique]
        _replace(one.week, steps, instead, coaching, at=at)


def _replace(week: Week, steps: list[WeekStep], instead: str, coaching: Coaching, *, at: datetime) -> None:
    technique = steps[0].technique_id
    why = _why_gone(technique, coaching)
    keys = [step.pk for step in steps]
    if not WeekStep.objects.filter(pk__in=keys, state=State.PLANNED).update(state=State.TAKEN_OUT, why=why):
        return
    new_step = coaching.steps.of(instead) if instead else None
    if new_step:
        WeekStep.objects.bulk_create(
            a_step(week, coaching, instead, step.day, minutes=new_step.minutes, at=step.at, place=step.place)
            for step in steps
        )
    what = What.SWAPPED if new_step else What.TAKEN_OUT
    WeekChange.objects.create(week=week, at=at, what=what, why=why, technique_id=technique, instead_id=instead or None)


def _why_gone(technique: str, coaching: Coaching) -> str:
    facts = coaching.options.by_slug.get(technique)
    if facts is None or not facts.startable:
        return Why.LIBRARY
    unsafe = {one.technique for one in coaching.recommendation.exclusions}
    return Why.SAFETY if technique in unsafe else Why.PLAN


def write(
    week: Week, at: datetime, what: str, why: str, *, step: WeekStep | None = None, instead: str = "", **told: object
) -> None:
    about = {"technique_id": step.technique_id, "day": step.day} if step else {}
    WeekChange.objects.create(week=week, at=at, what=what, why=why, instead_id=instead or None, **about, **told)
