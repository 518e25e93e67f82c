"""Which model keeps which kind of library file."""

from content.models import (
    Caution,
    ConditionText,
    CrisisLine,
    DangerSign,
    DemandCaution,
    Evidence,
    EvidenceCard,
    Guide,
    Ladder,
    Lesson,
    LessonVariant,
    Picture,
    Reference,
    Row,
    StepRule,
    StoryPerson,
    Technique,
    Tip,
)

MODELS: dict[str, type[Row]] = {
    "reference": Reference,
    "person": StoryPerson,
    "picture": Picture,
    "condition": ConditionText,
    "crisis_line": CrisisLine,
    "danger_sign": DangerSign,
    "card": EvidenceCard,
    "technique": Technique,
    "evidence": Evidence,
    "caution": Caution,
    "demand_caution": DemandCaution,
    "lesson": Lesson,
    "variant": LessonVariant,
    "guide": Guide,
    "ladder": Ladder,
    "step_rule": StepRule,
    "tip": Tip,
}
NOUNS_OF_MODELS = {model: noun for noun, model in MODELS.items()}
