"""What the recommender returns: picks with their reasons, and all that was left out and why. Values only.

Texts are whole sentences in plain words, ready for a page. Points are on a scale of 0 to 10.
"""

from dataclasses import dataclass
from enum import StrEnum

from coaching.core.recommend.choose import Role
from coaching.core.recommend.weigh import Weighed
from content.core.vocabulary import Condition, Family, Grade, Limit, Need, Slot, Stage


class Blocked(StrEnum):
    """Why there is no plan at all."""

    EMERGENCY = "emergency"
    UNFINISHED = "unfinished"
    UNDER_AGE = "under_age"


class Left(StrEnum):
    """Why a technique was left out."""

    SIGN = "sign"
    CAUTION = "caution"
    NOT_ADVISED = "not_advised"
    MADE_WORSE = "made_worse"


class Wished(StrEnum):
    """What the person asked of the plan."""

    PINNED = "pinned"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One need that a technique serves: the answers that led to the need, and what the evidence says."""

    need: Need
    level: float
    answers: tuple[str, ...]
    grade: Grade
    points: float
    note: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Care:
    """A caution that comes with a pick. `condition` is None where it must not be named."""

    words: str
    limits: frozenset[Limit] = frozenset()
    condition: Condition | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Outranked:
    """A technique for the same need, or of the same kind, that was not taken, and why."""

    technique: str
    name: str
    expected: float
    why: str


@dataclass(frozen=True, kw_only=True)
class Pick:
    """One suggested technique. `rank` is 1 to 3. `expected` is the benefit to expect, 0 to 10 points.

    `role` says what it is there for, `need` for which need; None where no need of theirs speaks for it. `grade`,
    `dose` and `sources` are those for that need. `minutes` a day are what the plan counts; `is_begun_smaller` where
    a dose asks for more. `weeks` to the first benefit: 0 at once, None not known. `place` is the stage where it
    opens the loop. `practices` is how many ratings of the person's own the figure rests on. `instead` could stand
    in its place.
    """

    technique: str
    name: str
    short_name: str
    family: Family
    slot: Slot
    rank: int
    expected: float
    prior: float
    practices: float
    minutes: int
    reasons: tuple[Reason, ...]
    why: tuple[str, ...]
    grade: Grade | None
    dose: str
    benefit: str
    weeks: int | None
    note: str
    sources: tuple[str, ...]
    cautions: tuple[Care, ...]
    outranked: tuple[Outranked, ...]
    place: Stage
    role: Role = Role.NEXT
    need: Need | None = None
    instead: Outranked | None = None
    is_begun_smaller: bool = False
    is_pinned: bool = False
    is_kept: bool = False
    is_worth_trying: bool = False

    @property
    def grade_words(self) -> str:
        return self.grade.label if self.grade else "Your own choice"

    @property
    def limits(self) -> frozenset[Limit]:
        """What the practice itself must mind, from all cautions."""
        return frozenset(limit for care in self.cautions for limit in care.limits)


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """A technique left out for this person. When `is_hidden` its condition was not disclosed and the page stays silent.

    `asked_in` is then the question whose answer can change it; "" where there is none to point to.
    `is_relevant`: it would have served a need. `is_reading`: the care is left out; its page stays open.
    """

    technique: str
    name: str
    kind: Left
    words: str
    condition: Condition | None = None
    is_hidden: bool = False
    asked_in: str = ""
    is_relevant: bool = True
    is_reading: bool = False
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class PageToRead:
    """A page worth reading, never counted as a technique. `not_for_you`: the care it speaks of is not suggested."""

    technique: str
    name: str
    needs: tuple[Need, ...]
    dose: str
    note: str
    grade: Grade
    sources: tuple[str, ...]
    cautions: tuple[Care, ...] = ()
    not_for_you: bool = False


@dataclass(frozen=True, kw_only=True)
class Signpost:
    """Something that helps a need and is a therapist's work, not this site's."""

    need: Need
    technique: str
    words: str
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one wish of the person costs: points of expected benefit that the plan has less. Never below 0."""

    wish: Wished
    technique: str
    name: str
    points: float
    instead_of: tuple[str, ...]
    was_granted: bool
    words: str


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """`weighed` holds every technique that could have been picked, best first, for "see all that was weighed"."""

    blocked: Blocked | None = None
    picks: tuple[Pick, ...] = ()
    to_read: tuple[PageToRead, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    signposts: tuple[Signpost, ...] = ()
    costs: tuple[Cost, ...] = ()
    notes: tuple[str, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    strongest: Need | None = None
    minutes: int = 0

    @property
    def techniques(self) -> tuple[str, ...]:
        """The slugs of the picks, in order."""
        return tuple(pick.technique for pick in self.picks)
