"""The fifty scoring cases of the evidence file (section 2c), in its order."""

from typing import Any

import pytest

from coaching.core.intake.answers import AnswerError
from coaching.core.intake.questionnaires import ITEM
from coaching.core.intake.scores import (
    INCOMPLETE,
    Result,
    Score,
    compare,
    score_all,
    score_gad2,
    score_gad7,
    score_peg,
    score_phq2,
    score_phq4,
)
from coaching.core.questions.items import opens_gad7
from tests.coaching.makers import answers

ERROR = "error"
INCOMPLETE_RESULT = "incomplete"


def told(result: Result) -> str:
    if not isinstance(result, Score):
        return INCOMPLETE_RESULT
    shown = result.shown if result.tool == "PEG" else str(result.total)
    return f"{shown} {result.band}"


def gad7(*values: Any) -> str:
    return told(score_gad7(values))


def gad2(*values: Any) -> str:
    """The result, and whether the rest of the GAD-7 opens."""
    opens = opens_gad7({"gad_1": values[0], "gad_2": values[1]})
    return told(score_gad2(values)) + (", opens" if opens else "")


def phq4(*values: Any) -> str:
    halves = told(score_gad2(values[:2])), told(score_phq2(values[2:]))
    return f"{told(score_phq4(values))}; anxiety {halves[0]}; mood {halves[1]}"


def peg(*values: Any) -> str:
    return told(score_peg(values))


def untouched_peg(*shown: int) -> str:
    """A scale that was drawn but never touched sends nothing: no item has an answer to begin with."""
    assert not any(hasattr(ITEM[f"peg_{place}"], "default") for place in (1, 2, 3))
    return told(score_peg(["" for _ in shown]))


def gad7_with_difficulty(*values: Any) -> str:
    """The form's eighth, unscored question is not an item of ours; its answer goes nowhere."""
    given = {f"gad_{place}": value for place, value in enumerate(values[:7], start=1)}
    return told(score_all({**answers(), **given, "difficulty": values[7]}).gad7)


def gad7_and_gad2(*values: Any) -> str:
    return f"{gad7(*values)}; GAD-2 {told(score_gad2(values[:2]))}"


def change(tool: str, earlier: Any, later: Any) -> str:
    found = compare(scored(tool, earlier), scored(tool, later))
    assert found is not None
    band = "band differs" if found.changes_band else "same band"
    return f"{found.shown}, {'meets' if found.is_important else 'below'}, {band}"


