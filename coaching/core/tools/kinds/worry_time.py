"""Worry postponement: note a worry now, meet it at a set time, see what was left of it."""

from coaching.core.tools.shapes import Depth, Group, Part, Tool, choice, clock, line, tenths, text
from content.core.vocabulary import Family, Grade

DRAWERS = {
    "act": "Mine, and I can act",
    "wait": "Mine, and I must wait",
    "leave": "Not mine to carry",
    "unsure": "I do not know yet",
}
LEFT = {
    "nothing": "Nothing. It had gone flat",
    "less": "Less than before",
    "same": "The same",
    "more": "More than before",
}

WORRY_TIME = Tool(
    slug="worry-time",
    name="Worry time",
    one="Worry",
    begin="Put a worry down for later",
    group=Group.THOUGHTS,
    family=Family.THINKING,
    good_for="Worries that turn up at all hours, or keep you awake.",
    minutes="1 minute now, 20 to 30 minutes at your worry time",
    why=(
        "You cannot stop worry by being told to stop. You can change when you do it.",
        "Note the worry in a few words. Tell it a time and a place. When the time comes, sit down and go "
        "through your list. Cross off what has gone flat. When the time is up, stand up.",
    ),
    how_sure="In one small study of 53 people, a set half hour a day for 2 weeks cut worry and anxiety, and sleep got "
    "better. When 7 studies were put together the gains were small, and most people in them had no anxiety disorder.",
    grade=Grade.B,
    sources=("mcgowan13", "worry24"),
    technique="cbt_worry",
    is_practice=True,
    lesson="thoughts-and-worry",
    stop="Stop when the time is up, or sooner if it pulls you down. Leave the gravest worries for a time when "
    "someone is with you.",
    cautions=("If something about your body is new, do not put it off. Ask a person whose job it is.",),
    title_from=("worry",),
    parts=(
        Part(
            id="now",
            title="Now: set it down",
            items=(
                text("worry", "What is the worry?", hint="A few words are enough. You will come back to it."),
                tenths("size", "How big does it feel?", "Tiny", "As big as can be"),
                clock(
                    "at_time",
                    "When will you meet it?",
                    hint="The same time each day, at least two hours before bed.",
                    is_carried=True,
                ),
                line("place", "Where?", hint="Not your bed, and not your favourite chair.", is_carried=True),
            ),
        ),
        Part(
            id="then",
            title="At your worry time: what was left of it?",
            lead="Come back to this part later.",
            depth=Depth.LATER,
            items=(
                choice("left", "What is left of it?", LEFT),
                tenths("size_after", "How big does it feel now?", "Tiny", "As big as can be"),
                choice("drawer", "Which drawer does it belong in?", DRAWERS),
                line(
                    "next_step", "If you can act: the very next step", hint="What, who, when. So small that it is easy."
                ),
            ),
        ),
    ),
)
