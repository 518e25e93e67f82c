"""The two chapters of short screens: the danger signs and the conditions, one group a screen.

Danger signs come in five groups and one direct question. Each group has its own "None of these", so that none is
passed over; a sign that needs care now acts the moment it is ticked. Conditions come in five groups of the same
kind. The whole lists of cohort files, of the simulator and of older answers stand beside them.

Source: evidence sections 2b, 3a, 3b and 4.
"""

from collections.abc import Mapping

from coaching.core.questions.items import HEALTH, NONE, SAFETY, SKIP, YES_NO, Item, Step, choice, ticks
from content.core.vocabulary import Condition

GROUPS: Mapping[str, tuple[str, ...]] = {
    "signs_below": ("saddle_numbness", "bladder_bowel", "sexual_function", "both_legs", "leg_weakness"),
    "signs_fall": ("serious_fall", "small_fall_severe", "small_fall", "pregnancy_signs"),
    "signs_chest": ("chest_pain", "chest_effort", "tearing_pain", "aneurysm_sudden", "belly_pulse"),
    "signs_ill": ("fever_very_unwell", "fever", "weak_immune", "kidney", "weight_loss", "cancer_history"),
    "signs_pain": ("night_pain", "cough_pain", "between_shoulders", "lump_shape", "morning_stiffness"),
}
"""The signs by the question that asks for them: short lists, each with an answer of its own."""

LAST_GROUP = "signs_pain"
"""Here a sign is asked that only the library knows."""

SAFETY_WHY = "Most back pain is not dangerous. A few signs need a check first, so we ask about them before all else."
ASKS_SIGNS = "Does any of this fit you today?"
ACTS_AT_ONCE = "Some ticks show you at once whom to call."


def _signs(slug: str, title: str, name: str) -> Step:
    item = ticks(
        name,
        ASKS_SIGNS,
        NONE,
        must_answer=True,
        asks_library="danger_signs",
        among=GROUPS[name],
        help=ACTS_AT_ONCE,
    )
    return Step(slug=slug, title=title, why=SAFETY_WHY, items=(item,), chapter=SAFETY)


SELF_HARM = choice(
    "self_harm",
    "Are you having thoughts of ending your life or hurting yourself?",
    *YES_NO,
    SKIP,
    must_answer=True,
    help="We ask everyone. No one reads your answer, so we cannot send help. If it is yes, we show who can.",
)
SAFETY_STEPS = (
    _signs("below-the-waist", "Below the waist", "signs_below"),
    _signs("after-a-fall", "After a fall, or pregnant", "signs_fall"),
    _signs("chest-and-tummy", "Chest, tummy, sudden pain", "signs_chest"),
    _signs("feeling-ill", "Feeling ill", "signs_ill"),
    _signs("how-the-pain-is", "How the pain is", "signs_pain"),
    Step(slug="one-direct-question", title="One direct question", why=SAFETY_WHY, items=(SELF_HARM,), chapter=SAFETY),
)


def _whole(name: str, question: str) -> Item:
    return ticks(name, question, NONE, must_answer=True, asks_library="danger_signs")


SAFETY_NOW = _whole("safety_now", "Signs that need care now or today")
SAFETY_SOON = _whole("safety_soon", "Signs to have checked")

HEALTH_WHY = "Some techniques are not safe with some conditions. We leave those out, and say so."
ASKS_HEALTH = "Do you live with any of these?"
MAY_SKIP = "If you would rather not say, we leave out all that any of these would rule out."

HEALTH_GROUPS: Mapping[str, tuple[Condition, ...]] = {
    "health_heart": (
        Condition.LUNG,
        Condition.ASTHMA,
        Condition.HEART,
        Condition.EFFORT_CHEST,
        Condition.FAINTING,
        Condition.BLOOD_PRESSURE,
        Condition.STROKE,
        Condition.PREGNANCY,
    ),
    "health_bones": (
        Condition.FRACTURE,
        Condition.SURGERY,
        Condition.OSTEOPOROSIS,
        Condition.INFLAMMATORY,
        Condition.LEG_NERVE,
        Condition.NUMBNESS,
        Condition.FALLS,
        Condition.VERTIGO,
        Condition.CANCER_AREA,
    ),
    "health_blood": (
        Condition.GLAUCOMA,
        Condition.CIRCULATION,
        Condition.CLOT,
        Condition.BLEEDING,
        Condition.RAYNAUD,
        Condition.SKIN,
        Condition.SWELLING,
        Condition.PATCH,
    ),
    "health_stomach": (
        Condition.ULCER,
        Condition.KIDNEY,
        Condition.LIVER,
        Condition.BOWEL,
        Condition.NSAID_REACTION,
        Condition.ANTICOAGULANT,
        Condition.OPIOIDS,
        Condition.CHICKENPOX,
        Condition.OVER_65,
    ),
    "health_mind": (
        Condition.EPILEPSY,
        Condition.BIPOLAR,
        Condition.APNOEA,
        Condition.SAFETY_JOB,
        Condition.RELAX_ANXIOUS,
        Condition.TRAUMA,
        Condition.PSYCHOSIS,
    ),
}
"""The conditions by the question that asks for them."""


def _conditions(slug: str, title: str, name: str) -> Step:
    among = tuple(condition.value for condition in HEALTH_GROUPS[name])
    item = ticks(name, ASKS_HEALTH, NONE, SKIP, asks_library="conditions", among=among, help=MAY_SKIP)
    return Step(slug=slug, title=title, why=HEALTH_WHY, items=(item,), chapter=HEALTH)


HEALTH_STEPS = (
    _conditions("heart-and-lungs", "Heart, lungs, pregnancy", "health_heart"),
    _conditions("bones-and-nerves", "Bones, back and nerves", "health_bones"),
    _conditions("eyes-blood-and-skin", "Eyes, blood and skin", "health_blood"),
    _conditions("stomach-and-medicines", "Stomach, kidneys, medicines", "health_stomach"),
    _conditions("mind-sleep-and-work", "Mind, sleep and work", "health_mind"),
)
CONDITIONS = ticks("conditions", ASKS_HEALTH, NONE, SKIP, asks_library="conditions")
"""The whole list, as cohort files, the simulator and older answers hold it."""
