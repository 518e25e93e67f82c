"""Pacing planner: a start from good and bad days, and steps by plan, not by pain."""

from coaching.core.tools.shapes import Depth, Group, Part, Rows, Tool, choice, day, line, number, text
from content.core.vocabulary import Family, Grade

KINDS_OF_DAY = {"good": "A good day", "bad": "A bad day"}
WENT = {
    "plan": "About as planned",
    "hard": "A hard week",
    "flare": "A flare",
}

PACING_PLANNER = Tool(
    slug="pacing-planner",
    name="Pacing planner",
    one="Plan",
    begin="Make a plan",
    group=Group.DOING,
    family=Family.MOVING,
    good_for="Doing too much on good days and paying for it on bad ones.",
    minutes="5 minutes, then 1 minute a week",
    why=(
        "On a good day you do it all. Then come the days when you can hardly move. Pain decides what you do.",
        "Here you find an amount that you can manage on most days, and let the plan decide. On a good day you stop "
        "when the plan says so. On a bad day you do it too, slower if you need. Each week adds about a tenth.",
    ),
    how_sure="In 13 trials, people with lasting back pain who built up by plan could do more than those who had no "
    "such plan. How far to start below, and a tenth a week, are our own practical choice.",
    grade=Grade.B,
    sources=("lopezu16",),
    technique="pacing",
    is_practice=True,
    lesson="gentle-activity",
    stop="Ease off if pain goes up a lot, or is still up the next day. Stop and get help for a new weak "
    "leg, numbness between the legs, trouble with your bladder, or chest pain.",
    cautions=("If a doctor said no to exercise, or you get chest pain on effort, ask first.",),
    title_from=("activity",),
    parts=(
        Part(
            id="what",
            title="What you want to do",
            items=(
                line("activity", "One activity", hint="Such as: walking, standing to cook, sitting at a desk."),
                line(
                    "unit", "What do you count?", hint="Minutes, steps, stairs. If you leave this out, we say minutes."
                ),
                line("goal_words", "What is it for?", hint="Such as: to walk to my sister’s."),
                number("goal", "How much would be enough?", 1, 10000, hint="The plan stops growing there."),
            ),
        ),
        Part(
            id="start",
            title="What you can do now",
            lead="Try it on a few good and bad days, or think back. Note what you did before you had to stop.",
            items=(
                Rows(
                    id="tries",
                    label="Days I tried it",
                    one="Day",
                    blank=4,
                    most=14,
                    asks=(
                        choice("kind", "What kind of day?", KINDS_OF_DAY),
                        number("amount", "How much?", 0, 10000),
                    ),
                ),
            ),
        ),
        Part(
            id="plan",
            title="How you will do it",
            items=(
                number("days", "On how many days a week?", 1, 7, hint="Five is good, and three is a start."),
                day("from_day", "When does the first week start?", is_today=True),
                text("bad_day", "What will you do on a bad day?", hint="Half of it, not none of it."),
            ),
        ),
        Part(
            id="weeks",
            title="How the weeks went",
            lead="Once a week, add a line. The plan below follows it.",
            depth=Depth.LATER,
            items=(
                Rows(
                    id="weeks",
                    label="Weeks",
                    one="Line",
                    blank=1,
                    most=26,
                    asks=(
                        number("week", "Week number", 1, 26),
                        choice("went", "How did it go?", WENT),
                        number("done", "Days done", 0, 7),
                        line("note", "A note"),
                    ),
                ),
            ),
        ),
    ),
)
