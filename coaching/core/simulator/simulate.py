"""Running made-up people through the real recommender: does learning from ratings help, and what does it cost?

One technique is offered a session. The person practises it or not (`adherence`), and rates before and
after. People are taken in waves of 100; after each wave the pool is made anew from all earlier people.

How a go is rated, whatever the technique: there is a usual level (mean 6, standard deviation 1 between
people; our choice), the moment lies around it (standard deviation 1.5), and by itself a rating goes 35 % of
the way back. The drop is the true effect of that session plus that way back, with the person's noise.
Both ratings are whole numbers from 0 to 10, so floor and ceiling cut what can be seen. Learning sees
the offers, whether they were practised, and these ratings; it never sees effects or adherence.

Counted are true values: relief = adherence x effect of what was offered, regret = how much the best
allowed technique would have given more.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coaching.core.intake.needs import Snapshot, take_snapshot
from coaching.core.learning.norms import NO_POOL, Pool
from coaching.core.learning.personalise import Session, estimate
from coaching.core.learning.pooling import Record, summarise
from coaching.core.recommend.options import Options
from coaching.core.recommend.recommender import recommend
from coaching.core.recommend.weigh import Weighed
from coaching.core.simulator.cohorts import Dice, MadeUpPerson
from coaching.core.simulator.policy import offer, sessions_ahead
from coaching.core.simulator.watch import broken_rule
from content.core.vocabulary import Level

WAVE = 100
USUAL, USUAL_SD, MOMENT_SD, GOES_BACK = 6.0, 1.0, 1.5, 0.35
WINDOWS = {"1-5": (1, 5), "6-15": (6, 15), "16-30": (16, 30)}


class Policy(StrEnum):
    """`coach` learns; `evidence` keeps to the recommender's first; `random` takes any; `oracle` knows the truth."""

    COACH = "coach"
    EVIDENCE = "evidence"
    RANDOM = "random"
    ORACLE = "oracle"


@dataclass(frozen=True, kw_only=True)
class Offered:
    """One offered session, in true values. `session` counts from 1."""

    session: int
    relief: float
    regret: float
    is_unsafe: bool


@dataclass(frozen=True, kw_only=True)
class World:
    """What a run needs beside the people. `dice_for` gives each person, by id, chance of their own."""

    options: Options
    levels: Mapping[str, Level]
    dice_for: Callable[[str], Dice]
    is_pooled: bool = True


@dataclass(frozen=True, kw_only=True)
class Outcome:
    policy: Policy
    people: int
    offers: tuple[Offered, ...]

    @property
    def relief_per_session(self) -> float | None:
        return _mean([offered.relief for offered in self.offers])

    def regret(self, window: str) -> float | None:
        first, last = WINDOWS[window]
        return _mean([offered.regret for offered in self.offers if first <= offered.session <= last])

    @property
    def unsafe_picks(self) -> int:
        return sum(offered.is_unsafe for offered in self.offers)

    def summary(self) -> dict:
        """The object that `simulate --json` prints; null for a window without sessions."""
        return {
            "policy": self.policy.value,
            "people": self.people,
            "relief_per_session": _rounded(self.relief_per_session),
            "regret": {window: _rounded(self.regret(window)) for window in WINDOWS},
            "unsafe_picks": self.unsafe_picks,
        }


def simulate(people: Sequence[MadeUpPerson], policy: Policy, world: World) -> Outcome:
    pool, records, offers = NO_POOL, [], []
    for start in range(0, len(people), WAVE):
        for person in people[start : start + WAVE]:
            visit = _Visit(person, policy, world, pool)
            offers += visit.offers()
            records.append(visit.record())
        if policy is Policy.COACH and world.is_pooled and start + WAVE < len(people):
            pool = summarise(records)
    return Outcome(policy=policy, people=len(people), offers=tuple(offers))


class _Visit:
    """One person's way through all their sessions."""

    def __init__(self, person: MadeUpPerson, policy: Policy, world: World, pool: Pool) -> None:
        self.person, self.policy, self.world, self.pool = person, policy, world, pool
        self.dice = world.dice_for(person.id)
        self.snapshot = take_snapshot(person.answers, world.levels)
        self.weighed = allowed(person, self.snapshot, world.options)
        self.priors = {one.slug: one.prior for one in self.weighed}
        self.expected = pool.expect(self.priors, self.snapshot.needs)
        self.usual = min(max(self.dice.gauss(USUAL, USUAL_SD), 2.0), 9.0)
        self.sessions: list[Session] = []

    def offers(self) -> list[Offered]:
        return [self._session(number) for number in range(1, self.person.sessions + 1)] if self.weighed else []

    def record(self) -> Record:
        return Record(needs=frozenset(self.snapshot.needs), priors=self.priors, sessions=tuple(self.sessions))

    def _session(self, number: int) -> Offered:
        chosen = self._choose(number)
        self.sessions.append(self._practise(chosen, number))
        best = max(self.person.value(one.slug, number) for one in self.weighed)
        facts, cautions = self.world.options.by_slug[chosen], self.world.options.cautions_of.get(chosen, ())
        relief = self.person.value(chosen, number)
        broken = broken_rule(facts, self.person.answers, cautions, self.world.levels)
        return Offered(session=number, relief=relief, regret=best - relief, is_unsafe=bool(broken))

    def _choose(self, number: int) -> str:
        slugs = [one.slug for one in self.weighed]
        if self.policy is Policy.EVIDENCE:
            return slugs[0]
        if self.policy is Policy.RANDOM:
            return self.dice.choice(slugs)
        if self.policy is Policy.ORACLE:
            return max(slugs, key=lambda slug: self.person.value(slug, number))
        return offer(self.weighed, estimate(self.expected, self.sessions), sessions_ahead(number - 1, self.pool.norms))

    def _practise(self, technique: str, number: int) -> Session:
        """Chance is drawn in the same order whatever is offered, so that policies meet the same luck."""
        luck, moment, noise = self.dice.random(), self.dice.gauss(0, 1), self.dice.gauss(0, 1)
        if luck >= self.person.adherence[technique]:
            return Session(technique=technique, practised=False)
        before = rating(self.usual + MOMENT_SD * moment)
        drop = self.person.effect(technique, number) + GOES_BACK * (before - self.usual)
        return Session(technique=technique, before=before, after=rating(before - drop + self.person.noise_sd * noise))


def allowed(person: MadeUpPerson, snapshot: Snapshot, options: Options) -> tuple[Weighed, ...]:
    """What the recommender may pick for this person and the file knows the truth of, best by the evidence first."""
    weighed: Iterable[Weighed] = recommend(snapshot, options).weighed
    known = person.effects.keys() & person.adherence.keys()
    return tuple(one for one in weighed if one.may_be_picked and one.slug in known)


def rating(value: float) -> int:
    """A whole number from 0 to 10, as a person gives it."""
    return min(max(round(value), 0), 10)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
