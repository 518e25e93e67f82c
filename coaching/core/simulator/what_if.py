"""What a change of the rules would do, before anybody makes it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from coaching.core.intake.needs import take_snapshot
from coaching.core.recommend.options import EvidenceRow, Options
from coaching.core.recommend.recommender import recommend
from coaching.core.simulator.standard_cases import Case
from content.core.cautions import CautionRow
from content.core.vocabulary import Action, Condition, Grade, Need


@dataclass(frozen=True, kw_only=True)
class EvidenceChange:
    """Another grade for one (technique, need); a row that does not exist yet is made."""

    technique: str
    need: Need
    grade: Grade


@dataclass(frozen=True, kw_only=True)
class CautionChange:
    """Another action for one (technique, condition); None takes the caution away."""

    technique: str
    condition: Condition
    action: Action | None
    words: str = "A caution that is being tried out."


@dataclass(frozen=True, kw_only=True)
class CaseChange:
    """A standard case whose picks differ."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def with_changes(options: Options, changes: Iterable[EvidenceChange | CautionChange]) -> Options:
    for change in changes:
        if isinstance(change, EvidenceChange):
            options = _with_evidence(options, change)
        else:
            options = _with_caution(options, change)
    return options


def changed_cases(cases: Iterable[Case], before: Options, after: Options) -> tuple[CaseChange, ...]:
    """The cases that get other picks, or the same in another order."""
    changes = []
    for case in cases:
        snapshot = take_snapshot(case.answers)
        old, new = recommend(snapshot, before).techniques, recommend(snapshot, after).techniques
        if old != new:
            changes.append(CaseChange(name=case.name, before=old, after=new))
    return tuple(changes)


def _with_evidence(options: Options, change: EvidenceChange) -> Options:
    new = EvidenceRow(need=change.need, technique=change.technique, grade=change.grade)
    rows = []
    for row in options.evidence:
        if (row.technique, row.need) == (change.technique, change.need):
            new = replace(row, grade=change.grade)
        else:
            rows.append(row)
    return replace(options, evidence=(*rows, new))


def _with_caution(options: Options, change: CautionChange) -> Options:
    pair = (change.technique, change.condition)
    old = next((row for row in options.cautions if (row.technique, row.condition) == pair), None)
    rows = [row for row in options.cautions if row is not old]
    if change.action is not None:
        new = old or CautionRow(
            technique=change.technique, condition=change.condition, action=change.action, words=change.words
        )
        rows.append(replace(new, action=change.action))
    return replace(options, cautions=tuple(rows))
