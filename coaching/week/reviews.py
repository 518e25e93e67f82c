"""The weekly review: what was done and what got in the way, one proposal with its reason, and what the person decides.

The proposal is kept as it was made, so that a rule that staff edit meanwhile changes nothing of what was read. A review
answered twice, or in two tabs, is answered once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from coaching.core.practice.rung import WORSE_BY, Since
from coaching.core.week.facts import Facts, OneInAWeek, Told, facts_of
from coaching.core.week.rules import Proposal, propose
from coaching.models import Person, Week, WeekChange, WeekReview
from coaching.plan import plans
from coaching.plan.plans import Coaching
from coaching.plan.review import Swap, review_of
from coaching.plan.rungs import Steps
from coaching.week import flares
from coaching.week.rule_rows import rules
from coaching.week.weeks import OneWeek, hold
from content.core.week_facts import Fact, Move


@dataclass(frozen=True, kw_only=True)
class Answer:
    in_the_way: frozenset[Fact]
    confidence: int | None


@dataclass(frozen=True, kw_only=True)
class Looking:
    """All that a review is held with."""

    one: OneWeek
    coaching: Coaching
    zone: ZoneInfo
    at: datetime
    hides_pain: bool = False


@transaction.atomic
def hold_review(look: Looking, answer: Answer) -> WeekReview:
    Week.objects.select_for_update().get(pk=look.one.week.pk)
    known = WeekReview.objects.filter(week=look.one.week).first()
    if known:
        return known
    swaps = {one.technique: one for one in swaps_of(look)}
    proposal = proposal_of(look, answer, swaps)
    swap = swaps.get(proposal.technique) if proposal.move is Move.SWAP else None
    return WeekReview.objects.create(
        week=look.one.week,
        at=look.at,
        done=look.one.count_done,
        planned=len(look.one.planned),
        in_the_way=sorted(fact.value for fact in answer.in_the_way),
        confidence=answer.confidence,
        move=proposal.move.value,
        technique_id=proposal.technique or None,
        instead_id=swap.instead if swap else None,
        rule=proposal.rule,
        words=proposal.words,
    )


def swaps_of(look: Looking) -> tuple[Swap, ...]:
    """What the look at the plan has to put in the place of something; it is held here, once."""
    return review_of(look.coaching, look.at, is_asked=True, hides_pain=look.hides_pain).swaps


def proposal_of(look: Looking, answer: Answer, swaps: Mapping[str, Swap]) -> Proposal:
    has_flare = flares.is_running(look.coaching.plan)
    told = Told(in_the_way=answer.in_the_way, confidence=answer.confidence, has_flare=has_flare)
    practices = [
        (technique, _facts(look, technique, told, may_swap=technique in swaps))
        for technique in look.coaching.recommendation.techniques
        if look.coaching.steps.of(technique)
    ]
    return propose(rules(look.at), practices)


def _facts(look: Looking, technique: str, told: Told, *, may_swap: bool) -> Facts:
    coaching, span = look.coaching, look.one.span
    goes = [go for go in coaching.steps.goes.at(technique) if span.holds(go.at.astimezone(look.zone).date())]
    mine = [step for step in look.one.steps if step.technique_id == technique and step.state == "planned"]
    by_hand = sum(step.done_at is not None for step in mine)
    step = coaching.steps.of(technique)
    return facts_of(
        OneInAWeek(
            technique=technique,
            goes=max(len(goes), by_hand),
            planned=len(mine),
            worse=sum(go.rise >= WORSE_BY for go in goes),
            enough=step.standing.rung.enough if step else 0,
            place=step.standing.place if step else 0,
            above=above(coaching.steps, technique),
            may_swap=may_swap,
            is_flare_over=flares.is_over_for(coaching.plan, technique),
            is_eased=flares.is_eased(coaching.plan, technique),
        ),
        told,
    )


def above(steps: Steps, technique: str) -> int:
    """How many rungs over its own fit the person: their minutes and what their health answers ask for hold."""
    step = steps.of(technique)
    if step is None:
        return 0
    places = range(step.standing.place + 1, step.standing.of + 1)
    return sum(steps.fits(technique, place) for place in places)


def choices_of(look: Looking) -> tuple[tuple[Move, str], ...]:
    """What the person may decide instead, where it is there: any of the plan one step down, or up."""
    steps = look.coaching.steps
    choices = []
    for technique in look.coaching.recommendation.techniques:
        step = steps.of(technique)
        if step and step.standing.place > 1:
            choices.append((Move.DOWN, technique))
        if step and above(steps, technique) and not flares.is_running(look.coaching.plan):
            choices.append((Move.UP, technique))
    return tuple(choices)


@transaction.atomic
def decide(review: WeekReview, look: Looking, move: Move, technique: str) -> bool:
    """What the person chose: what was proposed, something else that is there, or all as it is."""
    if move is not Move.KEEP and not _is_there(review, look, move, technique):
        return False
    undecided = WeekReview.objects.filter(pk=review.pk, decided="")
    if not undecided.update(decided=move.value, decided_at=look.at):
        return False
    if move in (Move.UP, Move.DOWN):
        _step(look, technique, move, review)
    elif move is Move.SWAP:
        plans.take_turns(look.coaching.plan, technique, review.instead_id or "", look.at)
    plans.look_over(look.coaching.plan, look.at)
    return True


def _is_there(review: WeekReview, look: Looking, move: Move, technique: str) -> bool:
    if move is Move.SWAP:
        return review.move == Move.SWAP and review.technique_id == technique and bool(review.instead_id)
    return (move, technique) in choices_of(look)


def _step(look: Looking, technique: str, move: Move, review: WeekReview) -> None:
    step = look.coaching.steps.of(technique)
    if step is None:
        return
    by, why = (1, Since.CHOSEN_UP) if move is Move.UP else (-1, Since.CHOSEN_DOWN)
    known = look.coaching.plan.held.get(technique, {})
    place = step.standing.place + by
    held = {"place": place, "why": why.value, "at": look.at.isoformat(), "is_new": True}
    if known.get("before", 0) > place and move is Move.UP:
        held |= {name: known[name] for name in ("before", "was") if name in known}
    hold(look.coaching.plan, {technique: held})
    is_proposed = (review.move, review.technique_id) == (move.value, technique)
    WeekChange.objects.create(
        week=look.one.week,
        at=look.at,
        what=move.value,
        why=WeekChange.Why.REVIEW if is_proposed else WeekChange.Why.ASKED,
        technique_id=technique,
        words=review.words if is_proposed else "",
    )


def newest_review(person: Person) -> WeekReview | None:
    """The last that was decided, for the words of the week that follows."""
    decided = WeekReview.objects.filter(week__person=person).exclude(decided="")
    return decided.select_related("technique", "instead", "week").order_by("-at").first()
