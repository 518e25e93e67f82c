"""What somebody is told before they begin: one answer, whichever door they came by.

A technique or a guide, with all its cautions, meets what is known of a person. A condition can be

    told        its cautions act, and are named
    undisclosed they would rather not say, or an answer is missing: its cautions act, and are never named
    unasked     nobody has asked them yet: its cautions close nothing, and all of them are told by name

so that somebody of whom nothing is known (from the home page, a tip, a letter, a copy without a network) is told
all that can speak against it. Pauses in a breath are for those alone of whom it is known that no caution forbids
them. Nothing starts while a sign needs care now, and a closed door says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from coaching.core.intake.needs import Snapshot
from coaching.core.recommend.options import TechniqueFacts
from coaching.core.recommend.permit import CHECK_FIRST, LEFT_OUT_WITH_CARE, UNKNOWN_IF_SAFE, may_start, permit
from coaching.core.recommend.suggestion import Care
from content.core.cautions import CautionRow, care_with, closing_first, not_with
from content.core.vocabulary import Condition, Limit

ADULTS_ONLY = "This is made for people of 18 and over."
NOT_GUIDED = "There is no guided practice for this."
NOBODY = Snapshot(unasked=frozenset(Condition) - {Condition.ANYONE})
"""Somebody of whom nothing is known."""


@dataclass(frozen=True, kw_only=True)
class StartRule:
    """Whether somebody may start here and now, why not, and what to mind.

    `because` names what in their answers shut it; it is empty where that was not disclosed. `is_left_out`: a caution or
    a sign shut it; what is only read is never to be started, and may be left out all the same.
    `untold` are the cautions on what nobody asked them about, each with its condition; `not_with` and `care_with`
    name those conditions.
    """

    may_start: bool = True
    reasons: tuple[str, ...] = ()
    because: str = ""
    is_left_out: bool = False
    warnings: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    care_with: tuple[str, ...] = ()
    limits: frozenset[str] = frozenset()

    @property
    def asks_for_care(self) -> bool:
        return bool(self.warnings or self.untold)


IN_DANGER = StartRule(may_start=False, reasons=(CHECK_FIRST,), because=Condition.URGENT_SIGN.label)
NOT_THERE = StartRule(
    may_start=False, reasons=("We cannot check right now what is safe for you here. Please come back later.",)
)
"""Without the technique in the library there are no cautions to read, so nothing may start."""


def start_rule(technique: TechniqueFacts, snapshot: Snapshot, cautions: Iterable[CautionRow]) -> StartRule:
    rows = tuple(cautions)
    granted = permit(technique, snapshot, rows)
    unasked = [row for row in closing_first(rows) if row.condition in snapshot.unasked]
    limits = {limit for row in granted.warnings for limit in row.limits}
    limits |= {Limit.NO_HOLDS for row in unasked if Limit.NO_HOLDS in row.limits}
    return StartRule(
        may_start=may_start(technique, snapshot, rows),
        reasons=_reasons(technique, snapshot, granted.closed_by),
        because=_because(snapshot, granted.closed_by),
        is_left_out=granted.closed_by is not None,
        warnings=tuple(care.words for care in cares(granted.warnings, snapshot)),
        untold=tuple(dict.fromkeys(row.named for row in unasked)),
        not_with=not_with(unasked),
        care_with=care_with(unasked),
        limits=frozenset(limit.value for limit in limits),
    )


def cares(granted: tuple[CautionRow, ...], snapshot: Snapshot) -> tuple[Care, ...]:
    """Cautions as a person reads them. The same words of several conditions are said once."""
    by_words: dict[str, Care] = {}
    for row in granted:
        named = None if row.condition in snapshot.undisclosed else row.condition
        known = by_words.get(row.words)
        limits = row.limits | (known.limits if known else frozenset())
        condition = known.condition if known and known.condition else named
        by_words[row.words] = Care(words=row.words, limits=limits, condition=condition, source=row.source)
    return tuple(by_words.values())


def _reasons(technique: TechniqueFacts, snapshot: Snapshot, closed_by: CautionRow | None) -> tuple[str, ...]:
    if snapshot.safety.is_emergency:
        return IN_DANGER.reasons
    if snapshot.safety.is_under_age:
        return (ADULTS_ONLY,)
    if closed_by is None:
        return () if technique.startable else (NOT_GUIDED,)
    if closed_by.condition in snapshot.undisclosed:
        return (UNKNOWN_IF_SAFE, LEFT_OUT_WITH_CARE)
    return (closed_by.words,)


def _because(snapshot: Snapshot, closed_by: CautionRow | None) -> str:
    if snapshot.safety.is_emergency:
        return IN_DANGER.because
    if closed_by is None or closed_by.condition in {*snapshot.undisclosed, Condition.ANYONE}:
        return ""
    return closed_by.name
