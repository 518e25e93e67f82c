"""Scores of the licensed scales, and what counts as a change.

Every answer is checked before any is added. A missing answer makes the result INCOMPLETE: nothing is
guessed, imputed or scored in part. Bands are those of the scales' authors; PEG has none of its own, so
ours are descriptive only and are read off the sum (low 0 to 11, medium 12 to 20, high 21 to 30), never
off the rounded figure. No result is a diagnosis.

Worked example: PEG 7, 7, 6 has the sum 20: shown as 6.7, medium. A later sum of 17 is a change of -1.0,
which meets the important change of 3 in the sum; a sum of 18 is -0.7 and does not.

Sources: Spitzer 2006 and Kroenke 2009 (GAD-7, PHQ-4), Krebs 2009 (PEG); important change: Toussaint 2020
(GAD-7, 4 points, from a depression trial) and Reed 2024 (PEG, about 1.0). None is established for the
two-item scales and PHQ-4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coaching.core.intake.answers import AnswerError, whole_number
from coaching.core.questions.items import Answers
from content.core.vocabulary import Term


@dataclass(frozen=True)
class Incomplete:
    """At least one answer is missing, so there is no score."""

    words: str = "Not all questions were answered, so there is no score."


INCOMPLETE = Incomplete()


@dataclass(frozen=True, kw_only=True)
class Score:
    """`total` is the sum of the answers; `shown` the figure a person sees, out of `most`."""

    tool: str
    total: int
    most: int
    band: str
    shown: str
    is_positive: bool | None = None

    @property
    def words(self) -> str:
        return f"Your answers are {self._range}. This is not a diagnosis."

    @property
    def _range(self) -> str:
        if self.is_positive is not None:
            place = "at or above" if self.is_positive else "below"
            return f"{place} the mark from which a closer look is often advised"
        if self.tool == "PEG":
            return f"in the {self.band} part of the scale"
        return "in the lowest range" if self.band == "none" else f"in the range many people call {self.band}"


@dataclass(frozen=True, kw_only=True)
class Change:
    """Later minus earlier. `is_important` is None where no important change is established."""

    tool: str
    points: int
    shown: str
    is_important: bool | None
    changes_band: bool


Result = Score | Incomplete

IMPORTANT_CHANGE: Mapping[str, int] = {"GAD-7": 4, "PEG": 3}
POSITIVE_FROM = 3
_GAD7_BANDS = ((0, "minimal"), (5, "mild"), (10, "moderate"), (15, "severe"))
_PHQ4_BANDS = ((0, "none"), (3, "mild"), (6, "moderate"), (9, "severe"))
_PEG_BANDS = ((0, "low"), (12, "medium"), (21, "high"))
_HALF_BANDS = ((0, "negative"), (POSITIVE_FROM, "positive"))


def score_gad7(answers: Sequence[Any]) -> Result:
    return _score("GAD-7", answers, 7, 3, _GAD7_BANDS)


def score_gad2(answers: Sequence[Any]) -> Result:
    return _score("GAD-2", answers, 2, 3, _HALF_BANDS, positive_from=POSITIVE_FROM)


def score_phq2(answers: Sequence[Any]) -> Result:
    return _score("PHQ-2", answers, 2, 3, _HALF_BANDS, positive_from=POSITIVE_FROM)


def score_phq4(answers: Sequence[Any]) -> Result:
    """GAD-2 first, then PHQ-2. Each half has its own result: score them with their own function."""
    return _score("PHQ-4", answers, 4, 3, _PHQ4_BANDS)


def score_peg(answers: Sequence[Any]) -> Result:
    """The sum of three answers from 0 to 10; shown as their mean, to one decimal."""
    return _score("PEG", answers, 3, 10, _PEG_BANDS)


@dataclass(frozen=True, kw_only=True)
class Scores:
    gad2: Result = INCOMPLETE
    phq2: Result = INCOMPLETE
    phq4: Result = INCOMPLETE
    gad7: Result = INCOMPLETE
    peg: Result = INCOMPLETE


def score_all(answers: Answers) -> Scores:
    """Below a GAD-2 of 2 the GAD-7 stays incomplete, unless the person asked for all seven."""
    return Scores(
        gad2=score_gad2(_pick(answers, "gad", 2)),
        phq2=score_phq2(_pick(answers, "phq", 2)),
        phq4=score_phq4(_pick(answers, "gad", 2) + _pick(answers, "phq", 2)),
        gad7=score_gad7(_pick(answers, "gad", 7)),
        peg=score_peg(_pick(answers, "peg", 3)),
    )


def compare(earlier: Result, later: Result) -> Change | None:
    """None when there is nothing to compare: a score is missing, or the two are of different scales."""
    if isinstance(earlier, Incomplete) or isinstance(later, Incomplete) or earlier.tool != later.tool:
        return None
    points = later.total - earlier.total
    enough = IMPORTANT_CHANGE.get(later.tool)
    return Change(
        tool=later.tool,
        points=points,
        shown=f"{points / 3:+.1f}" if later.tool == "PEG" else f"{points:+d}",
        is_important=None if enough is None else abs(points) >= enough,
        changes_band=earlier.band != later.band,
    )


def _pick(answers: Answers, stem: str, count: int) -> list[Any]:
    return [answers.get(f"{stem}_{place}") for place in range(1, count + 1)]


def _score(
    tool: str,
    answers: Sequence[Any],
    count: int,
    high: int,
    bands: Sequence[tuple[int, str]],
    positive_from: int | None = None,
) -> Result:
    if len(answers) > count:
        raise AnswerError(tool, f"There are {count} answers to this scale, not {len(answers)}.")
    given = [whole_number(tool, answer, 0, high) for answer in answers if answer not in (None, "")]
    if len(given) < count:
        return INCOMPLETE
    total = sum(given)
    return Score(
        tool=tool,
        total=total,
        most=count * high,
        band=[name for least, name in bands if total >= least][-1],
        shown=f"{total / 3:.1f}" if tool == "PEG" else f"{total} of {count * high}",
        is_positive=None if positive_from is None else total >= positive_from,
    )


GAD7_ALONE, PHQ2_ALONE = 15, 5
GAD7_BOTH, GAD2_BOTH, PHQ2_BOTH = 10, 3, 3


class Distress(Term):
    """When the scales say that much is hard at once: said once, in a panel of its own, and never as a label.

        GAD-7 of 15 or more      the highest of its four ranges (Spitzer 2006)
        PHQ-2 of 5 or more       near the end of its scale; our own mark, over the 3 that asks for a closer look
        both scales high         GAD-7 of 10 or more (GAD-2 of 3 where only two were answered) and PHQ-2 of 3 or more

    Sources of the marks: evidence section 2a. The plan stays as it is: a person may begin, and should not be alone.
    """

    BOTH = "both", "Your answers on worry and on mood are both high. Living with pain and with both is a lot to carry."
    WORRY = "worry", "Your answers on worry are in the highest range of their scale. Pain is harder to bear with that."
    MOOD = "mood", "Your answers on mood are near the end of their scale. Low mood and pain make each other heavier."


def distress_of(scores: Scores) -> Distress | None:
    worry_high = reaches(scores.gad7, GAD7_BOTH) or (
        isinstance(scores.gad7, Incomplete) and reaches(scores.gad2, GAD2_BOTH)
    )
    if worry_high and reaches(scores.phq2, PHQ2_BOTH):
        return Distress.BOTH
    if reaches(scores.gad7, GAD7_ALONE):
        return Distress.WORRY
    return Distress.MOOD if reaches(scores.phq2, PHQ2_ALONE) else None


def reaches(result: Result, least: int) -> bool:
    return not isinstance(result, Incomplete) and result.total >= least
