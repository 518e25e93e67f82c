"""What a technique is judged by, when that can be asked, and how many goes it is given first: the three must fit."""

from collections.abc import Iterator, Mapping
from typing import Any

from content.core.vocabulary import Term


class Signal(Term):
    """What a technique is judged by: the nearest thing that it is meant to change, on a scale of 0 to 10."""

    TENSION = "tension", "Tension or worry in the body, or pain"
    BELIEF = "belief", "How strong the worry or the thought is"
    CONFIDENCE = "confidence", "What was managed and how sure one feels, with the pain of the next day"
    NIGHT = "night", "How the night was"
    NONE = "none", "Nothing: there is only something to read"


class Asked(Term):
    """When the question about a technique is put."""

    AROUND = "around", "Before and after each go"
    NEXT_DAY = "next_day", "Before and after each go, and once more the next day"
    MORNING = "morning", "The morning after"
    NEVER = "never", "Not asked"


FEWEST_TO_JUDGE = 5
"""Goes below which nothing is said of what a technique does for a person. Our choice."""

ASKED_OF_SIGNAL = {
    Signal.TENSION: Asked.AROUND,
    Signal.BELIEF: Asked.AROUND,
    Signal.CONFIDENCE: Asked.NEXT_DAY,
    Signal.NIGHT: Asked.MORNING,
    Signal.NONE: Asked.NEVER,
}
"""The one time at which each signal can be known: a night is not known before the morning."""


def signal_faults(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs of a field and what is wrong with it."""
    signal = Signal(values["outcome"])
    if values["startable"] and signal is Signal.NONE:
        yield "outcome", "what can be practised is judged by something"
    if values["asked"] != ASKED_OF_SIGNAL[signal].value:
        yield "asked", f"for this outcome it must be: {ASKED_OF_SIGNAL[signal]}"
    if signal is not Signal.NONE and values["fair_trial"] < FEWEST_TO_JUDGE:
        yield "fair_trial", f"must be at least {FEWEST_TO_JUDGE}"
