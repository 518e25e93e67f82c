"""The intake: its items in their exact words, its steps, and the way through them.

The wording of the GAD-7, PHQ-2 and PEG items is licensed as printed and is never edited. Every other
item is our own unvalidated routing question: it steers, and is neither a score nor a diagnosis. Codes
of the answers stand in one table in `coaching.core.intake.answers`. `VERSION` is stored with each set of
answers and changes whenever an item, a code or a threshold does.
"""

from coaching.core.person.own_steps import YOURS
from coaching.core.questions.chapters import CONDITIONS, HEALTH_STEPS, SAFETY_NOW, SAFETY_SOON, SAFETY_STEPS
from coaching.core.questions.items import (
    HEALTH,
    SAFETY,
    YES_NO,
    Item,
    Kind,
    Option,
    Step,
    choice,
    often,
    options_of,
    tenths,
    ticks,
)

VERSION = "3"

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
        choice("adult", "Are you 18 or older?", *YES_NO, must_answer=True, help="Unloop is made for adults."),
        Item(
            id="goal",
            kind=Kind.TEXT,
            question="What would you like to do again, or do with more ease?",
            help="In your own words, such as: play on the floor with my children.",
        ),
        ticks("values", "What matters to you?", *options_of(MATTERS), help="Tick as many as you like."),
    ),
)

PAIN = Step(
    slug="pain",
    title="Your pain",
    why="How long it has lasted changes what helps. The numbers let you see change later.",
    credit=PEG_CREDIT,
    items=(
        choice("duration", "How long have you had this back pain?", *options_of(DURATIONS)),
        choice("flare_recent", "Did a flare start in the last 6 weeks?", *YES_NO, only_if=("duration", "comesgoes")),
        tenths(
            "peg_1",
            "What number best describes your pain on average in the past week?",
            "No pain",
            "Pain as bad as you can imagine",
        ),
        tenths(
            "peg_2",
            "What number best describes how, during the past week, pain has interfered with your enjoyment of life?",
            "Does not interfere",
            "Completely interferes",
        ),
        tenths(
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
        often("gad_1", "Feeling nervous, anxious, or on edge"),
        often("gad_2", "Not being able to stop or control worrying"),
        often("phq_1", "Little interest or pleasure in doing things"),
        often("phq_2", "Feeling down, depressed, or hopeless"),
        choice("more_gad", "Ask me five more questions about worry", Option(code="yes", words="Yes, ask me all seven")),
    ),
)

WORRY_MORE = Step(
    slug="worry-more",
    title="More on worry",
    why="With these five the picture of your worry is complete, and you can compare it later.",
    credit=GAD_CREDIT,
    items=(
        often("gad_3", "Worrying too much about different things"),
        often("gad_4", "Trouble relaxing"),
        often("gad_5", "Being so restless that it is hard to sit still"),
        often("gad_6", "Becoming easily annoyed or irritable"),
        often("gad_7", "Feeling afraid, as if something awful might happen"),
    ),
)

BODY = Step(
    slug="body",
    title="Body and thoughts",
    why="These show where your loop is strongest, so that we start there.",
    items=(
        choice("panic", "In the past 4 weeks, have you had a sudden rush of strong fear or panic?", *YES_NO),
        tenths("tension", "How tight or tense do your muscles feel?", "Loose", "As tight as can be"),
        tenths("stuck_thoughts", "How often do worries about your pain get stuck in your mind?", "Never", "Always"),
        tenths(
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
        tenths("sleep", "How well did you sleep over the last 7 nights?", "Very badly", "Very well"),
        tenths(
            "active_days",
            "On how many days last week were you active for 10 minutes or more?",
            "No day",
            "Every day",
            7,
        ),
        ticks(
            "using_now",
            "What do you use for your back now?",
            *options_of(USED),
            Option(code="nothing", words="Nothing", stands_alone=True),
        ),
    ),
)

STEPS = (GOAL, *SAFETY_STEPS, PAIN, MOOD, WORRY_MORE, BODY, DAYS, YOURS, *HEALTH_STEPS)
STEP = {step.slug: step for step in STEPS}
CHAPTERS = {SAFETY: "Safety first", HEALTH: "Your health"}
WHOLE_LISTS = (SAFETY_NOW, SAFETY_SOON, CONDITIONS)
ITEM = {item.id: item for item in (*(item for step in STEPS for item in step.items), *WHOLE_LISTS)}
