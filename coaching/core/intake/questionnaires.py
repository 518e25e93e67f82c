"""The intake: its items in their exact words, its steps, and the way through them.

The wording of the GAD-7, PHQ-2 and PEG items is licensed as printed and is never edited. Every other
item is our own unvalidated routing question: it steers, and is neither a score nor a diagnosis. Codes
of the answers stand in one table in `coaching.core.intake.answers`. `VERSION` is stored with each set of
answers and changes whenever an item, a code or a threshold does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

VERSION = "1"

Answers = Mapping[str, Any]
"""Item id -> cleaned answer; an item that was skipped is not in it."""


class Kind(StrEnum):
    SCALE = "scale"
    CHOICE = "choice"
    TICKS = "ticks"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class Option:
    code: str
    words: str
    stands_alone: bool = False


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question. `low` and `high` bound a scale. `asks_library` names the rows that bring more options."""

    id: str
    kind: Kind
    question: str
    stem: str = ""
    help: str = ""
    options: tuple[Option, ...] = ()
    low: int = 0
    high: int = 10
    low_words: str = ""
    high_words: str = ""
    must_answer: bool = False
    asks_library: str = ""
    only_if: tuple[str, str] | None = None
    longest: int = 300

    def is_asked(self, answers: Answers) -> bool:
        """A follow-up is asked only after the answer it follows."""
        return self.only_if is None or answers.get(self.only_if[0]) == self.only_if[1]


@dataclass(frozen=True, kw_only=True)
class Step:
    slug: str
    title: str
    why: str
    items: tuple[Item, ...]
    credit: str = ""

    def is_open(self, answers: Answers) -> bool:
        return self.slug != "worry-more" or opens_gad7(answers)


PRIVACY_CARD = (
    "Your answers stay on this site. They are locked before they are kept.",
    "No one reads them and no one watches. We cannot send help.",
    "You need no account. You can skip, stop or delete it all at any time.",
)

GAD_CREDIT = (
    "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational "
    "grant from Pfizer Inc. No permission required to reproduce, translate, display or distribute."
)
PEG_CREDIT = "PEG scale: Krebs EE and colleagues, 2009. J Gen Intern Med 24:733-8. doi:10.1007/s11606-009-0981-1"

TWO_WEEKS = "Over the last 2 weeks, how often have you been bothered by the following problems?"
YES_NO = (Option(code="no", words="No"), Option(code="yes", words="Yes"))
NONE = Option(code="none", words="None of these", stands_alone=True)
SKIP = Option(code="skip", words="Prefer not to say", stands_alone=True)


def _choice(name: str, question: str, *options: Option, **more: Any) -> Item:
    return Item(id=name, kind=Kind.CHOICE, question=question, options=options, **more)


def _often(name: str, question: str) -> Item:
    words = ("Not at all", "Several days", "More than half the days", "Nearly every day")
    options = tuple(Option(code=str(code), words=text) for code, text in enumerate(words))
    return Item(id=name, kind=Kind.SCALE, stem=TWO_WEEKS, question=question, options=options, high=3)


def _tenths(name: str, question: str, low: str, high: str, most: int = 10) -> Item:
    return Item(id=name, kind=Kind.SCALE, question=question, high=most, low_words=low, high_words=high)


def _ticks(name: str, question: str, *options: Option, **more: Any) -> Item:
    return Item(id=name, kind=Kind.TICKS, question=question, options=options, **more)


def _options(pairs: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code=code, words=words) for code, words in pairs.items())


MATTERS = {
    "family": "Time with family",
    "friends": "Friends and company",
    "work": "Work or study",
    "home": "My home and daily tasks",
    "body": "Moving and being outdoors",
    "play": "Hobbies and fun",
    "rest": "Rest and good sleep",
    "faith": "Faith or spirit",
    "learning": "Learning and making things",
    "giving": "Helping others",
}
DURATIONS = {
    "under6": "Under 6 weeks",
    "6to12": "6 to 12 weeks",
    "over12": "Over 12 weeks",
    "comesgoes": "It comes and goes",
}
USED = {
    "rest": "Rest",
    "medicine": "Medicine",
    "massage": "Massage",
    "chiropractor": "Chiropractor",
    "heat": "Heat",
    "cold": "Cold",
    "movement": "Movement or exercise",
    "relaxation": "Relaxation",
    "talking": "Talking therapy",
}

GOAL = Step(
    slug="goal",
    title="What matters to you",
    why="A plan works better when it leads to something you care about. Your own words come back on your plan.",
    items=(
        _choice("adult", "Are you 18 or older?", *YES_NO, must_answer=True, help="Unloop is made for adults."),
        Item(
            id="goal",
            kind=Kind.TEXT,
            question="What would you like to do again, or do with more ease?",
            help="In your own words, such as: play on the floor with my children.",
        ),
        _ticks("values", "What matters to you?", *_options(MATTERS), help="Tick as many as you like."),
    ),
)

