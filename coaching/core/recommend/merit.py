"""What one technique is worth to one person for one need: the numbers that `choose` compares.

    score = strength of the need x (share + pull)
    share = points of the grade / those of an A, and what ratings and cautions add to it or take away, where 1 is
            what an A is expected to do at full strength
    pull  = LEAD x what leads to it (`leads`) + RATHER if they would rather do that + OF_WENT if it was tried

Worked example, fear of moving 0.9, no active day (0.5):

    small steps    0.9 x (B 0.75  + 0.5 x 0.9) = 1.08
    walking        0.9 x (A- 0.875 + 0.5 x 0.5) = 1.01

The sizes of LEAD, RATHER and OF_WENT are ours, with no evidence behind the numbers: a clear lead is worth a
little more than one grade, what helped before about one, and a wish decides between near equals.
"""

from coaching.core.person.told import Went
from coaching.core.recommend.weigh import POINTS, SCALE, Weighed
from content.core.vocabulary import Family, Grade, Need

LEAD, RATHER = 0.5, 0.1
OF_WENT = {None: 0.0, Went.HELPED: 0.5, Went.NOTHING: -0.3, Went.WORSE: -0.3}
LEAST_SHARE = 0.02
"""What serves a need at all never falls below this, whatever pulls away from it."""

WELL_FROM = (POINTS[Grade.B_MINUS] + POINTS[Grade.C]) / 2
LITTLE_FROM = (POINTS[Grade.C] + POINTS[Grade.D]) / 2
WELL, A_LITTLE, NOT_AT_ALL = 2, 1, 0


def serves(one: Weighed, need: Need | None) -> int:
    """WELL, A_LITTLE or NOT_AT_ALL, as far as the person's own ratings and cautions leave the grade standing."""
    grade = one.served.get(need) if need else None
    points = POINTS[grade] * one.learned if grade else 0.0
    return WELL if points >= WELL_FROM else A_LITTLE if points >= LITTLE_FROM else NOT_AT_ALL


def merit(one: Weighed, need: Need, strength: float) -> float:
    """The score of a technique for a need of that strength; 0 where the evidence does not speak of it."""
    points = next((POINTS[row.grade] for row in one.rows if row.need is need), 0.0)
    if not points:
        return 0.0
    share = (points + (one.expected - one.prior) / SCALE) / POINTS[Grade.A]
    return strength * max(share + pull(one), LEAST_SHARE)


def pull(one: Weighed) -> float:
    """What speaks for it beside the evidence for a need."""
    bent = one.bent
    return LEAD * bent.lead + (RATHER if bent.is_rather else 0.0) + OF_WENT[bent.went]


def eases_now(one: Weighed) -> bool:
    """Whether it may bring ease at once: something done to the body, or a calming skill that works in minutes."""
    family = one.technique.family
    at_once = any(row.weeks == 0 and row.need in one.served for row in one.rows)
    return family.is_passive or (family is Family.CALMING and at_once)
