"""Safety: what must happen before, and whatever else, the answers say.

A NOW answer beats every other. Without a finished safety step there is no plan. TODAY hides everything
physical; SOON holds it back until a doctor has looked; VISIT only adds a word. The direct question on
self-harm is acted on here and stored nowhere. Pure reading: it takes raw answers as well as cleaned
ones, so that a hand-made post with one bad field cannot hide a danger sign beside it.

Source: evidence sections 3a and 3b.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from coaching.core.intake.signs import CHEST_SIGNS, LEAST_LEVEL, level_of, most_urgent, urgency
from coaching.core.questions.chapters import GROUPS
from coaching.core.questions.items import Answers
from content.core.vocabulary import Level

ASK_AGAIN_AFTER = timedelta(days=14)
ASK_AGAIN_PAIN_RISE = 2
SAFETY_LISTS = ("safety_now", "safety_soon")
"""The whole lists of signs, as cohort files, the simulator and older answers hold them; a person answers `GROUPS`."""
SIGN_LISTS = (*SAFETY_LISTS, *GROUPS)


@dataclass(frozen=True, kw_only=True)
class SafetyReading:
    """`signs` are the ticked ids, most urgent first. `complete`: every group of signs was answered.

    `crisis` is a plain yes. `needs_extra_care` is also true for "prefer not to say" and for the mark
    that either of them leaves in stored answers.
    """

    level: Level | None = None
    signs: tuple[str, ...] = ()
    complete: bool = False
    crisis: bool = False
    self_harm_undisclosed: bool = False
    needs_extra_care: bool = False
    is_under_age: bool = False

    @property
    def is_emergency(self) -> bool:
        return self.level is Level.NOW

    @property
    def blocks_plan(self) -> bool:
        return self.is_emergency or not self.complete or self.is_under_age

    @property
    def hides_physical(self) -> bool:
        """No movement, heat, cold or passive care may be suggested."""
        return self.level in (Level.NOW, Level.TODAY)

    @property
    def holds_physical(self) -> bool:
        """No new physical technique until a doctor has looked."""
        return self.level in (Level.NOW, Level.TODAY, Level.SOON)

    @property
    def has_chest_sign(self) -> bool:
        return not CHEST_SIGNS.isdisjoint(self.signs)


def read_safety(answers: Answers, levels: Mapping[str, Level] = LEAST_LEVEL) -> SafetyReading:
    """`levels` are those of the library's danger signs, by id."""
    level_by_sign = {sign: level_of(sign, name, levels) for name in SIGN_LISTS for sign in _ticked(answers.get(name))}
    self_harm = answers.get("self_harm")
    return SafetyReading(
        level=most_urgent(*level_by_sign.values()) if level_by_sign else None,
        signs=tuple(sorted(level_by_sign, key=lambda sign: (urgency(level_by_sign[sign]), sign))),
        complete=_answers_all(SAFETY_LISTS, answers) or _answers_all(GROUPS, answers),
        crisis=self_harm == "yes",
        self_harm_undisclosed=self_harm == "skip",
        needs_extra_care=self_harm in ("yes", "skip") or answers.get("extra_care") is True,
        is_under_age=answers.get("adult") == "no",
    )


def due_again(last: datetime | None, at: datetime, pain_rise: float | None = None) -> bool:
    """Whether to ask for danger signs again: never asked, two weeks gone, or pain up by 2 of 10 or more."""
    if last is None or at - last >= ASK_AGAIN_AFTER:
        return True
    return pain_rise is not None and pain_rise >= ASK_AGAIN_PAIN_RISE


def _answers_all(lists: Iterable[str], answers: Answers) -> bool:
    return all(_listed(answers.get(name)) for name in lists)


def _listed(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(tick for tick in value if tick and isinstance(tick, str)) if isinstance(value, list | tuple) else ()


def _ticked(value: object) -> tuple[str, ...]:
    return tuple(tick for tick in _listed(value) if tick != "none")
