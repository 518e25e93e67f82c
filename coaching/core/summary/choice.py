"""What a person chooses to put on a summary: which parts, of how many weeks, and who they say they are.

Nothing is on it that was not ticked. What is in somebody's own words is a part of its own, and unticked at first.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEKS = (2, 4, 12, 26, 52)
USUAL_WEEKS = 12
LONGEST_NAME, LONGEST_QUESTION, MOST_QUESTIONS = 80, 160, 4
LONGEST_GOAL, LONGEST_STEP, LONGEST_TREATMENT, LONGEST_AMOUNT = 200, 160, 60, 40
"""In signs, so that all of it stays on one page that is read in a minute."""


class Part(StrEnum):
    SCORES = "scores"
    PAIN = "pain"
    """Numbers of pain: the PEG scale. Unticked for whoever wants to see none."""

    PRACTISED = "practised"
    DANGER = "danger"
    UNWANTED = "unwanted"
    TREATMENTS = "treatments"
    NEXT = "next"
    GOAL_WORDS = "goal_words"
    TREATMENT_WORDS = "treatment_words"
    STEP_WORDS = "step_words"


OWN_WORDS = frozenset({Part.GOAL_WORDS, Part.TREATMENT_WORDS, Part.STEP_WORDS})
"""What somebody typed for themselves. Questions are typed for the summary, so writing one is choosing it."""

USUAL_PARTS = frozenset(Part) - OWN_WORDS
STANDS_IN = {Part.PAIN: Part.SCORES, Part.TREATMENT_WORDS: Part.TREATMENTS}
"""What is told within another part, and so is not told where that one was not ticked."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """`name` and `born` are given for this summary alone, and empty unless the person gives them."""

    parts: frozenset[Part] = USUAL_PARTS
    weeks: int = USUAL_WEEKS
    name: str = ""
    born: date | None = None
    questions: tuple[str, ...] = ()
    language: str = "en"

    def begins(self, today: date) -> date:
        """The first day that counts; `today` is the last."""
        return today - timedelta(weeks=self.weeks) + timedelta(days=1)

    def holds(self, on: date, today: date) -> bool:
        return self.begins(today) <= on <= today

    def has(self, part: Part) -> bool:
        return {part, STANDS_IN.get(part, part)} <= self.parts
