"""What the validators from outside let through is found by our own checks: each fault planted in a good record."""

from collections.abc import Callable
from typing import Any

import pytest

from coaching.core.record.checking import faults
from tests.coaching.record_makers import a_record, resources

Record = dict[str, Any]


def first(bundle: Record, kind: str) -> Any:
    return resources(bundle, kind)[0]


def an_answer(bundle: Record, scale: str) -> Any:
    """The first answer to a scale."""
    response = next(one for one in resources(bundle, "QuestionnaireResponse") if scale in one["questionnaire"])
    return response["item"][0]["item"][0]


def outside_its_options(bundle: Record) -> None:
    an_answer(bundle, "gad-7")["answer"][0]["valueCoding"]["code"] = "LA1-1"


def outside_its_range(bundle: Record) -> None:
    an_answer(bundle, "peg")["answer"][0]["valueInteger"] = 11


def unknown_link(bundle: Record) -> None:
    an_answer(bundle, "peg")["linkId"] = "peg/9"


def unknown_questions(bundle: Record) -> None:
    first(bundle, "QuestionnaireResponse")["questionnaire"] += "9"


def link_twice(bundle: Record) -> None:
    items = first(bundle, "Questionnaire")["item"][0]["item"]
    items[1]["linkId"] = items[0]["linkId"]


def dangling(bundle: Record) -> None:
    first(bundle, "Observation")["subject"]["reference"] = "urn:uuid:8f0f0f6e-0000-4000-8000-000000000000"


def full_url_twice(bundle: Record) -> None:
    bundle["entry"][-1]["fullUrl"] = bundle["entry"][-2]["fullUrl"]


def empty_array(bundle: Record) -> None:
    first(bundle, "Observation")["component"] = []


def value_and_reason(bundle: Record) -> None:
    first(bundle, "Observation")["dataAbsentReason"] = {"text": "not asked"}


def part_with_value_and_reason(bundle: Record) -> None:
    first(bundle, "Observation")["component"][0]["dataAbsentReason"] = {"text": "not asked"}


def neither_value_nor_reason(bundle: Record) -> None:
    observation = first(bundle, "Observation")
    del observation["valueQuantity"], observation["component"]


def quantity_without_system(bundle: Record) -> None:
    del first(bundle, "Observation")["valueQuantity"]["system"]


def coding_without_system(bundle: Record) -> None:
    del first(bundle, "Observation")["code"]["coding"][0]["system"]


def empty_group(bundle: Record) -> None:
    del first(bundle, "Questionnaire")["item"][0]["item"]


def a_space_that_is_none(bundle: Record) -> None:
    first(bundle, "Patient")["name"] = [{"text": "山田\u3000太郎"}]


def a_control_sign(bundle: Record) -> None:
    first(bundle, "Patient")["name"] = [{"text": "Zo\x07e"}]


PLANTED: list[tuple[Callable[[Record], None], str]] = [
    (outside_its_options, "gad-7/1: the question does not take this answer"),
    (outside_its_range, "peg/1: the question does not take this answer"),
    (unknown_link, "peg/9: no such question was asked"),
    (unknown_questions, "these questions are not in the bundle"),
    (link_twice, "two items are called peg/1"),
    (dangling, "nothing here has this address"),
    (full_url_twice, "two entries have this fullUrl"),
    (empty_array, ".component: it is empty"),
    (value_and_reason, "a value beside the reason"),
    (part_with_value_and_reason, "a value beside the reason"),
    (neither_value_nor_reason, "no value, and no reason why"),
    (quantity_without_system, ".valueQuantity: a code without its system"),
    (coding_without_system, ".coding[0]: a code without its system"),
    (empty_group, "the group peg holds nothing"),
    (a_space_that_is_none, ".text: a sign that no string takes"),
    (a_control_sign, ".text: a sign that no string takes"),
]


@pytest.mark.parametrize(("plant", "line"), PLANTED, ids=[plant.__name__ for plant, _line in PLANTED])
def test_a_planted_fault_is_found(plant: Callable[[Record], None], line: str) -> None:
    bundle = a_record()
    assert faults(bundle) == ()
    plant(bundle)
    found = faults(bundle)
    assert any(line in one for one in found), found
