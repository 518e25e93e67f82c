"""The record that a clinic's software reads: what stands in it, what does not, and that outsiders accept it."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from coaching.core.intake.questionnaires import GAD_CREDIT, PEG_CREDIT, VERSION
from coaching.core.record.bundle import Given, Who, record
from coaching.core.record.checking import faults
from coaching.core.record.codes import LOINC_NOTICE
from coaching.core.record.scales import ASKED, ASKED_VERSIONS, questionnaire
from tests.coaching.record_makers import (
    SITE,
    WHOLE,
    a_record,
    faults_of_the_first,
    faults_of_the_others,
    making,
    resources,
)

DAY = date(2026, 11, 2)


def of_day(version: str = "3", **answers: Any) -> dict[str, Any]:
    return record([Given(on=DAY, version=version, answers=answers)], making())


def figures(bundle: dict[str, Any]) -> dict[str, Any]:
    return {
        one["code"]["coding"][0]["code"]: one.get("valueQuantity", {}).get("value")
        for one in resources(bundle, "Observation")
    }


def test_one_whole_day_is_accepted_by_three_validators_from_outside_which_are_awake() -> None:
    whole, empty, wrong = a_record(who=Who(name="نادية خليل", born=date(1980, 2, 29))), record([], making()), a_record()
    wrong["entry"][1]["resource"] |= {"status": "perhaps", "surprise": 1}
    assert [faults_of_the_first(one) for one in (whole, empty)] == ["", ""]
    assert faults(whole) == faults(empty) == ()
    assert "surprise" in faults_of_the_first(wrong)
    *accepted, refused = faults_of_the_others([whole, empty, wrong])
    assert accepted == [[], []]
    assert {line.split(":")[0] for line in refused} == {"schema", "model"}


def test_the_figures_stand_under_the_codes_of_their_scales() -> None:
    assert figures(a_record()) == {"91147-9": 1.0, "70274-6": 7, "70272-0": 4, "55758-7": 2}


def test_the_peg_is_told_as_its_mean_with_three_parts() -> None:
    bundle = of_day(peg_1=7, peg_2=7, peg_3=6)
    (peg,) = resources(bundle, "Observation")
    assert peg["valueQuantity"] == {
        "value": 6.7,
        "unit": "{score}",
        "system": "http://unitsofmeasure.org",
        "code": "{score}",
    }
    assert [part["valueQuantity"]["value"] for part in peg["component"]] == [7, 7, 6]
    assert peg["category"][0]["coding"][0]["code"] == "survey"


def test_an_answer_in_words_is_coded() -> None:
    gad7 = next(one for one in resources(a_record(), "QuestionnaireResponse") if "gad-7" in one["questionnaire"])
    (answer,) = gad7["item"][0]["item"][0]["answer"]
    assert answer["valueCoding"] == {"system": "http://loinc.org", "code": "LA6569-3", "display": "Several days"}


def test_half_a_scale_is_no_figure() -> None:
    assert figures(of_day(peg_1=7, peg_2=7)) == {}
    assert figures(of_day(gad_1=1, phq_1=1, phq_2=1)) == {}


def test_the_first_two_of_the_gad_are_told_without_a_sum_which_has_no_code() -> None:
    bundle = of_day(gad_1=3, gad_2=0)
    assert figures(bundle) == {"69725-0": None, "68509-9": None}
    assert resources(bundle, "QuestionnaireResponse") == []
    assert faults(bundle) == ()


def test_the_version_that_was_asked_is_kept() -> None:
    days = [Given(on=DAY, version=version, answers=WHOLE) for version in ("2", "3")]
    bundle = record(days, making(scales={"gad-7"}))
    assert [one["version"] for one in resources(bundle, "Questionnaire")] == ["2", "3"]
    asked = [one["questionnaire"] for one in resources(bundle, "QuestionnaireResponse")]
    assert asked == [f"{SITE}/fhir/Questionnaire/gad-7|2", f"{SITE}/fhir/Questionnaire/gad-7|3"]


def test_answers_to_questions_of_an_unknown_version_stay_out() -> None:
    assert figures(of_day("99", peg_1=7, peg_2=7, peg_3=6)) == {}


def test_of_two_answers_on_one_day_the_later_holds() -> None:
    days = [Given(on=DAY, version="3", answers={"peg_1": n, "peg_2": n, "peg_3": n}) for n in (9, 4)]
    bundle = record(days, making())
    assert figures(bundle) == {"91147-9": 4.0}
    assert faults(bundle) == ()


def test_of_the_person_nothing_is_told_unless_they_chose_to() -> None:
    assert resources(a_record(), "Patient") == [{"resourceType": "Patient"}]
    (told,) = resources(a_record(who=Who(name="Zoë", born=date(1990, 5, 1))), "Patient")
    assert told == {"resourceType": "Patient", "name": [{"text": "Zoë"}], "birthDate": "1990-05-01"}


def test_it_says_that_the_person_said_it_and_never_that_it_is_a_patient_summary() -> None:
    bundle = a_record()
    (provenance,) = resources(bundle, "Provenance")
    assert "Self-reported" in provenance["reason"][0]["text"]
    told = {one["reference"] for one in provenance["target"]}
    answers = ("Observation", "QuestionnaireResponse")
    assert told == {one["fullUrl"] for one in bundle["entry"] if one["resource"]["resourceType"] in answers}
    assert bundle["type"] == "collection"
    words = json.dumps(bundle).lower()
    assert "patient summary" not in words
    assert "uv/ips" not in words


def test_the_notice_of_loinc_and_the_credits_of_the_scales_are_inside() -> None:
    notices = {one["name"]: one["copyright"] for one in resources(a_record(), "Questionnaire")}
    assert set(notices) == {"PEG", "GAD7", "PHQ4"}
    assert all(LOINC_NOTICE in notice for notice in notices.values())
    assert PEG_CREDIT in notices["PEG"]
    assert GAD_CREDIT in notices["GAD7"]


WORDS_OF_TODAY = "73a32fcb510f5d05"


def test_the_words_of_a_scale_change_only_with_the_version_of_the_questions() -> None:
    """A record says which version was asked. New words need a new version, and the old words a copy to be sent by."""
    words = json.dumps([questionnaire(one, site=SITE, version="") for one in ASKED.values()], sort_keys=True)
    assert sha256(words.encode()).hexdigest()[:16] == WORDS_OF_TODAY
    assert VERSION in ASKED_VERSIONS


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("山田\u3000太郎", "山田 太郎"),
        ("Ana\u00a0María", "Ana María"),
        ("\u2003Zoë \u2028\ufeffK.\x85", "Zoë K."),
        ("a\x0bb\x07c", "a bc"),
    ],
)
def test_a_name_holds_only_spaces_that_every_program_takes(typed: str, told: str) -> None:
    bundle = a_record(who=Who(name=typed))
    assert resources(bundle, "Patient")[0]["name"] == [{"text": told}]
    assert faults(bundle) == ()


def test_a_name_of_nothing_but_spaces_is_no_name() -> None:
    assert "name" not in resources(a_record(who=Who(name="\u3000\u00a0")), "Patient")[0]
