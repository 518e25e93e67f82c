"""Sleep diary: two lines each morning, around one regular time to get up.

It never shortens the time in bed: sleep restriction is not for self-help (evidence, section 4).
Hours are asked only of those who want them, as counting them can keep a person awake.
"""

from coaching.core.tools.shapes import Depth, Group, Part, Tool, clock, day, line, number, tenths
from content.core.vocabulary import Family, Grade

SLEEP_DIARY = Tool(
    slug="sleep-diary",
    name="Sleep diary",
    one="Night",
    begin="Note last night",
    begin_full="Note the times as well",
    group=Group.NIGHTS,
    family=Family.SLEEPING,
    good_for="Nights that are short, broken or never at the same time.",
    minutes="1 minute, in the morning",
    why=(
        "Getting up at about the same time each day is the nail that the rest hangs on. Going to bed can float.",
        "Each morning write two lines: when you got up, and how your sleep was. Do it in the morning, not at night.",
    ),
    how_sure="A course of sleep training (CBT for insomnia) is strongly advised by sleep doctors. In people with "
    "lasting pain it helped sleep a good deal and pain a little. The trials tested the whole course, not a diary.",
    grade=Grade.A_MINUS,
    sources=("aasm21", "selvan21"),
    technique="sleep",
    is_practice=True,
    lesson="sleep",
    stop="Stop if the diary makes you watch your sleep. Then keep only the time to get up.",
    cautions=(
        "This diary never tells you to spend less time in bed. Do not try that by yourself.",
        "Ask a doctor if you snore hard and stop breathing, or fall asleep by day without meaning to.",
    ),
    title_from=(),
    parts=(
        Part(
            id="morning",
            title="Two lines",
            lead="If you sleep by day, use the day on which you got up.",
            items=(
                day("on", "The day you got up", is_today=True, is_not_future=True),
                clock(
                    "wake_goal",
                    "The time you want to get up",
                    hint="One time for every day. Your anchor.",
                    is_carried=True,
                ),
                clock("up", "When did you get up?"),
                tenths("sleep", "How was your sleep?", "As bad as can be", "As good as can be"),
            ),
        ),
        Part(
            id="times",
            title="The times, if you want them",
            lead="No need. If counting hours keeps you awake, leave this part out.",
            depth=Depth.MORE,
            items=(
                clock("lights_out", "When did you turn out the light?"),
                clock("woke", "When did you wake for the last time?"),
                number("to_sleep", "About how many minutes until you slept?", 0, 600),
                number("awake", "About how many minutes awake in the night?", 0, 900),
                line("note", "A note", hint="Such as: pain at four, late coffee, baby up."),
            ),
        ),
    ),
)
