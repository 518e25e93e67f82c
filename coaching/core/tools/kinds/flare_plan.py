"""Flare plan, written in advance: a note from you on a good day. Help now shows it."""

from coaching.core.tools.shapes import Depth, Group, Part, Rows, Tool, line, text
from content.core.vocabulary import Family

FLARE_PLAN = Tool(
    slug="flare-plan",
    name="Flare plan",
    one="Flare plan",
    begin="Write my flare plan",
    group=Group.NIGHTS,
    family=Family.CALMING,
    good_for="Writing to yourself on a good day, for a bad one.",
    minutes="10 minutes, on a good day",
    why=(
        "A flare has a cruel trick. It feels like the first day, and all you have learned goes out of your head.",
        "So do not leave it to your head. Write a short note while things are calm. "
        "Once you are logged in, the newest one stands on the Help now page.",
    ),
    how_sure="We found no trial of a flare plan as such. It is put together from parts that have been tested, "
    "with sense and other people’s experience for glue.",
    sources=("ng59", "french06"),
    lesson="flares-sleep-and-keeping-going",
    stop="If writing it brings a flare to mind too much, write the note alone and leave the rest.",
    cautions=(
        "First check the danger signs on the Help now page. A plan is for a flare you know, not for a new sign.",
        "Medicines: write only what a doctor or pharmacist has agreed with you.",
    ),
    title_from=("note",),
    may_always=True,
    parts=(
        Part(
            id="note",
            title="A note from you on a good day",
            items=(
                text(
                    "note",
                    "Dear me,",
                    hint="What do you know on a good day that you forget on a bad one? How did the last ones end?",
                ),
            ),
        ),
        Part(
            id="first_hour",
            title="The first hour",
            lead="Small things, in order. So small that they are almost silly.",
            items=(
                Rows(
                    id="first",
                    label="First things",
                    one="Thing",
                    blank=3,
                    most=8,
                    asks=(line("do", "I will…", hint="Such as: change position, ten slow breaths, walk to the door."),),
                ),
                line("not_do", "One thing I will not do"),
            ),
        ),
        Part(
            id="day",
            title="The first day",
            items=(
                line("drop", "What I will drop"),
                line("halve", "What I will halve"),
                line("keep", "One thing I will keep"),
            ),
        ),
        Part(
            id="people",
            title="People",
            items=(
                Rows(
                    id="people",
                    label="People I can ask",
                    one="Person",
                    blank=1,
                    most=6,
                    asks=(
                        line("who", "Who?"),
                        line("how", "How to reach them"),
                        line(
                            "say", "Words to send", hint="Such as: bad back day. No need to fix it. Can you do pick-up?"
                        ),
                    ),
                ),
            ),
        ),
        Part(
            id="more",
            title="If you want more on the card",
            depth=Depth.MORE,
            items=(
                text("signs", "How do I know a flare is coming?"),
                text("medicine", "Medicine, as agreed with a doctor or pharmacist"),
                text("easing", "When it eases, where will I start again?", hint="About half of what you did before."),
                text("kind", "Something true and kind, to end with"),
            ),
        ),
    ),
)