def scored(tool: str, total: int) -> Result:
    """A result of this total, the answers spread as evenly as they go."""
    count, score = (7, score_gad7) if tool == "GAD-7" else (3, score_peg)
    return score([total // count + (place < total % count) for place in range(count)])


def mixed_change(earlier: Any, later: Any) -> str:
    return "no comparison" if compare(score_gad2(earlier), score_gad7(later)) is None else "compared"


CASES = [
    (1, gad7, (0, 0, 0, 0, 0, 0, 0), "0 minimal"),
    (2, gad7, (1, 1, 1, 1, 0, 0, 0), "4 minimal"),
    (3, gad7, (1, 1, 1, 1, 1, 0, 0), "5 mild"),
    (4, gad7, (2, 2, 2, 1, 1, 1, 0), "9 mild"),
    (5, gad7, (2, 2, 2, 2, 1, 1, 0), "10 moderate"),
    (6, gad7, (2, 2, 2, 2, 2, 2, 2), "14 moderate"),
    (7, gad7, (3, 2, 2, 2, 2, 2, 2), "15 severe"),
    (8, gad7, (3, 3, 3, 3, 3, 3, 3), "21 severe"),
    (9, gad7, (1, 1, 1, 1, 1, 1, 1), "7 mild"),
    (10, gad7, (2, 1, 1, 1, 1, 1, 1), "8 mild"),
    (11, gad7_and_gad2, (0, 0, 3, 3, 3, 3, 3), "15 severe; GAD-2 0 negative"),
    (12, gad7_and_gad2, (3, 3, 0, 0, 0, 0, 0), "6 mild; GAD-2 6 positive"),
    (13, gad7, (2, 2, 2, 2, 2, 2, ""), INCOMPLETE_RESULT),
    (14, gad7, (1, 1, 1, 1, 1, 1, 1, 1), ERROR),
    (15, gad7_with_difficulty, (2, 2, 2, 1, 1, 1, 0, "very"), "9 mild"),
    (16, gad7, (4, 0, 0, 0, 0, 0, 0), ERROR),
    (17, gad7, (-1, 0, 0, 0, 0, 0, 0), ERROR),
    (18, gad7, (1.5, 1, 1, 1, 1, 1, 1), ERROR),
    (19, gad7, ("1", "1", "1", "1", "1", "0", "0"), "5 mild"),
    (20, gad7, (True, False, True, False, True, False, True), ERROR),
    (21, gad7, (), INCOMPLETE_RESULT),
    (22, gad7, (1, 1, 1), INCOMPLETE_RESULT),
    (23, gad2, (0, 0), "0 negative"),
    (24, gad2, (1, 1), "2 negative, opens"),
    (25, gad2, (2, 0), "2 negative, opens"),
    (26, gad2, (1, 0), "1 negative"),
    (27, gad2, (1, 2), "3 positive, opens"),
    (28, gad2, (0, 3), "3 positive, opens"),
    (29, gad2, (3, 3), "6 positive, opens"),
    (30, gad2, (3, ""), f"{INCOMPLETE_RESULT}, opens"),
    (31, phq4, (3, 3, 0, 0), "6 moderate; anxiety 6 positive; mood 0 negative"),
    (32, phq4, (0, 0, 3, 0), "3 mild; anxiety 0 negative; mood 3 positive"),
    (33, phq4, (1, 1, 1, 1), "4 mild; anxiety 2 negative; mood 2 negative"),
    (34, peg, (0, 0, 0), "0.0 low"),
    (35, peg, (10, 10, 10), "10.0 high"),
    (36, peg, (1, 0, 0), "0.3 low"),
    (37, peg, (10, 0, 0), "3.3 low"),
    (38, peg, (4, 4, 3), "3.7 low"),
    (39, peg, (4, 4, 4), "4.0 medium"),
    (40, peg, (7, 7, 6), "6.7 medium"),
    (41, peg, (7, 7, 7), "7.0 high"),
    (42, peg, (5, "", 5), INCOMPLETE_RESULT),
    (43, peg, (11, 5, 5), ERROR),
    (44, peg, (5.5, 5, 5), ERROR),
    (45, untouched_peg, (5, 5, 5), INCOMPLETE_RESULT),
    (46, change, ("PEG", 20, 17), "-1.0, meets, same band"),
    (47, change, ("PEG", 20, 18), "-0.7, below, same band"),
    (48, change, ("GAD-7", 14, 10), "-4, meets, same band"),
    (49, change, ("GAD-7", 5, 4), "-1, below, band differs"),
    (50, mixed_change, ((1, 1), (1, 1, 1, 1, 1, 1, 1)), "no comparison"),
]


def test_all_fifty_cases_are_here() -> None:
    assert [number for number, *_ in CASES] == list(range(1, 51))


@pytest.mark.parametrize(("number", "score", "given", "expected"), CASES, ids=[str(case[0]) for case in CASES])
def test_the_scoring_case_holds(number: int, score: Any, given: tuple[Any, ...], expected: str) -> None:
    if expected == ERROR:
        with pytest.raises(AnswerError):
            score(*given)
    else:
        assert score(*given) == expected


def test_half_a_two_item_scale_is_not_scored() -> None:
    assert score_gad2([3, ""]) is INCOMPLETE
    assert score_phq2([None, 2]) is INCOMPLETE


def test_an_error_beside_a_gap_is_still_an_error() -> None:
    with pytest.raises(AnswerError):
        score_gad7([4, "", 1])


def test_no_change_is_told_where_no_important_change_is_known() -> None:
    found = compare(score_phq2([3, 3]), score_phq2([0, 0]))
    assert found is not None
    assert (found.shown, found.is_important) == ("-6", None)


def test_a_missing_score_is_compared_with_nothing() -> None:
    assert compare(INCOMPLETE, score_peg([1, 1, 1])) is None


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (score_gad7([2] * 7), "in the range many people call moderate"),
        (score_phq4([0] * 4), "in the lowest range"),
        (score_gad2([1, 1]), "below the mark from which a closer look is often advised"),
        (score_phq2([2, 1]), "at or above the mark from which a closer look is often advised"),
        (score_peg([5, 5, 5]), "in the medium part of the scale"),
    ],
    ids=["GAD-7", "PHQ-4", "GAD-2", "PHQ-2", "PEG"],
)
def test_a_result_has_plain_words_and_is_never_called_a_diagnosis(result: Result, words: str) -> None:
    assert isinstance(result, Score)
    assert result.words == f"Your answers are {words}. This is not a diagnosis."
