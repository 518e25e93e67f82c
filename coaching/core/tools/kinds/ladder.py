"""Graded exposure ladder: small steps to a feared move, with the fear before and after each try."""

from coaching.core.tools.shapes import Ask, Depth, Group, Kind, Part, Rows, Tool, day, line, tenths, text
from content.core.vocabulary import Family, Grade

LADDER = Tool(
    slug="ladder",
    name="Ladder of small steps",
    one="Ladder",
    begin="Build a ladder",
    group=Group.DOING,
    family=Family.MOVING,
    good_for="A move that you avoid because it scares you.",
    minutes="10 minutes to build, a few minutes a try",
    why=(
        "It makes sense to protect a sore back. Small steps can rebuild trust.",
        "Start with what you want. Then write 5 to 10 smaller versions, each a bit easier than the one above. "
        "Begin low, at a 2 or a 3. Do each step on three or four days, until it is dull. "
        "Dull is what trust feels like.",
    ),
    how_sure="Across 13 trials, people with lasting back pain who built up step by step could do more. "
    "Exercise and team care eased fear of moving. How many steps and how many tries are rules of thumb.",
    grade=Grade.B,
    sources=("lopezu16", "mcald20"),
    technique="exposure",
    is_practice=True,
    lesson="moving-again",
    stop="You may stop at any point. If it is still worse after a day or two, go one step down. Stop and get help "
    "for a new weak leg, numbness between the legs, trouble with your bladder, or chest pain.",
    cautions=(
        "For a pain of only a week or two you do not need a ladder yet.",
        "Do not bring on panic, chest feelings or dizziness on purpose. That is for a trained person.",
    ),
    title_from=("want",),
    parts=(
        Part(
            id="top",
            title="The top",
            items=(
                line("want", "I want to be able to…", hint="Such as: kneel on the floor."),
                line("so_that", "So that I can…", hint="Such as: plant the beans."),
            ),
        ),
        Part(
            id="steps",
            title="The steps",
            lead="Less far, less heavy, less long, slower, or in an easier place. The order does not matter: "
            "we sort them by fear.",
            items=(
                Rows(
                    id="steps",
                    label="Steps",
                    one="Step",
                    blank=5,
                    most=12,
                    keyed=True,
                    asks=(
                        line("words", "What will you do?"),
                        tenths("fear", "How much does it scare you?", hint="The fear from 0 to 10, not the pain."),
                    ),
                ),
            ),
        ),
        Part(
            id="tries",
            title="My tries",
            lead="Before a try, say what you expect. Afterwards, say what happened.",
            depth=Depth.LATER,
            items=(
                Rows(
                    id="tries",
                    label="Tries",
                    one="Try",
                    blank=1,
                    most=40,
                    asks=(
                        Ask(id="step", label="Which step?", kind=Kind.CHOICE, line_of="steps"),
                        day("on", "Which day?", is_not_future=True),
                        line("expect", "What do you expect?"),
                        tenths("before", "Fear before", hint="0 to 10"),
                        tenths("after", "Fear after", hint="0 to 10"),
                        line("happened", "What happened?"),
                    ),
                ),
                text("learned", "What will you tell yourself next time?"),
            ),
        ),
    ),
)
