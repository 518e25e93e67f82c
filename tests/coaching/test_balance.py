"""The balance check: what is used now, how much of it is active, and what to ask next."""

from typing import Any

import pytest

from coaching.core.intake.balance import Helper, Mix, check_balance
from coaching.core.intake.needs import ACTIVE_CARE, PASSIVE_CARE
from coaching.core.intake.questionnaires import USED


@pytest.mark.parametrize(
    ("used", "mix"),
    [
        (None, Mix.UNKNOWN),
        ([], Mix.UNKNOWN),
        (["nothing"], Mix.NONE),
        (["heat", "cold"], Mix.COMFORT),
        (["rest", "heat"], Mix.PASSIVE),
        (["massage", "movement"], Mix.MIXED),
        (["relaxation", "heat"], Mix.ACTIVE),
    ],
)
def test_the_mix_is_named(used: list[str] | None, mix: Mix) -> None:
    assert check_balance(used).mix is mix


def test_every_kind_of_care_counts_once() -> None:
    found = check_balance(list(USED))
    assert sorted((*found.active, *found.passive, *found.comforts)) == sorted(USED.values())
    assert not set(ACTIVE_CARE) & set(PASSIVE_CARE)


def test_a_doctor_and_a_physiotherapist_can_be_asked_by_anyone() -> None:
    assert [one.helper for one in check_balance(["nothing"]).questions] == [Helper.DOCTOR, Helper.PHYSIO]


@pytest.mark.parametrize("care", ["massage", "chiropractor"])
def test_hands_on_care_brings_its_own_questions(care: str) -> None:
    asked = {one.helper: one.questions for one in check_balance([care]).questions}
    assert "What can I do myself between visits?" in asked[Helper.CHIROPRACTOR]


def test_medicine_brings_questions_on_dose_and_on_cutting_down_safely() -> None:
    asked: dict[Any, tuple[str, ...]] = {one.helper: one.questions for one in check_balance(["medicine"]).questions}
    assert any("lowest dose" in question for question in asked[Helper.DOCTOR])
    assert any("cut down safely" in question for question in asked[Helper.DOCTOR])


def test_nobody_is_told_to_stop_a_treatment() -> None:
    found = check_balance(list(USED))
    words = [found.words, *(question for one in found.questions for question in one.questions)]
    assert not any("stop" in text.lower() for text in words)
