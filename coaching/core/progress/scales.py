"""The scales of a check-in: what each counts, what counts as a change, and how far one reading swings by itself.

Points are those of the sum of the answers, so that nothing is rounded before it is compared: 1.0 point of the PEG,
which is shown as the mean of its three answers, is 3 points of its sum. Staff can read and change the numbers as
rows of the library; those here hold where a row is missing, and in tests.

Sources: a change that matters: Reed 2024 (PEG, about 1.0 point, so 3 of the sum), Toussaint 2020 (GAD-7, 4 points);
none is established for the GAD-2, nor for our own two questions, which are validated by nobody. How far pain swings
within one person and one week: a standard deviation of about 1.2 of 10 (Page 2022, 140 people). For worry no such
figure is at hand: 2 points of the GAD-7 and 1 of the GAD-2 are our choice, as is 1.2 for our own questions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coaching.core.intake.answers import AnswerError, whole_number
from coaching.core.questions.items import Answers

GAD2_ITEMS = ("gad_1", "gad_2")
GAD7_ITEMS = (*GAD2_ITEMS, "gad_3", "gad_4", "gad_5", "gad_6", "gad_7")
PEG_ITEMS = ("peg_1", "peg_2", "peg_3")
OWN_ITEMS = ("function", "confidence")


@dataclass(frozen=True, kw_only=True)
class Scale:
    """`most` is the highest sum, `important` the least change of the sum that matters, None where none is known.

    `swing`: standard deviation of one reading, in points of the sum. `shown_by` divides the sum for the reader.
    `every` and `steady_every` are the days after which it is asked again, usually and once readings are steady.
    `name`, and `anyway` (what people see without a programme), are texts of the library, in two languages.
    """

    slug: str
    items: tuple[str, ...]
    highest: int
    important: int | None
    swing: float
    every: int
    steady_every: int
    shown_by: int = 1
    is_more_better: bool = False
    name: str = ""
    name_es: str = ""
    anyway: str = ""
    anyway_es: str = ""

    @property
    def most(self) -> int:
        return self.highest * len(self.items)

    @property
    def top(self) -> int:
        """The highest figure that a reader sees."""
        return self.most // self.shown_by

    @property
    def step(self) -> float:
        """The least change that is spoken of: what matters, or the swing of one reading where that is not known."""
        return self.swing if self.important is None else float(self.important)

    def gain(self, earlier: float, later: float) -> float:
        """Points for the better; below 0 it is worse."""
        return later - earlier if self.is_more_better else earlier - later

    def shown(self, points: float) -> str:
        """A sum, or a change of it, as the reader sees it: with a decimal where the scale is shown as a mean."""
        if self.shown_by > 1:
            return f"{points / self.shown_by:.1f}"
        return f"{points:.0f}" if float(points).is_integer() else f"{points:.1f}"


def _own(slug: str) -> Scale:
    return Scale(
        slug=slug, items=(slug,), highest=10, important=None, swing=1.2, every=7, steady_every=28, is_more_better=True
    )


SCALES: Mapping[str, Scale] = {
    one.slug: one
    for one in (
        _own("function"),
        _own("confidence"),
        Scale(slug="peg", items=PEG_ITEMS, highest=10, important=3, swing=3.6, every=7, steady_every=28, shown_by=3),
        Scale(slug="gad7", items=GAD7_ITEMS, highest=3, important=4, swing=2.0, every=14, steady_every=28),
        Scale(slug="gad2", items=GAD2_ITEMS, highest=3, important=None, swing=1.0, every=14, steady_every=28),
    )
}
PAINFUL = frozenset({"peg"})
"""Not asked, drawn or spoken of for somebody who wants to see no number of pain."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was given on one day, added up."""

    on: date
    total: int


def readings_of(scale: Scale, days: Sequence[tuple[date, Answers]]) -> tuple[Reading, ...]:
    """One reading a day on which the whole scale was answered, the last one where there were several; oldest first.

    Nothing is filled in from another day, and half a scale is no reading.
    """
    by_day: dict[date, Reading] = {}
    for on, answers in days:
        total = total_of(scale, answers)
        if total is not None:
            by_day[on] = Reading(on=on, total=total)
    return tuple(by_day[on] for on in sorted(by_day))


def total_of(scale: Scale, answers: Answers) -> int | None:
    """The sum of all answers; None where one is missing or is none of the scale's."""
    total = 0
    for name in scale.items:
        given = _number_given(name, answers.get(name), scale.highest)
        if given is None:
            return None
        total += given
    return total


def _number_given(name: str, value: Any, highest: int) -> int | None:
    if value in (None, ""):
        return None
    try:
        return whole_number(name, value, 0, highest)
    except AnswerError:
        return None
