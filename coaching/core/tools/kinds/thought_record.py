"""Thought record: catch a scary thought, look at both sides, find a fairer one.

The shapes of a scary thought are those of the lesson on CBT; the quick record is its first
and last step, the full one all five.
"""

from coaching.core.tools.shapes import Depth, Group, Part, Tool, line, percent, tenths, text, ticks
from content.core.vocabulary import Family, Grade

PAIN_TRAPS = {
    "worst": "The worst case: “I will end up unable to walk.”",
    "feeling": "Feeling as fact: “It hurts, so I must be harming it.”",
    "never": "Always and never: “It never eases.”",
    "glass": "Made of glass: “One wrong move and it will go.”",
    "rule": "The rule: “I must keep going until it is done.”",
}
WORRY_TRAPS = {
    "forecast": "The forecast: “I know it will go wrong.”",
    "all": "All or nothing: “If I cannot do it all, why start?”",
    "minds": "Reading minds: “They think I am lazy.”",
    "certain": "Must be sure: “I cannot rest until I know.”",
    "blame": "All my fault: “I brought this on myself.”",
}

THOUGHT_RECORD = Tool(
    slug="thought-record",
    name="Thought record",
    one="Thought record",
    begin="Write a quick record",
    begin_full="Write a full record",
    group=Group.THOUGHTS,
    family=Family.THINKING,
    good_for="A scary thought about pain or worry that keeps coming back.",
    minutes="2 minutes quick, 20 minutes full",
    why=(
        "Nobody picks their first thought. A mind that knows pain guards you by guessing the worst.",
        "On paper you can ask the guess some questions. Is it right? Is it the whole story? "
        "Then you look for a line that is fair to all the facts. It need not be cheerful.",
    ),
    how_sure="Courses that teach this gave small but real help with pain, distress and daily life. The guideline asks "
    "for at least 6 weeks. No study on our list tested a thought record by itself.",
    grade=Grade.B,
    sources=("cg113", "williams20", "ho22"),
    technique="cbt_thought",
    is_practice=True,
    lesson="cbt",
    stop="Stop if it pulls you down. Get up, drink some water, look out of the window. You can come back or not.",
    cautions=(
        "A record cannot tell you if a pain is safe. Get a new or changed pain checked.",
        "If old trauma comes up each time you write, do this with a therapist at your side.",
    ),
    title_from=("thought", "situation"),
    parts=(
        Part(
            id="catch",
            title="Catch it",
            items=(
                text(
                    "thought",
                    "What went through your mind?",
                    hint="Just as it came, in plain words. Such as: my back is going to give way.",
                ),
                percent("sure", "How much do you believe it right now?", hint="From 0 (not at all) to 100 (fully)."),
            ),
        ),
        Part(
            id="shape",
            title="Does it have a shape?",
            lead="Scary thoughts are common, and they tend to come in a few shapes. You need not find one.",
            items=(
                ticks("traps_pain", "Thoughts about pain", PAIN_TRAPS),
                ticks("traps_worry", "Thoughts about other worries", WORRY_TRAPS),
                ticks("traps_own", "Shapes you named yourself", {}, own="Add a shape of your own"),
            ),
        ),
        Part(
            id="scene",
            title="What was going on",
            depth=Depth.MORE,
            items=(
                line("situation", "Where were you, and what had just happened?"),
                line("feeling", "What did you feel?", hint="One word may do: scared, angry, sad."),
                tenths("strength", "How strong was it?", "Hardly there", "As strong as can be"),
                line("body", "Where in your body?"),
            ),
        ),
        Part(
            id="sides",
            title="Both sides",
            lead="Write what a camera would have seen.",
            depth=Depth.MORE,
            items=(
                text("for_it", "What speaks for the thought?"),
                text(
                    "against_it", "What does not fit with it?", hint="A time it did not come true. A day it was less."
                ),
                text("friend", "What would you say to a good friend who had this thought?"),
            ),
        ),
        Part(
            id="fair",
            title="A fairer line",
            lead="One that you can at least half believe.",
            items=(
                text(
                    "fairer",
                    "A line that is fair to all the facts",
                    hint="Such as: this hurts, and it has eased before.",
                ),
                percent("sure_after", "How much do you believe the first thought now?", hint="Any number is fine."),
            ),
        ),
        Part(
            id="act",
            title="One small thing",
            depth=Depth.MORE,
            items=(
                line("next_step", "What small thing fits the fairer line?", hint="Such as: carry one light bag."),
                tenths("strength_after", "How strong is the feeling now?", "Hardly there", "As strong as can be"),
            ),
        ),
    ),
)
