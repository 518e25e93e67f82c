"""Weekends are lived otherwise than other days, and weeks drift. Both would be taken for a difference, or hide one.

A straight drift and the difference of weekends are fitted to a person's own ratings (least squares) and taken off
before days are compared. They are worked out from the ratings alone, whichever technique a day had, so a test over the
falls of the coins stays exact; and since all of both goes, it does not matter for the power said beforehand how large
they are.
"""

from collections.abc import Sequence

FEWEST = 2
"""Days of either kind that must be rated; with one alone, that day's own luck would be taken for the weekend's."""


def evened(ratings: Sequence[float | None], is_weekend: Sequence[bool]) -> list[float | None]:
    """The ratings (points of 0 to 10, None where missing) around their mean, without weekends and a straight drift."""
    rated = [day for day, rating in enumerate(ratings) if rating is not None]
    shapes: list[list[float]] = [[1.0] * len(rated), [float(day) for day in rated]]
    if FEWEST <= sum(is_weekend[day] for day in rated) <= len(rated) - FEWEST:
        shapes.append([float(is_weekend[day]) for day in rated])
    taken: list[list[float]] = []
    for shape in shapes:
        own = _without(shape, taken)
        if _product(own, own) > 1e-9:
            taken.append(own)
    left = _without([float(ratings[day] or 0) for day in rated], taken)
    by_day: list[float | None] = [None] * len(ratings)
    for day, rating in zip(rated, left, strict=True):
        by_day[day] = rating
    return by_day


def _without(values: list[float], taken: Sequence[list[float]]) -> list[float]:
    """What is left of values once each of some that stand at right angles to each other is taken out."""
    for other in taken:
        share = _product(values, other) / _product(other, other)
        values = [one - share * two for one, two in zip(values, other, strict=True)]
    return values


def _product(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
