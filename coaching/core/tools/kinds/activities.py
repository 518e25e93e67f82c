"""Pleasant and valued activities: small things that give joy or matter, planned and looked back on."""

from coaching.core.intake.questionnaires import MATTERS
from coaching.core.tools.shapes import Group, Part, Rows, Tool, choice, line, tenths, text
from content.core.vocabulary import Family

DONE = {"yes": "Yes", "part": "In part", "no": "Not this time"}

ACTIVITIES = Tool(
    slug="activities",
    name="Good things, on purpose",
    one="Week",
    begin="Plan a few good things",
    group=Group.DOING,
    family=Family.MOVING,
    good_for="Days that have shrunk to chores, rest and pain.",
    minutes="5 minutes to plan",
    why=(
        "Pain takes things away bit by bit, and often the nicest go first.",
        "Plan a few small things that you enjoy, or that matter to you. Do them whether you feel like it or not, "
        "in the size that fits today. Then see how they were.",
    ),
    how_sure="Doing more of what matters is a part of many courses for pain and low mood. "
    "No study on our list tested this part by itself.",
    sources=("williams20",),
    lesson="moving-again",
    stop="This is not homework. Leave out what feels like a burden, and make the rest smaller.",
    cautions=("Stay within what your body and your plan allow. A small version counts.",),
    title_from=("week",),
    parts=(
        Part(
            id="plan",
            title="The plan",
            lead="Two or three are plenty. Five minutes each is fine.",
            items=(
                line("week", "A name for this plan", hint="Such as: first week of May."),
                Rows(
                    id="things",
                    label="Good things",
                    one="Thing",
                    blank=3,
                    most=14,
                    asks=(
                        line("what", "What?", hint="Such as: tea with Ann, ten minutes with the guitar."),
                        choice("matters", "What does it serve?", MATTERS),
                        line("when", "When?"),
                        tenths("expect", "How good do you think it will be?", hint="0 to 10"),
                        choice("done", "Did you do it?", DONE, later=True),
                        tenths("joy", "How good was it?", hint="0 to 10", later=True),
                        tenths("worth", "How much did it matter to you?", hint="0 to 10", later=True),
                    ),
                ),
            ),
        ),
        Part(
            id="back",
            title="Looking back",
            items=(text("learned", "What would you like more of?"),),
        ),
    ),
)
