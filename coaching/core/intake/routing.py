"""The way through the intake: which steps are open, what still needs an answer, how many taps it takes.

Taps, counted by `taps`: one for each single answer, one for each tick, one for Next on each step. A
person who skips nothing, writes no goal and ticks one line in each list makes 28 taps; 34 when the GAD-7
opens. Reading each line takes longer than tapping it: at 5 seconds a tap that is under three minutes.
"""

from coaching.core.intake.questionnaires import ITEM, STEP, STEPS, Answers, Item, Kind, Step


def open_steps(answers: Answers) -> tuple[Step, ...]:
    return tuple(step for step in STEPS if step.is_open(answers))


def step_after(slug: str, answers: Answers) -> Step | None:
    """The next open step; None after the last."""
    following = STEPS[STEPS.index(STEP[slug]) + 1 :]
    return next((step for step in following if step.is_open(answers)), None)


def step_before(slug: str, answers: Answers) -> Step | None:
    earlier = STEPS[: STEPS.index(STEP[slug])]
    return next((step for step in reversed(earlier) if step.is_open(answers)), None)


def missing(step: Step, answers: Answers) -> tuple[Item, ...]:
    """Items of a step that cannot be skipped and have no answer yet."""
    return tuple(item for item in step.items if item.must_answer and item.id not in answers)


def blocks_plan(answers: Answers) -> tuple[Item, ...]:
    """What must be answered before there can be a plan. The self-harm answer is not kept, so it is not looked for."""
    return tuple(item for step in STEPS for item in missing(step, answers) if item.id != "self_harm")


def taps(answers: Answers) -> int:
    """Taps that give these answers: each single answer, each tick, and Next once a step. Typing is not counted."""
    given = sum(_taps_of(ITEM[name], value) for name, value in answers.items() if name in ITEM)
    return given + len(open_steps(answers))


def _taps_of(item: Item, value: object) -> int:
    if item.kind is Kind.TEXT:
        return 0
    return len(value) if isinstance(value, list | tuple) else 1
