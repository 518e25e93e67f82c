"""The worked example in the docstring of `personalise`, each number worked out again by hand."""

import re
from math import sqrt

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
    weights = [0.98**2, 0.98, 1]
    n = sum(weights)
    mean = sum(weight * drop for weight, drop in zip(weights, drops, strict=True)) / n
    plain = sum(drops) / 3
    noise = (8 * 4 + sum((drop - plain) ** 2 for drop in drops)) / (8 + 2)
    variance = 0.65**2 + noise / n
    person = ((mean - 1.2) / variance) / (1 / 0.8**2 + 1 / variance)
    share = 0.65**2 / variance
    found = 1.2 + person + share * (mean - 1.2 - person)
    return {"rated": mean, "own_share": share, "mean": found, "sd": sqrt(0.65**2 * (1 - share)), "person": person}


def test_the_code_does_the_arithmetic_of_the_docstring() -> None:
    found, hand = example(), by_hand()

    assert found.rated == pytest.approx(hand["rated"])
    assert found.own_share == pytest.approx(hand["own_share"])
    assert found.mean == pytest.approx(hand["mean"])
    assert found.sd == pytest.approx(hand["sd"])


def test_the_docstring_prints_these_numbers() -> None:
    text = re.sub(r"\s+", " ", personalise.__doc__ or "")
    hand = by_hand()

    assert f"/ 2.94 = {hand['rated']:.2f}" in text
    assert f"= {hand['person']:.2f}, which is added" in text
    assert f"own share 0.42 / 1.57 = {hand['own_share']:.2f}" in text
    assert f"(2.32 - 1.52) = {hand['mean']:.2f}" in text
    assert f"0.42 x (1 - 0.27) = {hand['sd']:.2f}" in text


def test_a_technique_never_tried_moves_with_the_person() -> None:
    goes = [Session(technique="yoga", before=before, after=after) for before, after in zip(BEFORE, AFTER, strict=True)]
    walking = estimate(NO_POOL.expect({"yoga": 1.2, "walking": 2.0}), goes)["walking"]

    assert walking.mean == pytest.approx(2.0 + by_hand()["person"])
    assert walking.n == 0
