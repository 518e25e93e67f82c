"""What the intake takes as an answer, and nothing else.

Cleaned answers are plain values that JSON can hold. A cohort file uses the same ids and codes:

    item                          answer
    adult                         "yes", "no"
    goal                          text, at most 300 characters
    values                        list of: family friends work home body play rest faith learning giving
    signs_below, signs_fall, signs_chest, signs_ill, signs_pain
                                  list of danger sign ids of that group, or ["none"]
    safety_now, safety_soon       the same signs as two whole lists, or ["none"]: cohort files, older answers
    self_harm                     "no", "yes", "skip" (prefer not to say); acted on, never stored
    asked_directly                true; stands in stored answers once self_harm was answered, whatever the answer
    extra_care                    true; stands in stored answers for a self_harm of "yes" or "skip" alike
    duration                      "under6", "6to12", "over12", "comesgoes"
    flare_recent                  "yes", "no"; asked after "comesgoes"
    peg_1 .. peg_3                0 to 10
    gad_1 .. gad_7, phq_1, phq_2  0 to 3
    more_gad                      "yes"
    panic                         "yes", "no"
    tension, stuck_thoughts, avoid, sleep    0 to 10 (10 is the best sleep)
    active_days                   0 to 7
    using_now                     list of: rest medicine massage chiropractor heat cold movement relaxation
                                  talking, or ["nothing"]
    place                         list of: neck shoulders upper_back low_back hips legs
    triggers                      at most 3 of: sitting bending bad_night overdoing stress alone meaning nowhere
    rather                        list of: quiet move write listen shown
    tried                         list of technique:went, went one of helped nothing worse ("walking:helped")
    health_heart, health_bones, health_blood, health_stomach, health_mind
                                  list of condition ids of that group, or ["none"], or ["skip"]
    conditions                    the same conditions as one whole list: cohort files, older answers

A skipped item is left out. "None" beside a real tick is dropped: the tick is what counts.
"""

import re
from collections.abc import Collection, Sequence
from typing import Any

from coaching.core.intake.questionnaires import ITEM
from coaching.core.intake.signs import LEAST_LEVEL
from coaching.core.questions.items import Answers, Item, Kind
from content.core.vocabulary import DERIVED_CONDITIONS, Condition

_WHOLE = re.compile(r"0|[1-9][0-9]?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
BUILT_IN = {
    "danger_signs": frozenset(LEAST_LEVEL),
    "conditions": frozenset(condition.value for condition in Condition) - DERIVED_CONDITIONS,
}


class AnswerError(ValueError):
    """An answer that cannot be taken: `item` is the item's id, `words` says what to do about it."""

    def __init__(self, item: str, words: str) -> None:
        super().__init__(f"{item}: {words}")
        self.item = item
        self.words = words


def clean(name: str, raw: Any, also_known: Collection[str] = ()) -> Any:
    """The answer to keep, or None when a skippable item was left empty; raises AnswerError.

    `also_known` adds ids that the library brings to a tick list (danger signs that staff added).
    """
    item = ITEM.get(name)
    if item is None:
        raise AnswerError(name, "There is no such question.")
    return clean_item(item, raw, also_known)


def clean_item(item: Item, raw: Any, also_known: Collection[str] = ()) -> Any:
    """The same for a question that is at hand."""
    if raw is None or raw == "" or raw == [] or raw == ():
        return _left_empty(item)
    return _CLEANERS[item.kind](item, raw, also_known)


def clean_all(raw: Answers, also_known: Collection[str] = ()) -> dict[str, Any]:
    """Every answer of a whole set, as a cohort file holds it; skipped ones are left out."""
    cleaned = {name: clean(name, value, also_known) for name, value in raw.items() if name != "extra_care"}
    kept = {name: value for name, value in cleaned.items() if value is not None}
    return kept | ({"extra_care": True} if raw.get("extra_care") is True else {})


def storable(answers: Answers) -> dict[str, Any]:
    """The answers without the one on self-harm.

    "Yes" and "prefer not to say" leave the same mark, so that the record cannot tell which it was, and
    what is not safe alone in a crisis still stays out of the plan.
    """
    kept = {name: value for name, value in answers.items() if name != "self_harm"}
    if answers.get("self_harm"):
        kept["asked_directly"] = True
    if answers.get("self_harm") in ("yes", "skip"):
        kept["extra_care"] = True
    elif answers.get("self_harm") == "no":
        kept.pop("extra_care", None)
    return kept


def whole_number(name: str, raw: Any, low: int, high: int) -> int:
    """A whole number from `low` to `high`, as an int or as its plain digits; raises AnswerError."""
    if isinstance(raw, str) and _WHOLE.fullmatch(raw):
        raw = int(raw)
    if type(raw) is not int or not low <= raw <= high:
        raise AnswerError(name, f"Choose one whole number from {low} to {high}.")
    return raw


def _left_empty(item: Item) -> None:
    if item.must_answer:
        none = item.kind is Kind.TICKS
        raise AnswerError(item.id, "Tick what fits, or press None of these." if none else "Choose one answer.")


def _scale(item: Item, raw: Any, also_known: Collection[str]) -> int:
    return whole_number(item.id, raw, item.low, item.high)


def _choice(item: Item, raw: Any, also_known: Collection[str]) -> str:
    if not isinstance(raw, str) or raw not in {option.code for option in item.options}:
        raise AnswerError(item.id, "Choose one of the answers shown.")
    return raw


def _ticks(item: Item, raw: Any, also_known: Collection[str]) -> list[str]:
    ticks = [raw] if isinstance(raw, str) else raw
    if not isinstance(ticks, Sequence) or not all(isinstance(tick, str) for tick in ticks):
        raise AnswerError(item.id, "Tick the lines that apply.")
    if len(set(ticks)) != len(ticks):
        raise AnswerError(item.id, "Tick each line once.")
    alone = [option.code for option in item.options if option.stands_alone]
    known = {option.code for option in item.options} | _built_in(item) | set(also_known)
    if not known.issuperset(ticks):
        raise AnswerError(item.id, "Tick only the lines shown.")
    real = [tick for tick in ticks if tick not in alone]
    if item.most and len(real) > item.most:
        raise AnswerError(item.id, f"Choose {item.most} at most.")
    return [*sorted(real), *(["skip"] if "skip" in ticks else [])] or [ticks[0]]


def _built_in(item: Item) -> frozenset[str]:
    return frozenset(item.among) or BUILT_IN.get(item.asks_library, frozenset())


def _text(item: Item, raw: Any, also_known: Collection[str]) -> str | None:
    if not isinstance(raw, str) or _CONTROL.search(raw):
        raise AnswerError(item.id, "Write plain text.")
    text = raw.replace("\r\n", "\n").strip()
    if len(text) > item.longest:
        raise AnswerError(item.id, f"This is {len(text)} characters long, and {item.longest} fit. Nothing was cut off.")
    return text or None


_CLEANERS = {Kind.SCALE: _scale, Kind.CHOICE: _choice, Kind.TICKS: _ticks, Kind.TEXT: _text}
