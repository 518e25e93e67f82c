"""How much a technique is expected to help this person, in points of 0 to 10.

    expected = SCALE x sum over the person's needs of (points of the grade x level of the need)

POINTS are those of evidence section 5. They are a starting choice with no evidence behind the exact
numbers; so is SCALE, which only brings the sum near what one go has been seen to do (one use of a coping
tool cut distress by 1.38 of 10 in PTSD Coach). Example: tension 0.8 and persistent pain 0.8, yoga:
0.2 x (B 3 x 0.8 + B+ 3.25 x 0.8) = 1.0 of 10.

The person's own estimate, where there is one, takes the place of that sum: `personalise` has already
pulled it towards the sum by as much as the ratings are few. A caution that says "rank low" then halves.
"""

from collections.abc import Mapping
from typing import NamedTuple

from coaching.core.intake.needs import Snapshot
from coaching.core.person.leads import UNBENT, Bent
from coaching.core.person.told import Went
from coaching.core.recommend.options import EvidenceRow, History, Options, TechniqueFacts
from coaching.core.recommend.permit import Permit
from content.core.cautions import CautionRow
from content.core.vocabulary import Grade, Need

POINTS: Mapping[Grade, float] = {
    Grade.A: 4.0,
    Grade.A_MINUS: 3.5,
    Grade.B_PLUS: 3.25,
    Grade.B: 3.0,
    Grade.B_MINUS: 2.5,
    Grade.C: 1.5,
    Grade.D: 0.5,
    Grade.X: 0.0,
}
NOT_ADVISED, NOT_SERVING = Grade.X, POINTS[Grade.D]
SCALE = 0.2
RANK_LOW = 0.5
"""A starting choice: a caution that asks for the last place halves what is expected."""

MOST = 10.0

ONLY_WITH: Mapping[tuple[Need, str], Need] = {
    (Need.PERSISTENT, "exposure"): Need.FEAR_AVOID,
    (Need.PERSISTENT, "sleep"): Need.SLEEP,
}
"""Rows of section 5 that hold only if another need is there as well ("only if sleep is poor")."""

SIGNPOSTS = frozenset({(Need.PANIC, "exposure")})
"""Rows that speak of a therapist's work. They point the way and give a self-guided technique no points."""


class Weighed(NamedTuple):
    """One technique with what speaks for it. `rows` are the matching evidence, the weightiest first.

    `served` are the needs it serves, with the grade: "not enough evidence" (D) is not serving. `is_learned`:
    ratings stand in `expected`, the person's own (`practices` of them) or other people's. `bent`: how far what
    they told of themselves leans to it.
    """

    technique: TechniqueFacts
    rows: tuple[EvidenceRow, ...]
    served: Mapping[Need, Grade]
    prior: float
    expected: float
    minutes: int
    practices: float = 0
    is_learned: bool = False
    warnings: tuple[CautionRow, ...] = ()
    bent: Bent = UNBENT

    @property
    def slug(self) -> str:
        return self.technique.slug

    @property
    def learned(self) -> float:
        """What ratings and cautions leave of what the evidence expects, as a share of it; 1 where nothing is known."""
        return self.expected / self.prior if self.prior else 1.0

    @property
    def may_be_picked(self) -> bool:
        """Something better than "not enough evidence", or the person's own experience, and a gain to expect."""
        return self.expected > 0 and bool(self.served or self.practices or self.bent.went is Went.HELPED)

    @property
    def order(self) -> tuple[float, int, str]:
        """Most expected first; ties: the shorter dose, then the alphabet."""
        return (-self.expected, self.minutes, self.slug)


def matching_rows(slug: str, snapshot: Snapshot, options: Options) -> tuple[EvidenceRow, ...]:
    """The evidence that speaks to this person's needs, the weightiest first; X rows are among them."""
    needs = snapshot.needs
    matching = [row for row in options.rows_of.get(slug, ()) if row.need in needs and _holds(row, needs)]
    if len(matching) > 1:
        matching.sort(key=lambda row: (-POINTS[row.grade] * needs[row.need], row.minutes, row.need))
    return tuple(matching)


def is_advised_against(rows: tuple[EvidenceRow, ...]) -> EvidenceRow | None:
    for row in rows:
        if row.grade is NOT_ADVISED:
            return row
    return None


def prior_benefit(rows: tuple[EvidenceRow, ...], snapshot: Snapshot) -> float:
    """What the evidence alone expects, in points of 0 to 10."""
    needs = snapshot.needs
    total = sum([POINTS[row.grade] * needs[row.need] for row in rows])
    return round(min(SCALE * total, MOST), 6)


def priors(snapshot: Snapshot, options: Options) -> dict[str, float]:
    """`prior_benefit` of every technique that has a place in a plan, by slug."""
    slugs = [technique.slug for technique in options.techniques if technique.slot]
    return {slug: prior_benefit(matching_rows(slug, snapshot, options), snapshot) for slug in slugs}


def weigh(
    technique: TechniqueFacts,
    rows: tuple[EvidenceRow, ...],
    granted: Permit,
    snapshot: Snapshot,
    history: History,
) -> Weighed:
    prior = prior_benefit(rows, snapshot)
    estimate = history.estimates.get(technique.slug)
    expected = prior if estimate is None else round(min(estimate.mean, MOST), 6)
    if granted.ranks_low and expected > 0:
        expected = round(expected * RANK_LOW, 6)
    return Weighed(
        technique=technique,
        rows=rows,
        served={row.need: row.grade for row in rows if POINTS[row.grade] > NOT_SERVING},
        prior=prior,
        expected=expected,
        minutes=_minutes(technique, rows),
        practices=0 if estimate is None else estimate.n,
        is_learned=estimate is not None,
        warnings=granted.warnings,
        bent=snapshot.bents.get(technique.slug, UNBENT),
    )


def _minutes(technique: TechniqueFacts, rows: tuple[EvidenceRow, ...]) -> int:
    """A day: the least useful ones of the technique, or what the smallest matching dose asks for."""
    least = min([row.minutes for row in rows]) if rows else 0
    return max(technique.daily_minutes, least)


def _holds(row: EvidenceRow, needs: Mapping[Need, float]) -> bool:
    beside = ONLY_WITH.get(row.pair)
    return row.pair not in SIGNPOSTS and (beside is None or bool(needs.get(beside)))
