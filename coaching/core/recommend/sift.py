"""Parting the library for one person: what may be picked, what is only read, what is left out and why."""

from dataclasses import dataclass

from coaching.core.intake.conditions import asked_in
from coaching.core.intake.needs import Snapshot
from coaching.core.person.told import Went
from coaching.core.recommend.care import cares
from coaching.core.recommend.options import EvidenceRow, History, Options, TechniqueFacts
from coaching.core.recommend.permit import Permit, permit
from coaching.core.recommend.suggestion import Exclusion, Left, PageToRead
from coaching.core.recommend.weigh import POINTS, Weighed, is_advised_against, matching_rows, weigh
from content.core.cautions import CautionRow
from content.core.vocabulary import Condition, Grade

MADE_WORSE = "You told us that it made things worse. Ask for it, and it comes back."
SIGNS = (Condition.URGENT_SIGN, Condition.OPEN_SIGN)


@dataclass(frozen=True, kw_only=True)
class Sifted:
    """`candidates` are in order: the most expected benefit first."""

    candidates: tuple[Weighed, ...] = ()
    to_read: tuple[PageToRead, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()


def sift(snapshot: Snapshot, options: Options, history: History) -> Sifted:
    candidates: list[Weighed] = []
    to_read: list[tuple[float, PageToRead]] = []
    exclusions: list[Exclusion] = []
    cautions_of = options.cautions_of
    for technique in options.techniques:
        rows = matching_rows(technique.slug, snapshot, options)
        granted = permit(technique, snapshot, cautions_of.get(technique.slug, ()))
        left_out = _exclusion(technique, rows, granted, snapshot) or _made_worse(technique, rows, snapshot, options)
        if left_out:
            exclusions.append(left_out)
        if technique.is_reading and rows and _may_be_read(granted):
            to_read.append((_weight(rows, snapshot), _page_to_read(technique, rows, granted, snapshot)))
        elif technique.slot and technique.startable and not left_out:
            candidates.append(weigh(technique, rows, granted, snapshot, history))
    return Sifted(
        candidates=tuple(sorted(candidates, key=lambda one: one.order)),
        to_read=tuple(page for _, page in sorted(to_read, key=lambda one: (-one[0], one[1].technique))),
        exclusions=tuple(exclusions),
    )


def _exclusion(
    technique: TechniqueFacts, rows: tuple[EvidenceRow, ...], granted: Permit, snapshot: Snapshot
) -> Exclusion | None:
    if granted.closed_by:
        return _left_out(technique, rows, granted.closed_by, snapshot)
    against = is_advised_against(rows)
    if against or (rows and not technique.slot and not technique.is_reading):
        row = against or rows[0]
        words = (
            f"Not advised for {row.need.label}." if against else f"No good reason to advise it for {row.need.label}."
        )
        return Exclusion(
            technique=technique.slug,
            name=technique.name,
            kind=Left.NOT_ADVISED,
            words=f"{words} {row.note}".strip(),
            source=", ".join(row.sources),
        )
    return None


def _made_worse(
    technique: TechniqueFacts, rows: tuple[EvidenceRow, ...], snapshot: Snapshot, options: Options
) -> Exclusion | None:
    """What made this person worse before is left out until they ask for it."""
    if snapshot.told.tried.get(technique.slug) is not Went.WORSE or technique.slug in options.pinned:
        return None
    return Exclusion(
        technique=technique.slug,
        name=technique.name,
        kind=Left.MADE_WORSE,
        words=MADE_WORSE,
        is_relevant=bool(rows),
        is_reading=technique.is_reading,
    )


def _left_out(
    technique: TechniqueFacts, rows: tuple[EvidenceRow, ...], caution: CautionRow, snapshot: Snapshot
) -> Exclusion:
    hidden = caution.condition in snapshot.undisclosed
    return Exclusion(
        technique=technique.slug,
        name=technique.name,
        kind=Left.SIGN if caution.condition in SIGNS else Left.CAUTION,
        words=caution.words,
        condition=None if hidden else caution.condition,
        is_hidden=hidden,
        asked_in=asked_in(caution.condition) if hidden else "",
        is_relevant=bool(rows),
        is_reading=technique.is_reading,
        source=caution.source,
    )


def _may_be_read(granted: Permit) -> bool:
    """Facts pages are open to everyone, but with an open danger sign none is put forward."""
    return granted.closed_by is None or granted.closed_by.condition not in SIGNS


def _weight(rows: tuple[EvidenceRow, ...], snapshot: Snapshot) -> float:
    return sum(POINTS[row.grade] * snapshot.needs[row.need] for row in rows)


def _page_to_read(
    technique: TechniqueFacts, rows: tuple[EvidenceRow, ...], granted: Permit, snapshot: Snapshot
) -> PageToRead:
    closing = (granted.closed_by,) if granted.closed_by else ()
    return PageToRead(
        technique=technique.slug,
        name=technique.name,
        needs=tuple(row.need for row in rows if row.grade is not Grade.X),
        dose=rows[0].dose,
        note=rows[0].note,
        grade=rows[0].grade,
        sources=rows[0].sources,
        cautions=cares(closing + granted.warnings, snapshot),
        not_for_you=bool(closing),
    )
