"""What happens to people anyway: beside each change stands what others saw who had no programme like this.

These are facts about many people. They never say what one person's change is due to.

    pain    at least 30 % less pain after 3 months with usual care: 20.8 of 100; with an unguided online course 26.6
            (RESOLVE, JAMA 2025, 2,331 people with lasting pain)
    worry   hardly any anxiety left after 10 weeks with written information alone: 34.6 of 100; with a self-guided
            course of talking therapy 71.0 (DaylightRx trial, JAMA Netw Open 2025, 351 people with general anxiety)

For function, for confidence and for the GAD-2 no such figure is at hand, and none is given.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Course:
    """Of 100 people: who got there without a programme (`anyway`), and with one used alone (`with_course`)."""

    anyway: int
    with_course: int
    weeks: int
    people: int
    source: str


COURSES: Mapping[str, Course] = {
    "peg": Course(anyway=21, with_course=27, weeks=13, people=2331, source="RESOLVE, JAMA 2025"),
    "gad7": Course(anyway=35, with_course=71, weeks=10, people=351, source="DaylightRx, JAMA Network Open 2025"),
}
