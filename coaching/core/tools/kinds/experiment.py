"""Behavioural experiment: a bet before, a test in the real world, and what was learned."""

from coaching.core.tools.shapes import Depth, Group, Part, Tool, line, percent, text
from content.core.vocabulary import Family

EXPERIMENT = Tool(
    slug="experiment",
    name="Test it for real",
    one="Test",
    begin="Plan a test",
    group=Group.THOUGHTS,
    family=Family.THINKING,
    good_for="A thought that will not shift on paper.",
    minutes="5 minutes to plan, and the test itself",
    why=(
        "Fear makes promises. A test lets you put them in writing, and then look.",
        "Choose something that matters to you, that is safe for you, and that is only a little hard. "
        "One test tells you a little. Five tests tell you a lot.",
    ),
    how_sure="Testing a thought is a part of CBT. Whole courses gave small but real help. "
    "No study on our list tested this part by itself.",
    sources=("cg113", "williams20"),
    technique="cbt_thought",
    minds="exposure",
    lesson="cbt",
    stop="You may stop a test at any point. Stopping tells you something too. Stop and get help for a new weak leg, "
    "numbness between the legs, trouble with your bladder, or chest pain.",
    cautions=(
        "Do not use a test to find out if a new pain is safe. Get it checked.",
        "Do not bring on panic, chest feelings or dizziness on purpose. That is for a trained person.",
    ),
    title_from=("thought", "test"),
    parts=(
        Part(
            id="bet",
            title="The thought and the bet",
            items=(
                text("thought", "What is the thought?", hint="Such as: if I sit through the film, I cannot stand up."),
                text("expect", "What exactly do you think will happen?", hint="Something a camera could see."),
                percent("sure", "How sure are you?", hint="From 0 (it will not) to 100 (it will)."),
            ),
        ),
        Part(
            id="test",
            title="The test",
            items=(
                text(
                    "test",
                    "What will you do, where and when?",
                    hint="Such as: 40 minutes in the back row, by the door.",
                ),
                line("guard", "What little helper could you leave at home?", hint="A held breath, a hand on the back."),
            ),
        ),
        Part(
            id="after",
            title="Afterwards: what happened?",
            lead="Come back to this part after the test.",
            depth=Depth.LATER,
            items=(
                text("happened", "What happened?", hint="Stick to what a camera would have seen."),
                percent("came_true", "How much of your bet came true?", hint="From 0 (none of it) to 100 (all of it)."),
                percent("sure_after", "If you did it again, how sure would you be?", hint="From 0 to 100."),
                text("learned", "What do you make of it?"),
                line("next_test", "What could the next test be?"),
            ),
        ),
    ),
)
