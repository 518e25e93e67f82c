"""The balance check: what a person uses now, how much of it they do themselves, and what to ask next.

Active is what a person does; passive is what is done to them or taken (the split of evidence section 2b).
Warmth and cold are comforts: fine, and neither. Nothing here says to stop a treatment.
Sources: NG59 (hands-on care only beside exercise), WHO23, Rubin19, and the caution on opioids and muscle
relaxants ("do not stop suddenly").
"""

from collections.abc import Sequence
from dataclasses import dataclass

from coaching.core.intake.needs import ACTIVE_CARE, PASSIVE_CARE
from coaching.core.intake.questionnaires import USED
from content.core.vocabulary import Term

COMFORTS = ("heat", "cold")


class Mix(Term):
    """How the care that a person uses is made up."""

    UNKNOWN = "unknown", "You did not tell us what you use."
    NONE = "none", "You use nothing for your back now. There is room to begin small."
    COMFORT = "comfort", "You use warmth or cold. They can feel good. What lasts more is what you do yourself."
    PASSIVE = "passive", "All that you use is done to you or taken. It may help for a while. Add one thing you do."
    MIXED = "mixed", "You use things done to you and things you do. That is a mix that can work."
    ACTIVE = "active", "All that you use is something you do. That is a strong base."


class Helper(Term):
    """Whom the questions are for."""

    DOCTOR = "doctor", "Your doctor or pharmacist"
    PHYSIO = "physio", "Your physiotherapist"
    CHIROPRACTOR = "chiropractor", "Your chiropractor or massage therapist"


@dataclass(frozen=True, kw_only=True)
class Questions:
    helper: Helper
    questions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Balance:
    """`active`, `passive` and `comforts` hold what is used, in words, in the order of the list."""

    mix: Mix
    active: tuple[str, ...] = ()
    passive: tuple[str, ...] = ()
    comforts: tuple[str, ...] = ()
    questions: tuple[Questions, ...] = ()

    @property
    def words(self) -> str:
        return self.mix.label


FOR_ANY_DOCTOR = (
    "What can I do myself between visits?",
    "Is there any reason why I should not move more?",
    "Which signs should make me call you?",
)
FOR_MEDICINE = (
    "How much does this medicine help most people with back pain like mine?",
    "What is the lowest dose, for the shortest time, that makes sense for me?",
    "What harms should I watch for? If I want less of it, how do I cut down safely?",
)
FOR_PHYSIO = (
    "Which moves should I begin with, and how do I build up week by week?",
    "What should I do on a bad day?",
    "Can we agree on a goal that matters to me, and a day to look at it again?",
)
FOR_HANDS_ON = (
    "What can I do myself between visits?",
    "How many visits until we know if it helps? What if it does not?",
    "Can we put exercise beside the hands-on care?",
    "Is it safe with my health and my medicines?",
)


def check_balance(using_now: Sequence[str] | None) -> Balance:
    """`using_now` as the intake stores it; None when it was skipped."""
    used = frozenset(using_now or ())
    active, passive, comforts = (_named(kind, used) for kind in (ACTIVE_CARE, PASSIVE_CARE, COMFORTS))
    return Balance(
        mix=_mix(used, active, passive, comforts),
        active=active,
        passive=passive,
        comforts=comforts,
        questions=_questions(used),
    )


def _named(kind: Sequence[str], used: frozenset[str]) -> tuple[str, ...]:
    return tuple(USED[care] for care in kind if care in used)


def _mix(used: frozenset[str], active: Sequence[str], passive: Sequence[str], comforts: Sequence[str]) -> Mix:
    if not used:
        return Mix.UNKNOWN
    if active:
        return Mix.MIXED if passive else Mix.ACTIVE
    if passive:
        return Mix.PASSIVE
    return Mix.COMFORT if comforts else Mix.NONE


def _questions(used: frozenset[str]) -> tuple[Questions, ...]:
    """A doctor and a physiotherapist can be asked by anyone; hands-on care only where it is used."""
    for_doctor = FOR_ANY_DOCTOR + (FOR_MEDICINE if "medicine" in used else ())
    asked = [
        Questions(helper=Helper.DOCTOR, questions=for_doctor),
        Questions(helper=Helper.PHYSIO, questions=FOR_PHYSIO),
    ]
    if not used.isdisjoint({"chiropractor", "massage"}):
        asked.append(Questions(helper=Helper.CHIROPRACTOR, questions=FOR_HANDS_ON))
    return tuple(asked)
