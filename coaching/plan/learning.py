"""Learning from ratings: one person's own, and, with consent, what many people's teach the next.

A practice counts as rated when both taps of tension or worry were given, or else both of
pain. What was planned and not practised is not counted here: a free day is not a refusal.
"""

from collections.abc import Iterable, Iterator

from accounts.models import Consent, ConsentKind
from coaching.core.intake.needs import Snapshot
from coaching.core.learning.norms import NO_POOL, Pool
from coaching.core.learning.personalise import Estimate, Session, estimate
from coaching.core.learning.pooling import Record
from coaching.core.recommend.options import Options
from coaching.core.recommend.recommender import recommend
from coaching.models import Person, Practice

FEWEST_RATED = 3
"""From this many rated practices on, a plan keeps one place for something worth trying. A starting choice."""


def sessions_of(person: Person) -> list[Session]:
    """The person's newest practices, oldest first."""
    return [_session(practice) for practice in reversed(person.newest_practices)]


def _session(practice: Practice) -> Session:
    tension = (practice.tension_before, practice.tension_after)
    before, after = (practice.pain_before, practice.pain_after) if None in tension else tension
    return Session(technique=practice.technique_id, before=before, after=after)


def estimates_of(person: Person, snapshot: Snapshot, options: Options, pool: Pool) -> dict[str, Estimate]:
    """What to expect of each technique that may be picked; empty while nothing was rated and nothing pooled."""
    sessions = sessions_of(person)
    if pool is NO_POOL and not any(session.is_rated for session in sessions):
        return {}
    return estimate(pool.expect(priors_of(snapshot, options), snapshot.needs), sessions)


def priors_of(snapshot: Snapshot, options: Options) -> dict[str, float]:
    """What the evidence alone expects of each technique, in points of 0 to 10."""
    return {one.slug: one.expected for one in recommend(snapshot, options).weighed}


def has_enough(estimates: Iterable[Estimate]) -> bool:
    """Whether there is enough of the person's own to try something new beside what is known."""
    return sum(one.n for one in estimates) >= FEWEST_RATED


def agreed_people() -> Iterator[Person]:
    """People whose account stands by its consent to pool."""
    agreed = Consent.objects.standing().filter(kind=ConsentKind.POOLING).values("user")
    return Person.objects.filter(user__in=agreed).iterator(chunk_size=200)


def record_of(person: Person, snapshot: Snapshot, options: Options) -> Record:
    return Record(
        needs=frozenset(snapshot.needs), priors=priors_of(snapshot, options), sessions=tuple(sessions_of(person))
    )
