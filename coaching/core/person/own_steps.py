"""The step that is all our own: where it sits, what turns it up, what was tried, what one would rather do.

Every question may be left out. None is a scale, none has a score: they choose between techniques (`leads`).
"""

from coaching.core.person.told import CAN_BE_TRIED, MOST_TRIGGERS, Place, Rather, Trigger, Went
from coaching.core.questions.items import Option, Show, Step, options_of, ticks
from content.core.vocabulary import Term

CREDIT = "These four are our own questions, not a tested scale. Answer any of them, or none."


def _terms(kind: type[Term]) -> tuple[Option, ...]:
    return options_of({term.value: term.label for term in kind})


TRIED = tuple(
    Option(code=f"{slug}:{went}", words=f"{went.label}", of=name)
    for slug, name in CAN_BE_TRIED.items()
    for went in Went
)
YOURS = Step(
    slug="yours",
    title="What you know of it",
    why="You know your pain best. A few taps here make the plan more yours.",
    credit=CREDIT,
    items=(
        ticks("place", "Where does it sit?", *_terms(Place), show=Show.BODY, help="Tap the picture, or use the list."),
        ticks("triggers", "What turns it up?", *_terms(Trigger), most=MOST_TRIGGERS, help="Choose up to three."),
        ticks("rather", "What would you rather do?", *_terms(Rather), help="It helps us choose between near equals."),
        ticks(
            "tried",
            "What have you tried, and how did it go?",
            *TRIED,
            show=Show.TABLE,
            help="What made it worse, we leave out until you ask for it.",
        ),
    ),
)
