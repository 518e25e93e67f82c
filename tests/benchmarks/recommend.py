"""How long a plan takes: `script/benchmark recommend`. Figures to read, nothing that can fail.

Times differ from machine to machine; compare rows of one run with each other.
"""

from typing import Any

from coaching.core.learning.norms import NO_POOL
from coaching.core.learning.personalise import Session, estimate
from coaching.core.recommend.options import History
from coaching.core.recommend.recommender import recommend
from tests.coaching.makers import library, snapshot

NEEDY = {"tension": 9, "sleep": 2, "stuck_thoughts": 8, "avoid": 7, "gad_1": 3, "gad_2": 3, "conditions": ["numb"]}
TRIED = ("breathing", "pmr", "walking", "cbt_worry", "mindfulness")
SESSIONS = [Session(technique=TRIED[n % len(TRIED)], before=5 + n % 5, after=2 + n % 4) for n in range(500)]


def priors() -> dict[str, float]:
    return {one.slug: one.expected for one in recommend(snapshot(**NEEDY), library()).weighed}


def test_recommend_without_history(benchmark: Any) -> None:
    person, options = snapshot(**NEEDY), library()

    benchmark(recommend, person, options)


def test_recommend_with_500_practices(benchmark: Any) -> None:
    person, options = snapshot(**NEEDY), library(explore=True)
    learned = History(estimates=estimate(NO_POOL.expect(priors(), person.needs), SESSIONS))

    benchmark(recommend, person, options, learned)


def test_estimate_from_500_practices(benchmark: Any) -> None:
    benchmark(estimate, NO_POOL.expect(priors(), snapshot(**NEEDY).needs), SESSIONS)
