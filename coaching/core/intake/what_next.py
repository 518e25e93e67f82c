"""Where somebody stands in the questions, and what comes next for them.

A `Standing` is worked out from what is kept (`coaching.intake.intakes`). From it alone follows which step is asked,
shown again or skipped, and when the questions are at an end: a view has nothing to decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from coaching.core.intake.again import MEASURED, next_in_check_in, open_in_check_in
from coaching.core.intake.groups import signs_in
from coaching.core.intake.questionnaires import CHAPTERS, STEP
from coaching.core.intake.routing import blocks_plan, is_answered, open_steps, step_after, way_from
from coaching.core.intake.safety import read_safety
from coaching.core.questions.items import HEALTH, SAFETY, Answers, Step
from content.core.vocabulary import Level


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a person is in the intake, with the answers to show.

    `told` are these with what the last finished answers hold and nobody has asked again yet. `is_open`: there are
    answers that are not finished. `is_again`: all was answered once before, so one part can be changed alone.
    `is_check_in`: the scales are, or were last, asked anew. `is_refused`: what was just sent came from a page that is
    out of date and would have ended what was told since, so it was not kept.
    """

    answers: dict[str, Any]
    told: dict[str, Any] = field(default_factory=dict)
    safety_round: int
    level: Level | None
    is_open: bool = False
    is_again: bool = False
    is_check_in: bool = False
    is_refused: bool = False

    @property
    def is_checking_in(self) -> bool:
        return self.is_open and self.is_check_in

    @property
    def needs_extra_care(self) -> bool:
        return self.told.get("extra_care") is True

    @property
    def is_under_age(self) -> bool:
        return self.told.get("adult") == "no"


class Then(Enum):
    ASK = "ask the step"
    SHOW_AGAIN = "show the step again, as it stands now"
    CALL = "show whom to call"
    RESULT = "show the result, which is there already"
    FINISH = "finish, make a plan and show it"
    NOT_FOR_MINORS = "show the page for whoever is not of age"


@dataclass(frozen=True, kw_only=True)
class WhatNext:
    """`step` is there to be asked or shown again."""

    then: Then
    step: Step | None = None


# --- After a step was sent ---------------------------------------------------------------


def what_next(standing: Standing, step: Step) -> WhatNext:
    """After a step was saved, from the standing that this led to."""
    if standing.is_refused:
        is_now = standing.level is Level.NOW
        return WhatNext(then=Then.CALL) if is_now else WhatNext(then=Then.SHOW_AGAIN, step=step)
    if not standing.is_open:
        # Finished meanwhile, by a second click or in another tab.
        return WhatNext(then=Then.RESULT)
    if standing.is_under_age:
        return WhatNext(then=Then.NOT_FOR_MINORS)
    following = _following(standing, step)
    return WhatNext(then=Then.ASK, step=following) if following else WhatNext(then=Then.FINISH)


def _following(standing: Standing, step: Step) -> Step | None:
    """What is asked next; None when all that a plan needs was answered.

    Whoever answered it all before changes one part, and is asked the danger signs alone again; a check-in goes on
    to the scales.
    """
    if standing.is_checking_in:
        return next_in_check_in(step, standing.answers) or _first_missing(standing)
    after = step_after(step.slug, standing.answers)
    if standing.is_again and not (after and after.chapter == step.chapter == HEALTH):
        after = None
    return after or _first_missing(standing)


def _first_missing(standing: Standing) -> Step | None:
    names = {item.id for item in blocks_plan(standing.answers)}
    return next((step for step in STEP.values() if names & {item.id for item in step.items}), None)


def repeats_the_end(standing: Standing, step: Step, given: Answers, *, is_old_page: bool) -> bool:
    """A second click on what has just finished the questions: it brings again what is kept already."""
    if standing.is_open or not standing.answers:
        return False
    if step.is_safety:
        return is_old_page and says_what_is_known(standing, given)
    if standing.is_check_in:
        following, skipped = next_in_check_in(step, standing.answers), MEASURED
    else:
        following, skipped = step_after(step.slug, standing.answers), frozenset[str]()
    kept = {name: value for name, value in given.items() if value is not None or name not in skipped}
    return following is None and all(standing.answers.get(name) == value for name, value in kept.items())


def says_what_is_known(standing: Standing, given: Answers) -> bool:
    """Whether answers to a safety question are those that stand already."""
    said = given.get("self_harm")
    if said:
        return (said != "no") == standing.needs_extra_care
    return all(set(told or ()) - {"none"} == signs_in(standing.told, group) for group, told in given.items())


# --- Where to go on ----------------------------------------------------------------------


def what_to_show(standing: Standing, address: str, levels: Mapping[str, Level]) -> WhatNext:
    """For whoever opens the address of a step or of a chapter. `levels` are the library's, by sign."""
    is_of_danger = address == SAFETY or (address in STEP and STEP[address].is_safety)
    if standing.level is Level.NOW and not is_of_danger:
        return WhatNext(then=Then.CALL)
    if address in CHAPTERS:
        return WhatNext(then=Then.ASK, step=screen_of(standing, address, levels))
    step = STEP[address]
    if not step.is_open(standing.answers):
        return WhatNext(then=Then.ASK, step=first_open(standing))
    return WhatNext(then=Then.SHOW_AGAIN, step=step)


def screen_of(standing: Standing, chapter: str, levels: Mapping[str, Level]) -> Step:
    """Where a chapter goes on: at what ended everything else, at what waits for an answer, or at its beginning."""
    steps = [step for step in open_steps(standing.answers) if step.chapter == chapter]
    alarms = [step for step in steps if chapter == SAFETY and _holds_alarm(standing, step, levels)]
    waiting = [step for step in steps if not _is_touched(step, standing)]
    return (alarms or waiting or steps)[0]


def _holds_alarm(standing: Standing, step: Step, levels: Mapping[str, Level]) -> bool:
    told = {item.id: standing.answers.get(item.id) for item in step.items}
    return read_safety(told, levels).is_emergency


def first_open(standing: Standing) -> Step:
    """Where to go on: the first step with nothing answered, or what is missing, or the last."""
    steps = open_in_check_in(standing.answers) if standing.is_checking_in else open_steps(standing.answers)
    untouched = [step for step in steps if not _is_touched(step, standing)]
    return untouched[0] if untouched else _first_missing(standing) or steps[-1]


def _is_touched(step: Step, standing: Standing) -> bool:
    return any(is_answered(item, standing.answers) for item in step.items)


def way_of(standing: Standing, step: Step) -> tuple[Step, ...]:
    """All that this person is asked from here, this step with it, so that the progress counts honestly."""
    if standing.is_checking_in:
        return open_in_check_in(standing.answers)
    return way_from(step, standing.answers) if standing.is_again else open_steps(standing.answers)


@dataclass(frozen=True, kw_only=True)
class PartToChange:
    address: str
    title: str


def parts_to_change(standing: Standing) -> tuple[PartToChange, ...]:
    """What can be changed alone: each step, and each chapter as one."""
    steps = open_steps(standing.answers)
    titles = {step.chapter or step.slug: CHAPTERS.get(step.chapter, step.title) for step in steps}
    return tuple(PartToChange(address=address, title=title) for address, title in titles.items())
