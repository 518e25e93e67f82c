"""Problem solving in five steps: name it, gather ideas, weigh them, do one, look back."""

from coaching.core.tools.shapes import Depth, Group, Part, Rows, Tool, day, line, tenths, text
from content.core.vocabulary import Family

PROBLEM_SOLVING = Tool(
    slug="problem-solving",
    name="Solve it in five steps",
    one="Problem",
    begin="Start with one problem",
    group=Group.DOING,
    family=Family.THINKING,
    good_for="A real problem that you can do something about.",
    minutes="10 to 15 minutes",
    why=(
        "Worry goes round and round. Solving a problem goes somewhere.",
        "Name it small, gather ideas before you judge them, choose one, do it, and look back. "
        "If there is nothing you can do, worry time or a talk with someone may fit better.",
    ),
    how_sure="Many self-help courses teach this. Whole courses gave small but real help. "
    "No study on our list tested this part by itself.",
    sources=("cg113", "williams20"),
    technique="cbt_thought",
    lesson="thoughts-and-worry",
    stop="Stop when you have a next step, or when you are going in circles. Both are a good place to stop.",
    title_from=("problem",),
    parts=(
        Part(
            id="name",
            title="1. Name it",
            items=(
                text("problem", "What is the problem?", hint="One thing, in plain words. What, who, when, where?"),
                text("better", "What would be a bit better than now?"),
            ),
        ),
        Part(
            id="ideas",
            title="2. Gather ideas",
            lead="Silly ones too. Judge them later.",
            items=(
                Rows(
                    id="ideas",
                    label="Ideas",
                    one="Idea",
                    blank=3,
                    most=12,
                    asks=(
                        line("idea", "The idea"),
                        line("good", "What speaks for it?", later=True),
                        line("bad", "What speaks against it?", later=True),
                    ),
                ),
            ),
        ),
        Part(
            id="choose",
            title="3. Choose one",
            items=(line("chosen", "Which one will you try?", hint="Good enough will do. It need not be the best."),),
        ),
        Part(
            id="do",
            title="4. Do it",
            items=(
                line("first_step", "What is the very first step?", hint="So small that you could do it with a cold."),
                day("on", "On which day?"),
                line("hurdle", "What could get in the way?"),
                line("then", "If it does, what will you do?"),
                line("who", "Who could help?"),
            ),
        ),
        Part(
            id="look",
            title="5. Look back",
            lead="Come back to this part when you have tried it.",
            depth=Depth.LATER,
            items=(
                text("happened", "How did it go?"),
                tenths("helped", "How much did it help?", "Not at all", "A great deal"),
                line("next_step", "What now?", hint="Keep it, change it, or try the next idea."),
            ),
        ),
    ),
)
