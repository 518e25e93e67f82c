"""The worked example in the docstring of `personalise`, each number worked out again by hand."""

import re
from math import exp, sqrt

import pytest

from coaching.core.learning import personalise
from coaching.core.learning.norms import NO_POOL
from coaching.core.learning.personalise import Session, estimate

BEFORE, AFTER = (8, 6, 4), (4, 4, 3)


def example() -> personalise.Estimate:
    goes = [Session(technique="yoga", before=before, after=after) for before, after in zip(BEFORE, AFTER, strict=True)]
    return estimate(NO_POOL.expect({"yoga": 1.2, "walking": 2.0}), goes)["yoga"]


def by_hand() -> dict[str, float]:
    usual = (6 + 8 + 6 + 4) / 4
    drops = [before - after - 0.3 * (before - usual) for before, after in zip(BEFORE, AFTER, strict=True)]
    weights = [0.998**2, 0.998, 1]
    n = sum(weights)
    mean = sum(weight * drop for weight, drop in zip(weights, drops, strict=True)) / n
    plain = sum(drops) / 3
    noise = (16 * 4 + sum((drop - plain) ** 2 for drop in drops)) / (16 + 2) / n
    near, far = (believed(factor * 0.6, mean, noise) for factor in (0.05, 1.25))
    share = 2 * near["likely"] / (2 * near["likely"] + far["likely"])
    found = {name: share * near[name] + (1 - share) * far[name] for name in ("mean", "own_share", "person")}
    spread = share * (near["variance"] + (near["mean"] - found["mean"]) ** 2)
    spread += (1 - share) * (far["variance"] + (far["mean"] - found["mean"]) ** 2)
    return {**found, "rated": mean, "sd": sqrt(spread), "share": share, "near": near["mean"], "far": far["mean"]}


def believed(spread: float, mean: float, noise: float) -> dict[str, float]:
    off, whole = mean - 1.2, spread**2 + noise
    person = (off / whole) / (1 / 0.1**2 + 1 / whole)
    share = spread**2 / whole
    return {
        "likely": exp(-(off**2) / (2 * (whole + 0.1**2))) / sqrt(whole + 0.1**2),
        "person": person,
        "own_share": share,
        "mean": 1.2 + person + share * (off - person),
        "variance": spread**2 * (1 - share),
    }


def test_the_code_does_the_arithmetic_of_the_docstring() -> None:
    found, hand = example(), by_hand()

    assert found.rated == pytest.approx(hand["rated"])
    assert found.own_share == pytest.approx(hand["own_share"])
    assert found.mean == pytest.approx(hand["mean"])
    assert found.sd == pytest.approx(hand["sd"])


def test_the_docstring_prints_these_numbers() -> None:
    text = re.sub(r"\s+", " ", personalise.__doc__ or "")
    hand = by_hand()

    assert f"/ 2.99 = {hand['rated']:.2f}" in text
    assert f"0.0007 x (2.33 - 1.21) = {hand['near']:.2f}" in text
    assert f"0.32 x (2.33 - 1.21) = {hand['far']:.2f}" in text
    assert f"as shares {hand['share']:.2f} and {1 - hand['share']:.2f}" in text
    assert f"0.33 x 1.56 = {hand['mean']:.2f}" in text
    assert f"0.24 squared) = {hand['sd']:.2f}" in text


def test_a_technique_never_tried_moves_with_the_person() -> None:
    goes = [Session(technique="yoga", before=before, after=after) for before, after in zip(BEFORE, AFTER, strict=True)]
    walking = estimate(NO_POOL.expect({"yoga": 1.2, "walking": 2.0}), goes)["walking"]

    assert walking.mean == pytest.approx(2.0 + by_hand()["person"])
    assert walking.n == 0
