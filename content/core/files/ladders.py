"""The ladder of a technique: its rungs from the first two minutes to the dose of the studies, and their checks.

One rung:

    minutes   of one go, 1 to 60
    times     how often a week, 1 to 21; 7 is once a day
    words     what one does on it, in a sentence
    enough    goes in one week that earn the next rung, at most `times`; none on the last
    up        what must be true to go up, in words that name that number; none on the last
    down      when to go down again; none on the first

A ladder begins with a go of two minutes at most (our choice: relief in the first minutes keeps people), and each
rung asks for more minutes a week than the one before it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from content.core.demands import Demand, shown_in_words
from content.core.files.shapes import rows, table, text, whole, words
from content.core.vocabulary import Size, Skin

FIRST_AT_MOST = 2
"""Minutes of the first go."""

FEWEST = 2
OWN_LENGTHS: Mapping[str, Collection[int]] = {
    Skin.BREATH: range(1, 31),
    Skin.WALK: range(2, 31),
    Skin.TIMER: (5, 10, 15, 20),
}
"""Minutes for which a guide can be played beside its sizes; a test holds them to what the players do."""


rungs = rows(
    table(
        {"minutes": whole(1, 60), "times": whole(1, 21), "words": words},
        {"enough": whole(1, 21), "up": text, "down": text},
    )
)

Rung = Mapping[str, Any]


def faults_in(ladder: Sequence[Rung], guide: Mapping[str, Any] | None = None) -> Iterator[str]:
    """What is wrong with the rungs as a ladder, and beside its guide, each in words that finish "rungs: ..."."""
    if len(ladder) < FEWEST:
        yield f"has {len(ladder)} rungs; it needs {FEWEST} at least"
        return
    if ladder[0]["minutes"] > FIRST_AT_MOST:
        yield f"rung 1 takes {ladder[0]['minutes']} minutes; the first may take {FIRST_AT_MOST} at most"
    yield from _disorder(ladder)
    for place, rung in enumerate(ladder, start=1):
        yield from (f"rung {place} {fault}" for fault in _ways_off(rung, place == 1, place == len(ladder)))

    if guide:
        yield from faults_beside(ladder, guide["skin"], guide["demands"])


def faults_beside(ladder: Sequence[Rung], skin: str, demands: Collection[Demand]) -> Iterator[str]:
    """What is wrong with the rungs beside the guide that is played on them.

    A rung may ask of the body only what its guide names, since the cautions hang on that; and its minutes are those
    that the guide can be played for.
    """
    for place, rung in enumerate(ladder, start=1):
        unnamed = shown_in_words(rung["words"]) - set(demands)
        if unnamed:
            lacking = ", ".join(demand.value for demand in Demand if demand in unnamed)
            yield f"rung {place} asks for what its guide does not name, so no caution would go along: {lacking}"
        if not can_be_played(skin, rung["minutes"]):
            yield f"rung {place} takes {rung['minutes']} minutes, and its guide cannot be played for these"


def can_be_played(skin: str, minutes: int) -> bool:
    """Every guide has its sizes; a breath, a walk and a pack have lengths of their own."""
    return str(minutes) in {size.value for size in Size} or minutes in OWN_LENGTHS.get(skin, ())


def spoken(ladder: Sequence[Rung]) -> str:
    """All that the rungs say to a reader."""
    return " ".join(rung[name] for rung in ladder for name in ("words", "up", "down") if rung.get(name))


def _disorder(ladder: Sequence[Rung]) -> Iterator[str]:
    for place, (lower, upper) in enumerate(pairwise(ladder), start=2):
        if upper["minutes"] * upper["times"] <= lower["minutes"] * lower["times"]:
            yield f"rung {place} asks for no more minutes a week than rung {place - 1}"


def _ways_off(rung: Rung, is_first: bool, is_last: bool) -> Iterator[str]:  # noqa: FBT001 (places, not switches)
    enough, up, down = rung.get("enough", 0), rung.get("up", ""), rung.get("down", "")
    if is_last and (enough or up):
        yield "is the last, so nothing leads up from it"
    elif not is_last and not (enough and up):
        yield "must say what leads up from it: enough and up"
    elif not is_last and str(enough) not in up.split():
        yield f"counts {enough} goes as enough, and its words name another number"
    if enough > rung["times"]:
        yield f"counts {enough} goes as enough and asks for {rung['times']}"
    if is_first == bool(down):
        yield "is the first, so nothing leads down from it" if is_first else "must say when to go down from it"
