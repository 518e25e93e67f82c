"""What answers, goes and wishes come to, expectations and a recommendation: worked out once while none changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from coaching.core.intake.needs import Snapshot, take_snapshot
from coaching.core.learning.norms import Pool
from coaching.core.learning.personalise import Estimate
from coaching.core.questions.items import Answers
from coaching.core.recommend.options import History, Options
from coaching.core.recommend.recommender import recommend
from coaching.core.recommend.suggestion import Recommendation
from coaching.kept import Kept, OwnParts
from coaching.learning.estimates import estimates_of, has_enough
from coaching.models import Person
from content.core.vocabulary import Level


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What a plan asks for: `active` are all that are in it, `held` those that keep their places."""

    minutes: int
    pinned: frozenset[str]
    refused: frozenset[str]
    held: frozenset[str]
    active: frozenset[str]

    @property
    def inputs(self) -> list[object]:
        return [self.minutes, *(sorted(slugs) for slugs in (self.pinned, self.refused, self.held, self.active))]


@dataclass(frozen=True, kw_only=True)
class WorkedOut:
    snapshot: Snapshot
    options: Options
    estimates: Mapping[str, Estimate]
    recommendation: Recommendation
    drawn: OwnParts = field(default_factory=OwnParts, compare=False, repr=False)
    """Parts of pages that say what follows from the same inputs."""


_kept: Kept[WorkedOut] = Kept()


def worked_out(
    person: Person, answers: Answers, wishes: Wishes, library: Options, levels: Mapping[str, Level], pool: Pool
) -> WorkedOut:
    """`library`, `levels` and `pool` are of one reading of the library."""

    def work() -> WorkedOut:
        return _work(person, take_snapshot(answers, levels), wishes, library, pool)

    # Read first: with them comes the mark that stands for them.
    practices = person.newest_practices
    if not person.mark_of_practices and practices:
        return work()
    return _kept.of(library, [answers, person.mark_of_practices, wishes.inputs], work)


def _work(person: Person, snapshot: Snapshot, wishes: Wishes, library: Options, pool: Pool) -> WorkedOut:
    estimates = estimates_of(person, snapshot, library, pool)
    options = replace(
        library,
        minutes_a_day=wishes.minutes,
        pinned=wishes.pinned,
        refused=wishes.refused,
        held=wishes.held,
        explore=has_enough(estimates.values()),
        is_pooled=bool(pool.cells),
    )
    return WorkedOut(
        snapshot=snapshot,
        options=options,
        estimates=MappingProxyType(estimates),
        recommendation=recommend(snapshot, options, History(estimates=estimates, active=wishes.active)),
    )
