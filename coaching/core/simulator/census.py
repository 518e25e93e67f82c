"""A census of plans: many made-up people through the recommender, and what the plans have in common.

It shows whether the plan answers the person: how many different plans there are, whether one technique is in
nearly all of them, and whether the first pick serves what is strongest. Two kinds of people:

    uniform   every question answered, each answer as likely as any other, no condition and no danger sign
    cohort    as `cohort_kinds.make_answers` makes them: pain that has stayed is common, conditions too

Nobody is a real person, and no answer is as common as it is in life: the figures are for comparing rules.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coaching.core.intake.needs import take_snapshot
from coaching.core.intake.questionnaires import USED
from coaching.core.person.told import CAN_BE_TRIED, MOST_TRIGGERS, Place, Rather, Trigger, Went
from coaching.core.recommend.options import Options
from coaching.core.recommend.recommender import recommend
from coaching.core.simulator.cohorts import Dice
from content.core.vocabulary import Need

MINUTES = (5, 10, 20, 30, 45)
TENTHS = ("peg_1", "peg_2", "peg_3", "tension", "stuck_thoughts", "avoid", "sleep")
OFTEN = (*(f"gad_{number}" for number in range(1, 8)), "phq_1", "phq_2")
DURATIONS = ("under6", "6to12", "over12", "comesgoes")
MOST_TRIED = 3


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One person's: what was picked, in order; and whether the first serves the strongest need, None where nothing
    that is open to them does better than "not enough evidence"."""

    picks: tuple[str, ...]
    able: int
    is_strongest_first: bool | None


@dataclass(frozen=True, kw_only=True)
class Census:
    """Shares are of all people. `never` are the techniques with a practice that nobody was offered."""

    minutes: int
    people: int
    sets: int
    orders: int
    in_plan: Mapping[str, float]
    first: Mapping[str, float]
    never: tuple[str, ...]
    strongest_first: float | None
    picks: Mapping[int, int]
    short: int
    """People with three techniques open to them and fewer picks than three."""

    @property
    def most(self) -> float:
        return max(self.in_plan.values(), default=0.0)


def take_census(plans: list[Plan], minutes: int, options: Options) -> Census:
    in_plan = Counter(slug for plan in plans for slug in plan.picks)
    first = Counter(plan.picks[0] for plan in plans if plan.picks)
    told = [plan.is_strongest_first for plan in plans if plan.is_strongest_first is not None]
    startable = [one.slug for one in options.techniques if one.startable and one.slot]
    return Census(
        minutes=minutes,
        people=len(plans),
        sets=len({frozenset(plan.picks) for plan in plans}),
        orders=len({plan.picks for plan in plans}),
        in_plan=_shares(in_plan, len(plans)),
        first=_shares(first, len(plans)),
        never=tuple(slug for slug in startable if slug not in in_plan),
        strongest_first=sum(told) / len(told) if told else None,
        picks=dict(sorted(Counter(len(plan.picks) for plan in plans).items())),
        short=sum(plan.able >= 3 > len(plan.picks) for plan in plans),
    )


def plan_of(answers: Mapping[str, Any], options: Options) -> Plan:
    snapshot = take_snapshot(answers)
    plan = recommend(snapshot, options)
    strongest = snapshot.strongest
    lasts = Need.PERSISTENT in snapshot.needs
    # When pain persists nothing passive may lead, so it is not counted among what could.
    leaders = [one for one in plan.weighed if not (lasts and one.technique.family.is_passive)]
    able = {one.slug for one in leaders if strongest in one.served}
    is_first = None if not able else bool(plan.techniques) and plan.techniques[0] in able
    return Plan(
        picks=plan.techniques,
        able=sum(one.may_be_picked for one in plan.weighed),
        is_strongest_first=is_first,
    )


def uniform_answers(dice: Dice, *, with_own: bool = True) -> dict[str, Any]:
    """`with_own`: the four optional questions of our own are answered too."""
    told = {
        "adult": "yes",
        "safety_now": ["none"],
        "safety_soon": ["none"],
        "self_harm": "no",
        "conditions": ["none"],
        "duration": dice.choice(DURATIONS),
        "flare_recent": dice.choice(("yes", "no")),
        "panic": dice.choice(("yes", "no")),
        "active_days": dice.choice(range(8)),
        "using_now": [dice.choice((*USED, "nothing"))],
        **{item: dice.choice(range(11)) for item in TENTHS},
        **{item: dice.choice(range(4)) for item in OFTEN},
    }
    if told["duration"] != "comesgoes":
        del told["flare_recent"]
    if told["gad_1"] + told["gad_2"] < 2:
        told = {item: value for item, value in told.items() if item not in OFTEN[2:7]}
    return told | _own(dice) if with_own else told


def _own(dice: Dice) -> dict[str, Any]:
    tried = _some(dice, tuple(CAN_BE_TRIED), dice.choice(range(MOST_TRIED + 1)))
    return {
        "place": [dice.choice(tuple(Place)).value],
        "triggers": [one.value for one in _some(dice, tuple(Trigger), dice.choice(range(1, MOST_TRIGGERS + 1)))],
        "rather": [dice.choice(tuple(Rather)).value],
        "tried": [f"{slug}:{dice.choice(tuple(Went))}" for slug in tried],
    }


def _some(dice: Dice, among: tuple[Any, ...], count: int) -> list[Any]:
    rest, drawn = list(among), []
    for _ in range(count):
        drawn.append(dice.choice(rest))
        rest.remove(drawn[-1])
    return drawn


def _shares(counted: Counter[str], people: int) -> dict[str, float]:
    return {slug: count / people for slug, count in counted.most_common()}
