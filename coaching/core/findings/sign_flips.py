"""The exact test of an order that was drawn by chance: what else could the same days have shown?

Days come in pairs, and a coin said which technique had the first day of each. If both techniques do the same, the
coins could have fallen otherwise and every day would have been rated as it was: only the sign of each pair's
difference would turn. So all falls of the coins are counted, and the p-value is the share of them that show a
difference at least as large, in either direction (Fisher, 1935). Nothing is supposed of the days: they may resemble
their neighbours, drift, or have a bad Monday.

    pairs differ by +2, +1, +1, -1: the sum is 3 of 5. Of 16 falls 2 reach 5, and 6 reach 3 (each sign counted):
    5 once, 3 three times, and the same below 0: p = 8 / 16 = 0.5

Whole numbers make it quick: a sum of signs is twice a sum of some of the sizes, less all of them.
"""

from collections.abc import Sequence

WIDTH = 64
"""Bits for each count, so that counts of up to 63 pairs never run into each other."""


def p_value(differences: Sequence[int]) -> float:
    """Of pair differences in whole numbers of any one unit, such as tenths of a point; 1 where there are none."""
    sizes = [abs(each) for each in differences]
    total, shown = sum(sizes), abs(sum(differences))
    counts = _ways(sizes)
    # 2 x chosen - total >= shown; both directions alike, and all of them where nothing is shown.
    least = (total + shown + 1) // 2
    ways = sum(counts[least:])
    return min(2 * ways / 2 ** len(sizes), 1.0)


def _ways(sizes: Sequence[int]) -> list[int]:
    """How many choices of sizes have each sum, from 0 to all of them: the product of (1 + x^size), packed."""
    packed = 1
    for size in sizes:
        packed += packed << (WIDTH * size)
    total = sum(sizes)
    data = packed.to_bytes((total + 1) * WIDTH // 8, "little")
    step = WIDTH // 8
    return [int.from_bytes(data[at : at + step], "little") for at in range(0, len(data), step)]
