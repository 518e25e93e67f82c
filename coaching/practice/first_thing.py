"""For somebody who told too little for a plan: one safe thing to try, and the questions left."""

from dataclasses import dataclass
from datetime import datetime

from coaching.core.intake.again import MEASURING
from coaching.core.intake.questionnaires import CHAPTERS
from coaching.core.intake.routing import is_answered, open_steps
from coaching.core.questions.items import Answers
from coaching.core.questions.items import Step as Questions
from coaching.core.recommend.care import start_rule
from coaching.core.recommend.options import TechniqueFacts
from coaching.plan.plans import Coaching
from coaching.plan.rungs import Step
from content.models import Lesson

CALM_FIRST = "breathing"
"""The practice that asks least: our choice. Where the care rule does not allow it, there is a lesson instead."""
FACTS = "education"


@dataclass(frozen=True, kw_only=True)
class Practice:
    """Something to try, with the step to begin on and what to mind."""

    technique: TechniqueFacts
    step: Step | None
    cautions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Left:
    """Questions that wait: a step, or a chapter as one."""

    address: str
    title: str


@dataclass(frozen=True, kw_only=True)
class FirstThing:
    practice: Practice | None
    lesson: Lesson | None
    left: tuple[Left, ...]


def first_thing(coaching: Coaching, at: datetime) -> FirstThing | None:
    """None for whoever has a plan, or has answered enough to know that nothing stands out."""
    if coaching.recommendation.picks or coaching.snapshot.needs:
        return None
    left = tuple(step for step in open_steps(coaching.answers) if not _is_touched(step, coaching.answers))
    if not set(left).intersection(MEASURING):
        return None
    asked = {step.chapter or step.slug: CHAPTERS.get(step.chapter, step.title) for step in left}
    return FirstThing(
        practice=_practice(coaching),
        lesson=_lesson(coaching, at),
        left=tuple(Left(address=address, title=title) for address, title in asked.items()),
    )


def _is_touched(step: Questions, answers: Answers) -> bool:
    return any(is_answered(item, answers) for item in step.items)


def _practice(coaching: Coaching) -> Practice | None:
    facts = coaching.options.by_slug.get(CALM_FIRST)
    if facts is None or CALM_FIRST in coaching.options.refused:
        return None
    rule = start_rule(facts, coaching.snapshot, coaching.options.cautions_of.get(CALM_FIRST, ()))
    if not rule.may_start:
        return None
    return Practice(technique=facts, step=coaching.steps.of(CALM_FIRST), cautions=rule.warnings)


def _lesson(coaching: Coaching, at: datetime) -> Lesson | None:
    published = [row for row in coaching.knowledge.lessons if row.is_published(at)]
    return next((row for row in published if row.technique_id == FACTS), None)
