"""Making up cohorts: seven ways in which the world may differ from what the evidence says.

    agree     effects are exactly what the evidence file expects of this person (`weigh.prior_benefit`)
    differ    the same, and each technique differs between persons (standard deviation `spread`)
    wrong     a third of the techniques do the reverse: as far below the person's middle as the evidence
              puts them above it; and people differ a little. The technique with the most evidence is
              among them, the others are drawn by the seed: a third that nobody is offered first
              would contradict nothing
    drift     as differ, and each effect moves a little every session
    noisy     as differ, with twice the noise, so that floor and ceiling cut many ratings
    sparse    as differ, with 3 to 8 sessions a person
    by-need   for three needs, drawn by the seed: people with one of them differ more, and each technique
              does more or less for them; others hardly differ

Where the numbers come from. Effects start from the points of evidence section 5, in the recommender's
own scale. Nothing in the evidence says how far people differ, how noisy one rating is, or how often an
offer is taken up: `Traits` are choices, made so that a learner told the true spread could avoid just
under half of the late regret in `differ`. Shares of offers practised lie between the completion rates
of unguided courses (42 % and 63 %) and of the best automated one (91 %). How common answers and
conditions are is made up too; it only has to reach every rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from coaching.core.intake.answers import clean_all
from coaching.core.intake.needs import take_snapshot
from coaching.core.recommend.options import Options
from coaching.core.recommend.weigh import POINTS, priors
from coaching.core.simulator.cohorts import Dice, MadeUpPerson
from content.core.vocabulary import DERIVED_CONDITIONS, Condition, Need

NEEDS_THAT_DIFFER = 3
LITTLE = 0.3
"""Where people are meant to differ little, they differ by this share of `spread`; where much, by 1.5 of it."""
MUCH = 1.5


class Kind(StrEnum):
    AGREE = "agree"
    DIFFER = "differ"
    WRONG = "wrong"
    DRIFT = "drift"
    NOISY = "noisy"
    SPARSE = "sparse"
    BY_NEED = "by-need"


@dataclass(frozen=True, kw_only=True)
class Traits:
    """Standard deviations in points of 0 to 10; `taken_up` bounds a person's share of offers practised.

    `person_spread` moves all effects of a person together; `choosy` moves adherence between techniques.
    `scale` multiplies what the evidence expects.
    """

    spread: float = 1.0
    person_spread: float = 0.0
    noise: float = 2.0
    drift: float = 0.04
    sessions: int = 30
    taken_up: tuple[float, float] = (0.5, 0.9)
    choosy: float = 0.0
    scale: float = 1.0
    lift: float = 0.0


def make_cohort(
    kind: Kind, people: int, dice: Dice, options: Options, traits: Traits = Traits()
) -> tuple[MadeUpPerson, ...]:
    world = _World(kind, dice, options, traits)
    return tuple(world.person(f"p{number:04d}") for number in range(1, people + 1))


def as_document(kind: Kind, seed: int, people: tuple[MadeUpPerson, ...]) -> dict[str, Any]:
    """The content of a cohort file."""
    return {"kind": kind.value, "seed": seed, "people": [_as_row(person) for person in people]}


def _as_row(person: MadeUpPerson) -> dict[str, Any]:
    row = {
        "id": person.id,
        "answers": dict(person.answers),
        "effects": _rounded(person.effects),
        "noise_sd": round(person.noise_sd, 3),
        "adherence": _rounded(person.adherence),
        "sessions": person.sessions,
    }
    return row | ({"drift": _rounded(person.drift)} if person.drift else {})


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {slug: round(value, 4) for slug, value in values.items()}


class _World:
    """What holds for everybody in one cohort."""

    def __init__(self, kind: Kind, dice: Dice, options: Options, traits: Traits) -> None:
        self.kind, self.dice, self.options, self.traits = kind, dice, options, traits
        self.slugs = [one.slug for one in options.techniques if one.startable]
        self.reversed = self._reversed()
        # Pain that has stayed is left out: most have it, so it would tell nobody apart.
        self.needs = _drawn(dice, [need for need in Need if need is not Need.PERSISTENT], NEEDS_THAT_DIFFER)
        self.for_need = {(slug, need): dice.gauss(0, 1) for slug in self.slugs for need in self.needs}

    def _reversed(self) -> list[str]:
        best = max(self.slugs, key=lambda slug: (_claimed(slug, self.options), slug))
        rest = [slug for slug in self.slugs if slug != best]
        return [best, *_drawn(self.dice, rest, round(len(self.slugs) / 3) - 1)]

    def person(self, name: str) -> MadeUpPerson:
        traits, dice = self.traits, self.dice
        answers = make_answers(dice)
        own = dice.gauss(0, traits.person_spread)
        takes_up = traits.taken_up[0] + (traits.taken_up[1] - traits.taken_up[0]) * dice.random()
        doubling = 2.0 if self.kind is Kind.NOISY else 1.0
        return MadeUpPerson(
            id=name,
            answers=answers,
            effects={slug: min(max(value + own, -10.0), 10.0) for slug, value in self._effects(answers).items()},
            noise_sd=traits.noise * doubling * (0.7 + 0.6 * dice.random()),
            adherence={slug: min(max(dice.gauss(takes_up, traits.choosy), 0.05), 1.0) for slug in self.slugs},
            sessions=3 + int(6 * dice.random()) if self.kind is Kind.SPARSE else traits.sessions,
            drift={slug: dice.gauss(0, traits.drift) for slug in self.slugs} if self.kind is Kind.DRIFT else {},
        )

    def _effects(self, answers: Mapping[str, Any]) -> dict[str, float]:
        needs = take_snapshot(answers).needs
        expected = priors(take_snapshot(answers), self.options)
        base = {slug: self.traits.lift + self.traits.scale * expected.get(slug, 0.0) for slug in self.slugs}
        if self.kind is Kind.AGREE:
            return base
        if self.kind is Kind.WRONG:
            middle = (max(base.values()) + min(base.values())) / 2
            base = {slug: 2 * middle - value if slug in self.reversed else value for slug, value in base.items()}
        spread = self._spread(needs)
        return {slug: self.dice.gauss(value + self._for_needs(slug, needs), spread) for slug, value in base.items()}

    def _spread(self, needs: Mapping[Need, float]) -> float:
        if self.kind is Kind.BY_NEED:
            return self.traits.spread * (MUCH if any(need in needs for need in self.needs) else LITTLE)
        return self.traits.spread * (LITTLE if self.kind is Kind.WRONG else 1)

    def _for_needs(self, slug: str, needs: Mapping[Need, float]) -> float:
        if self.kind is not Kind.BY_NEED:
            return 0.0
        return self.traits.spread * sum(self.for_need[slug, need] for need in self.needs if need in needs) / 2


def _claimed(slug: str, options: Options) -> float:
    """The points of all its evidence together."""
    return sum(POINTS[row.grade] for row in options.rows_of.get(slug, ()))


def _drawn(dice: Dice, among: list[Any], count: int) -> list[Any]:
    rest, drawn = list(among), []
    for _ in range(count):
        drawn.append(dice.choice(rest))
        rest.remove(drawn[-1])
    return drawn


DURATIONS = ["over12"] * 12 + ["comesgoes"] * 4 + ["6to12"] * 2 + ["under6"] * 2
SIGNS_NOW = ["saddle_numbness", "leg_weakness", "chest_pain"]
SIGNS_SOON = ["night_pain", "weight_loss", "cough_pain", "fever", "morning_stiffness"]
CARE = ["rest", "medicine", "massage", "chiropractor", "heat", "cold", "movement", "relaxation", "talking"]
ASKED = [condition.value for condition in Condition if condition not in DERIVED_CONDITIONS]
COMMON = ["bp", "lung", "asthma", "anticoag", "over_65", "heart", "relax_anx", "trauma", "leg_nerve", "osteo"]


def make_answers(dice: Dice) -> dict[str, Any]:
    """One person's whole intake. One in 100 has a sign that needs care now, one in 20 another sign."""
    duration = dice.choice(DURATIONS)
    pain, worry = 3 + 5 * dice.random(), dice.random()
    told = {
        "adult": "yes",
        "safety_now": [dice.choice(SIGNS_NOW)] if dice.random() < 0.01 else ["none"],
        "safety_soon": [dice.choice(SIGNS_SOON)] if dice.random() < 0.05 else ["none"],
        "self_harm": "yes" if dice.random() < 0.02 else "skip" if dice.random() < 0.03 else "no",
        "duration": duration,
        **({"flare_recent": dice.choice(["yes", "no"])} if duration == "comesgoes" else {}),
        **{item: _scale(dice.gauss(pain, 1.2)) for item in ("peg_1", "peg_2", "peg_3")},
        **{item: _scale(dice.gauss(3.2 * worry, 0.7), 3) for item in ("gad_1", "gad_2", "phq_1", "phq_2")},
        "panic": "yes" if dice.random() < 0.1 + 0.3 * worry else "no",
        **{item: _scale(dice.gauss(2 + 5 * worry, 2)) for item in ("tension", "stuck_thoughts", "avoid")},
        "sleep": _scale(dice.gauss(7 - 3.5 * worry, 2)),
        "active_days": _scale(dice.gauss(3.5, 2), 7),
        "using_now": sorted({dice.choice(CARE), dice.choice(CARE)}),
        "conditions": _conditions(dice),
    }
    if told["gad_1"] + told["gad_2"] >= 2:
        told |= {f"gad_{number}": _scale(dice.gauss(3.2 * worry, 0.7), 3) for number in range(3, 8)}
    return clean_all(told)


def _conditions(dice: Dice) -> list[str]:
    """Half have none; the others one or two, mostly common ones; a few would rather not say."""
    luck = dice.random()
    if luck < 0.5:
        return ["none"]
    if luck < 0.53:
        return ["skip"]
    first = dice.choice(COMMON if dice.random() < 0.7 else ASKED)
    return sorted({first, dice.choice(COMMON)} if dice.random() < 0.3 else {first})


def _scale(value: float, most: int = 10) -> int:
    return min(max(round(value), 0), most)
