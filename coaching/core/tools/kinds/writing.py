"""Expressive writing: a few minutes of plain words for what weighs, with a gentle stop."""

from coaching.core.tools.shapes import Group, Part, Tool, line, tenths, text, yes
from content.core.vocabulary import Family, Grade

WRITING = Tool(
    slug="writing",
    name="Write it out",
    one="Page",
    begin="Start a page",
    group=Group.THOUGHTS,
    family=Family.THINKING,
    good_for="Something that weighs on you and has nowhere to go.",
    minutes="10 to 15 minutes, then stop",
    why=(
        "Some things are easier to carry once they are in words.",
        "Write as it comes. Spelling does not matter, and no one will read it. "
        "You may keep the page, or let the words go when you are done.",
    ),
    how_sure="We have no study of this for back pain or worry on our list. Some people like it and some do not. "
    "See how it is for you.",
    grade=Grade.D,
    technique="cbt_thought",
    stop="Stop when your time is up. Stop sooner if it gets too much. Then stand up, feel your feet, look around, "
    "and do one ordinary thing, such as making tea.",
    cautions=(
        "It can leave you sad or stirred up for a while. Choose something of middle size, not the worst thing.",
        "If old trauma comes up, do not do this alone. Do it with a therapist at your side.",
        "Not right before bed.",
    ),
    title_from=("about",),
    parts=(
        Part(
            id="before",
            title="Before",
            items=(
                line("about", "What is it about?", hint="A word or two, so that you find it again. Or leave it out."),
                tenths("weight", "How heavy does it feel?", "Light", "As heavy as can be"),
            ),
        ),
        Part(
            id="page",
            title="The page",
            items=(
                text(
                    "page",
                    "Write as it comes",
                    hint="What happened? What did you feel? What would you like someone to know?",
                    dropped_by="let_go",
                ),
                yes("let_go", "Let the words go: do not keep them, only keep that I wrote"),
            ),
        ),
        Part(
            id="after",
            title="After",
            items=(
                tenths("weight_after", "How heavy does it feel now?", "Light", "As heavy as can be"),
                line("kind", "One kind thing for the next hour"),
            ),
        ),
    ),
)
