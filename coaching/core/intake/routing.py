"""The way through the intake: which steps are open, what still needs an answer, how many taps it takes.

Taps, counted by `taps`: one for each single answer, one for each tick, one for Next on each step. A
person who skips nothing, writes no goal, ticks one line in each list, and has no danger sign and no condition
makes 38 taps; 44 when the GAD-7 opens. At 4 seconds a tap, reading counted in, that is under three minutes.
"""

from collections.abc import Sequence

from coaching.core.intake.questionnaires import STEP, STEPS
from coaching.core.questions.items import Answers, Item, Kind, Step


def open_steps(answers: Answers) -> tuple[Step, ...]:
    return tuple(step for step in STEPS if step.is_open(answers))


def step_after(slug: str, answers: Answers) -> Step | None:
    """The next open step; None after the last."""
    following = STEPS[STEPS.index(STEP[slug]) + 1 :]
    return next((step for step in following if step.is_open(answers)), None)


def missing(step: Step, answers: Answers) -> tuple[Item, ...]:
    """Items of a step that cannot be skipped and have no answer yet."""
    return tuple(item for item in step.items if item.must_answer and not is_answered(item, answers))


def is_answered(item: Item, answers: Answers) -> bool:
    """The answer on self-harm is not kept; that it was given is."""
    return item.id in answers or (item.id == "self_harm" and "asked_directly" in answers)


def blocks_plan(answers: Answers) -> tuple[Item, ...]:
    """What must be answered before there can be a plan."""
    return tuple(item for step in STEPS for item in missing(step, answers))


def way_from(step: Step, answers: Answers) -> tuple[Step, ...]:
    """What is asked of somebody who answered all before and now changes one part: that part, and danger anew."""
    part = tuple(one for one in open_steps(answers) if one is step or (step.chapter and one.chapter == step.chapter))
    return part if step.is_safety else (*part, *(one for one in STEPS if one.is_safety))


def taps(answers: Answers, steps: Sequence[Step] = STEPS) -> int:
    """Taps that give these answers: each single answer, each tick, and Next once a step. Typing is not counted.

    On a screen of a chapter the answer itself leads on: "None of these" and each answer to a single question
    are buttons. Only ticks are followed by Next.
    """
    return sum(_taps_on(step, answers) for step in steps if step.is_open(answers))


def _taps_on(step: Step, answers: Answers) -> int:
    given = [(item, answers[item.id]) for item in step.items if item.id in answers]
    count = sum(_taps_of(item, value) for item, value in given)
    is_button = bool(step.chapter) and all(_is_button(item, value) for item, value in given)
    return max(count, 1) if is_button else count + 1


def _is_button(item: Item, value: object) -> bool:
    return item.kind is Kind.CHOICE or value in (["none"], ["skip"])


def _taps_of(item: Item, value: object) -> int:
    if item.kind is Kind.TEXT:
        return 0
    return len(value) if isinstance(value, list | tuple) else 1
