"""Conditions: what a person lives with that changes what is safe, as far as the answers tell.

Present: ticked, implied by a tick, or derived from other answers. Undisclosed: counted as present
because the person would rather not say, or did not answer what the caution hangs on; never named back.
Self-harm is always undisclosed: a page that names it would store it.
"""

from dataclasses import dataclass

from coaching.core.intake.safety import SafetyReading
from coaching.core.intake.scores import Incomplete, Scores
from coaching.core.questions.chapters import HEALTH_GROUPS
from coaching.core.questions.items import Answers
from content.core.vocabulary import DERIVED_CONDITIONS, Condition

ASKED = frozenset(Condition) - DERIVED_CONDITIONS
STIFF_MORNING = "morning_stiffness"
"""The danger sign for a back that may be inflamed: told at the next visit, and it asks for care at once."""
IMPLIES = {Condition.ASTHMA: Condition.LUNG}
CHEST_CONDITIONS = frozenset({Condition.EFFORT_CHEST})
_QUESTION_OF = {Condition.PANIC: "panic", Condition.FLARE: "duration", Condition.LOW_MOOD: "phq_1"}


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """`present` holds everything that cautions act on; `undisclosed` is the part of it that is never named."""

    present: frozenset[Condition]
    undisclosed: frozenset[Condition]

    @property
    def told(self) -> frozenset[Condition]:
        return self.present - self.undisclosed


def read_conditions(answers: Answers, scores: Scores, safety: SafetyReading) -> Conditions:
    told = {*_ticked(answers), *_signs(safety), Condition.ANYONE}
    untold = _unticked(answers)
    for condition, answer in _derived(answers, scores).items():
        if answer is not False:
            (told if answer else untold).add(condition)
    if safety.needs_extra_care:
        untold.add(Condition.CRISIS)
    return Conditions(present=frozenset(told | untold), undisclosed=frozenset(untold - told))


def tells_of_chest(safety: SafetyReading, told: frozenset[Condition]) -> bool:
    """Whether chest pain was told anywhere in the answers: as a sign, or among the conditions `told`."""
    return safety.has_chest_sign or not CHEST_CONDITIONS.isdisjoint(told)


def ticked_conditions(answers: Answers) -> frozenset[Condition]:
    """The conditions that were told themselves, with those that they imply."""
    return frozenset(_ticked(answers))


def flare_is_fresh(answers: Answers) -> bool | None:
    """True for pain or a flare of under 6 weeks; None when that was not answered."""
    if answers.get("duration") != "comesgoes":
        return None if "duration" not in answers else answers["duration"] == "under6"
    return None if "flare_recent" not in answers else answers["flare_recent"] == "yes"


def asked_in(condition: Condition) -> str:
    """The question whose answer would tell of a condition; "" where none may be pointed to."""
    if condition in _QUESTION_OF:
        return _QUESTION_OF[condition]
    return next((group for group, among in HEALTH_GROUPS.items() if condition in among), "")


def _ticked(answers: Answers) -> set[Condition]:
    lists = [answers.get(name) or () for name in ("conditions", *HEALTH_GROUPS)]
    ticked = {Condition(tick) for ticks in lists for tick in ticks if tick not in ("none", "skip")}
    return ticked | {IMPLIES[condition] for condition in ticked if condition in IMPLIES}


def _unticked(answers: Answers) -> set[Condition]:
    """What was not told: of a group that was not answered, or that the person would rather not speak of."""
    whole = answers.get("conditions")
    if whole:
        return set(ASKED) if "skip" in whole else set()
    untold = [group for group in HEALTH_GROUPS if not answers.get(group) or "skip" in answers[group]]
    return {condition for group in untold for condition in HEALTH_GROUPS[group]}


def _signs(safety: SafetyReading) -> set[Condition]:
    conditions = {Condition.URGENT_SIGN} if safety.hides_physical else set()
    conditions |= {Condition.STIFF_MORNING} if STIFF_MORNING in safety.signs else set()
    return conditions | ({Condition.OPEN_SIGN} if safety.holds_physical else set())


def _derived(answers: Answers, scores: Scores) -> dict[Condition, bool | None]:
    """Each condition that other answers decide: True, False, or None when they were not given."""
    phq2 = scores.phq2
    return {
        Condition.PANIC: None if "panic" not in answers else answers["panic"] == "yes",
        Condition.FLARE: flare_is_fresh(answers),
        Condition.LOW_MOOD: None if isinstance(phq2, Incomplete) else bool(phq2.is_positive),
    }
