"""Danger in a file that is brought: never smaller than its answers tell, and known or not, it comes along."""

from typing import Any

import pytest

from coaching.core.intake.signs import LEAST_LEVEL, group_of
from coaching.models import Intake
from tests.coaching.test_bringing_a_file import Rows, bring, first, refused, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
__all__ = ["rows"]


def test_no_file_makes_danger_smaller_than_its_answers_tell(rows: Rows) -> None:
    last = rows["tables"]["intakes"][-1]
    sign = next(sign for sign, level in LEAST_LEVEL.items() if level == "now")
    last["answers"][group_of(sign)], last["safety_level"] = [sign], ""
    bring(rows)
    newest = Intake.objects.newest()
    assert newest is not None
    assert newest.safety_level == "now"


@pytest.mark.parametrize("level", ["", "soon"])
def test_a_sign_that_only_another_site_knows_comes_along_and_stays_urgent(rows: Rows, level: str) -> None:
    """Staff there added it. Nobody here knows how urgent it is, so it is as urgent as can be."""
    last = rows["tables"]["intakes"][-1]
    last["answers"]["signs_ill"], last["safety_level"] = ["fever", "sting_of_a_scorpion"], level
    bring(rows)
    newest = Intake.objects.newest()
    assert newest is not None
    assert "sting_of_a_scorpion" in newest.answers["signs_ill"]
    assert newest.safety_level == "now"


@pytest.mark.parametrize("sign", ["<b>", "x" * 61, "Fever now", 7, None, ["fever"]])
def test_what_cannot_be_the_name_of_a_sign_is_refused_with_its_line(rows: Rows, sign: Any) -> None:
    rows["tables"]["intakes"][-1]["answers"]["signs_ill"] = [sign]
    assert "signs_ill: this is no answer" in refused(rows)


def test_danger_where_nobody_would_hear_it_is_refused(rows: Rows) -> None:
    first(rows, "check_ins")["answers"]["signs_ill"] = ["fever"]
    assert "signs_ill: this is no answer" in refused(rows)