SAFETY = Step(
    slug="safety",
    title="Safety first",
    why="Most back pain is not dangerous. A few signs need a check first, so we ask about them before all else.",
    items=(
        _ticks(
            "safety_now", "Do any of these apply to you today?", NONE, must_answer=True, asks_library="danger_signs"
        ),
        _ticks("safety_soon", "And do any of these apply to you?", NONE, must_answer=True, asks_library="danger_signs"),
        _choice(
            "self_harm",
            "Are you having thoughts of ending your life or hurting yourself?",
            *YES_NO,
            SKIP,
            must_answer=True,
            help="We ask everyone. No one reads your answer, so we cannot send help. If it is yes, we show who can.",
        ),
    ),
)

PAIN = Step(
    slug="pain",
    title="Your pain",
    why="How long it has lasted changes what helps. The numbers let you see change later.",
    credit=PEG_CREDIT,
    items=(
        _choice("duration", "How long have you had this back pain?", *_options(DURATIONS)),
        _choice("flare_recent", "Did a flare start in the last 6 weeks?", *YES_NO, only_if=("duration", "comesgoes")),
        _tenths(
            "peg_1",
            "What number best describes your pain on average in the past week?",
            "No pain",
            "Pain as bad as you can imagine",
        ),
        _tenths(
            "peg_2",
            "What number best describes how, during the past week, pain has interfered with your enjoyment of life?",
            "Does not interfere",
            "Completely interferes",
        ),
        _tenths(
            "peg_3",
            "What number best describes how, during the past week, pain has interfered with your general activity?",
            "Does not interfere",
            "Completely interferes",
        ),
    ),
)

MOOD = Step(
    slug="mood",
    title="Worry and mood",
    why="Worry and low mood can turn pain up, and pain can turn them up. These four questions are widely used.",
    credit=GAD_CREDIT,
    items=(
        _often("gad_1", "Feeling nervous, anxious, or on edge"),
        _often("gad_2", "Not being able to stop or control worrying"),
        _often("phq_1", "Little interest or pleasure in doing things"),
        _often("phq_2", "Feeling down, depressed, or hopeless"),
        _choice(
            "more_gad", "Ask me five more questions about worry", Option(code="yes", words="Yes, ask me all seven")
        ),
    ),
)

WORRY_MORE = Step(
    slug="worry-more",
    title="More on worry",
    why="With these five the picture of your worry is complete, and you can compare it later.",
    credit=GAD_CREDIT,
    items=(
        _often("gad_3", "Worrying too much about different things"),
        _often("gad_4", "Trouble relaxing"),
        _often("gad_5", "Being so restless that it is hard to sit still"),
        _often("gad_6", "Becoming easily annoyed or irritable"),
        _often("gad_7", "Feeling afraid, as if something awful might happen"),
    ),
)

BODY = Step(
    slug="body",
    title="Body and thoughts",
    why="These show where your loop is strongest, so that we start there.",
    items=(
        _choice("panic", "In the past 4 weeks, have you had a sudden rush of strong fear or panic?", *YES_NO),
        _tenths("tension", "How tight or tense do your muscles feel?", "Loose", "As tight as can be"),
        _tenths("stuck_thoughts", "How often do worries about your pain get stuck in your mind?", "Never", "Always"),
        _tenths(
            "avoid",
            "How much do you avoid moving because you fear it will harm your back?",
            "Not at all",
            "As much as I can",
        ),
    ),
)

DAYS = Step(
    slug="days",
    title="Your days and nights",
    why="Sleep, moving and the care you use now all act on pain. They also set where to begin.",
    items=(
        _tenths("sleep", "How well did you sleep over the last 7 nights?", "Very badly", "Very well"),
        _tenths(
            "active_days",
            "On how many days last week were you active for 10 minutes or more?",
            "No day",
            "Every day",
            7,
        ),
        _ticks(
            "using_now",
            "What do you use for your back now?",
            *_options(USED),
            Option(code="nothing", words="Nothing", stands_alone=True),
        ),
    ),
)

HEALTH = Step(
    slug="health",
    title="Your health",
    why="Some techniques are not safe with some conditions. We leave those out, and say so.",
    items=(
        _ticks(
            "conditions",
            "Do you live with any of these?",
            NONE,
            SKIP,
            asks_library="conditions",
            help="If you would rather not say, we leave out everything that any of these would rule out.",
        ),
    ),
)

STEPS = (GOAL, SAFETY, PAIN, MOOD, WORRY_MORE, BODY, DAYS, HEALTH)
STEP = {step.slug: step for step in STEPS}
ITEM = {item.id: item for step in STEPS for item in step.items}


def opens_gad7(answers: Answers) -> bool:
    """The rest of the GAD-7 opens at a GAD-2 of 2 or more, or when the person asks for it."""
    first_two = (answers.get("gad_1"), answers.get("gad_2"))
    return answers.get("more_gad") == "yes" or sum(value for value in first_two if isinstance(value, int)) >= 2
