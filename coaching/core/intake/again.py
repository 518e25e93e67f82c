"""Answering again: what was given on a day, and what is known with it.

The answers of a day are those given on it, no more. None in them stands for an answer that was taken back. What is
known is the last answer to each question (`with_day`); danger signs alone are never carried on.

Two ways lead back. To *change* an answer is to correct it: what is sent as it stood is not given anew. A *check-in*
measures anew: the scales come empty, an answer counts as given even where it is what it was, and what is skipped
stays as it was told last. A scale of several questions that was begun anew has no answer from another day in it, as
its total would belong to neither.
"""

from typing import Any

from coaching.core.intake.groups import SAFETY_ITEMS
from coaching.core.intake.questionnaires import BODY, DAYS, MOOD, PAIN, WORRY_MORE
from coaching.core.questions.chapters import SAFETY_STEPS
from coaching.core.questions.items import Answers, Kind, Step

MEASURING = (PAIN, MOOD, WORRY_MORE, BODY, DAYS)
CHECK_IN = (*SAFETY_STEPS, *MEASURING)
"""The steps of a check-in, danger first."""

MEASURED = frozenset(item.id for step in MEASURING for item in step.items if item.kind is Kind.SCALE) | {
    "panic",
    "flare_recent",
    "more_gad",
}
"""What may have changed since: the scales, and what asks for the last days or weeks."""

SCALES = (
    ("peg_1", "peg_2", "peg_3"),
    ("gad_1", "gad_2", "gad_3", "gad_4", "gad_5", "gad_6", "gad_7", "more_gad"),
    ("phq_1", "phq_2"),
)
"""Questions whose answers are added up."""


def with_day(before: Answers, day: Answers, *, is_check_in: bool) -> dict[str, Any]:
    """The last known answers, with those of a day that came after them."""
    kept = {name: value for name, value in before.items() if name not in SAFETY_ITEMS}
    if is_check_in:
        begun = {name for scale in SCALES if any(day.get(one) is not None for one in scale) for name in scale}
        kept = {name: value for name, value in kept.items() if name not in begun}
    return {name: value for name, value in {**kept, **day}.items() if value is not None}


def given_on(day: Answers, new: Answers, before: Answers, *, is_check_in: bool) -> dict[str, Any]:
    """The answers of a day with what one step found; `before` is what was known when the day began."""
    kept = {name: value for name, value in day.items() if name not in new}
    told = {name: value for name, value in new.items() if _is_given(name, value, before, is_check_in=is_check_in)}
    return {**kept, **told}


def _is_given(name: str, value: Any, before: Answers, *, is_check_in: bool) -> bool:
    if name in SAFETY_ITEMS or (is_check_in and name in MEASURED):
        return value is not None
    return bool(value != before.get(name))


def to_show(known: Answers, day: Answers, *, is_check_in: bool) -> dict[str, Any]:
    """What the questions come filled in with."""
    hidden = MEASURED.difference(day) if is_check_in else frozenset()
    return {name: value for name, value in known.items() if name not in hidden}


def next_in_check_in(step: Step, answers: Answers) -> Step | None:
    """What is measured after a step; None after the last."""
    if step not in CHECK_IN:
        return None
    following = CHECK_IN[CHECK_IN.index(step) + 1 :]
    return next((one for one in following if one.is_open(answers)), None)


def open_in_check_in(answers: Answers) -> tuple[Step, ...]:
    return tuple(step for step in CHECK_IN if step.is_open(answers))
