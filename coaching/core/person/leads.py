"""What leads to one technique rather than to another that serves the same need, and by how much.

A lead is a strength from 0 to 1 that a person's own answers give to one technique. The strongest one
counts; they are never added up, so that a little of everything cannot outweigh one clear answer. Which
answers lead where follows the reasons the sources give for a technique (a ladder of feared moves for
fear, a plan by time for overdoing, a set time for worries that will not stop); the weights are ours,
with no evidence behind the exact numbers.

    fear 9 of 10      -> the need is 0.9 strong         -> small steps to a feared move   0.9 x 1.0 = 0.9
    no active day     -> inactivity is 0.5 strong       -> walking                        0.5 x 1.0 = 0.5
    "too much on a good day" turns it up                -> pacing                         0.9

`Bent` joins them with what was tried and what one would rather do: see `choose` for how much each counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from coaching.core.person.told import Rather, Told, Trigger, Went
from content.core.vocabulary import Need

OF_NEED: Mapping[str, Mapping[Need, float]] = {
    "exposure": {Need.FEAR_AVOID: 1.0},
    "yoga": {Need.TENSION: 0.7},
    "pmr": {Need.TENSION: 0.8, Need.SLEEP: 0.6},
    "breathing": {Need.PANIC: 0.7, Need.AROUSAL: 0.4},
    "imagery": {Need.ACUTE: 0.6, Need.PERSISTENT: 0.5},
    "mindfulness": {Need.PERSISTENT: 0.6, Need.TENSION: 0.4},
    "cbt_thought": {Need.FEAR_AVOID: 0.6, Need.PANIC: 0.4},
    "cbt_worry": {Need.SLEEP: 0.8, Need.AROUSAL: 0.5},
    "sleep": {Need.SLEEP: 0.8},
}
OF_TRIGGER: Mapping[Trigger, Mapping[str, float]] = {
    Trigger.SITTING: {"yoga": 0.7, "walking": 0.6},
    Trigger.BENDING: {"exposure": 0.6, "heat": 0.4},
    Trigger.BAD_NIGHT: {"sleep": 0.8, "imagery": 0.5},
    Trigger.OVERDOING: {"pacing": 0.9},
    Trigger.STRESS: {"mindfulness": 0.7, "breathing": 0.6, "pmr": 0.5},
    Trigger.ALONE: {"imagery": 0.7, "cbt_worry": 0.5},
    Trigger.MEANING: {"cbt_thought": 0.9},
    Trigger.NOWHERE: {"mindfulness": 0.6, "pacing": 0.4},
}
OF_RATHER: Mapping[Rather, frozenset[str]] = {
    Rather.QUIET: frozenset({"breathing", "mindfulness", "heat", "cold"}),
    Rather.MOVE: frozenset({"walking", "yoga", "exposure", "pacing"}),
    Rather.WRITE: frozenset({"cbt_thought", "cbt_worry", "sleep"}),
    Rather.LISTEN: frozenset({"imagery", "pmr", "mindfulness"}),
    Rather.SHOWN: frozenset({"yoga", "pmr", "pacing", "exposure"}),
}

NO_LEAD = (0.0, "")
WORDS_OF_TRIGGER: Mapping[Trigger, str] = {
    Trigger.SITTING: "Sitting for long turns it up.",
    Trigger.BENDING: "Bending or lifting turns it up.",
    Trigger.BAD_NIGHT: "A bad night turns it up.",
    Trigger.OVERDOING: "Doing too much on a good day turns it up.",
    Trigger.STRESS: "Stress or conflict turns it up.",
    Trigger.ALONE: "Being alone with it turns it up.",
    Trigger.MEANING: "Worry about what it means turns it up.",
    Trigger.NOWHERE: "It comes from nowhere, you told us.",
}


@dataclass(frozen=True, kw_only=True)
class Bent:
    """How far one person's answers lean to one technique. `words` tell the answer that leads, or are empty."""

    lead: float = 0.0
    words: str = ""
    is_rather: bool = False
    went: Went | None = None


UNBENT = Bent()


def bents(needs: Mapping[Need, float], habits: Mapping[str, tuple[float, str]], told: Told) -> Mapping[str, Bent]:
    """By technique; one that nothing leads to is not among them. `habits` lead to one: how strong, and in words."""
    slugs = {*OF_NEED, *told.tried, *habits}
    for trigger in told.triggers:
        slugs |= OF_TRIGGER[trigger].keys()
    for rather in told.rather:
        slugs |= OF_RATHER[rather]
    by_slug = {slug: _bent(slug, needs, habits, told) for slug in sorted(slugs)}
    return {slug: bent for slug, bent in by_slug.items() if bent != UNBENT}


def _bent(slug: str, needs: Mapping[Need, float], habits: Mapping[str, tuple[float, str]], told: Told) -> Bent:
    leads = [(needs.get(need, 0.0) * weight, "") for need, weight in OF_NEED.get(slug, {}).items()]
    leads += [
        (OF_TRIGGER[trigger][slug], WORDS_OF_TRIGGER[trigger])
        for trigger in told.triggers
        if slug in OF_TRIGGER[trigger]
    ]
    leads.append(habits.get(slug, NO_LEAD))
    lead, words = max(leads)
    return Bent(
        lead=round(lead, 4),
        words=words if lead else "",
        is_rather=any(slug in OF_RATHER[rather] for rather in told.rather),
        went=told.tried.get(slug),
    )
