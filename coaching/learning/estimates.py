"""How much each technique may help one person, estimated from their own ratings, and from those of people who agreed
to pool theirs.

`goes` reads one practice as a rating before and after. A day without a practice counts neither for nor against a
technique.
"""

from collections.abc import Iterable, Sequence

from coaching.core.intake.needs import Snapshot
from coaching.core.learning.norms import NO_POOL, Pool
from coaching.core.learning.personalise import Estimate, Session, estimate
from coaching.core.learning.pooling import Record
from coaching.core.recommend.options import Options
from coaching.core.recommend.recommender import NOTHING_LEARNED, blocked_by
from coaching.core.recommend.sift import sift
from coaching.learning.goes import goes_of
from coaching.models import Person
from content.core.signals import Signal

FEWEST_RATED = 3
"""From this many rated practices on, a plan keeps one place for something worth trying. A starting choice."""


def sessions_of(person: Person, options: Options) -> list[Session]:
    """The person's newest practices, oldest first, each rated by what its technique is judged by."""
    return [go.session for go in goes_of(person.newest_practices, options)]


def estimates_of(person: Person, snapshot: Snapshot, options: Options, pool: Pool) -> dict[str, Estimate]:
    """What to expect of each technique that may be picked; empty while nothing was rated and nothing pooled."""
    sessions = sessions_of(person, options)
    if pool is NO_POOL and not any(session.is_rated for session in sessions):
        return {}
    signals = {one.slug: one.signal for one in options.techniques if one.signal is not Signal.TENSION}
    return estimate(pool.expect(priors_of(snapshot, options), snapshot.needs, signals), sessions)


def priors_of(snapshot: Snapshot, options: Options) -> dict[str, float]:
    """What the evidence alone expects of each technique, in points of 0 to 10."""
    if blocked_by(snapshot):
        return {}
    return {one.slug: one.expected for one in sift(snapshot, options, NOTHING_LEARNED).candidates}


def has_enough(estimates: Iterable[Estimate]) -> bool:
    """Whether the person has rated enough practices for their plan to hold one technique that is there to be tried."""
    return sum(one.n for one in estimates) >= FEWEST_RATED


def record_of(sessions: Sequence[Session], snapshot: Snapshot, options: Options) -> Record:
    """Of somebody's practices and answers, what a pool asks: of what was expected, only where something was done."""
    practised = {session.technique for session in sessions}
    priors = {slug: prior for slug, prior in priors_of(snapshot, options).items() if slug in practised}
    return Record(needs=frozenset(snapshot.needs), priors=priors, sessions=tuple(sessions))
