"""The page of a record: what goes in is what is ticked, and a browser behind its link is shown no more than that."""

import html
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Profile
from coaching.core.summary.plain import summary_from
from coaching.models import Person, SharedLink
from coaching.progress.check_ins import keep_check_in
from tests.coaching.health_link_reader import unlock
from tests.coaching.record_makers import resources
from tests.coaching.shell_makers import a_finished_intake, a_member, text
from tests.coaching.test_health_link import RECORD, ask, choice, make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


@pytest.fixture
def person(client: Client) -> Person:
    person = a_member(client)
    a_finished_intake(person, timezone.now() - timedelta(days=2), phq_1=1, phq_2=1)
    return person


def test_a_clinic_without_such_software_sees_the_scores_as_a_page(client: Client, person: Person) -> None:
    page = html.unescape(text(client.post(RECORD, {**choice(), "link": "1"})))
    viewer = re.search(r'class="link-out">\S+?(/shared/[\w-]+/)#', page)
    code = re.search(r'class="code-out">(\d{3} \d{3})<', page)
    assert viewer
    assert code
    reader = Client()
    assert reader.get(viewer[1]).status_code == 200
    shown = text(reader.post(viewer[1], {"code": code[1]}))
    assert "14" in shown
    assert "summary-page" in shown


def scales_on_the_page(client: Client, **told: Any) -> list[str]:
    """What a browser shows behind the link of a record."""
    make(client, **told)
    summary = summary_from(SharedLink.objects.get().content["summary"])
    return [score.scale.slug for score in summary.scores]


@pytest.mark.parametrize(
    ("ticked", "shown"),
    [
        (["peg"], ["peg"]),
        (["gad-7"], ["gad7"]),
        (["phq-4"], ["gad2"]),
        (["gad-7", "phq-4"], ["gad7"]),
        (["peg", "gad-7", "phq-4"], ["peg", "gad7"]),
    ],
)
def test_the_page_of_a_record_shows_the_scales_that_were_ticked_and_no_other(
    client: Client, person: Person, ticked: list[str], shown: list[str]
) -> None:
    at = timezone.now()
    keep_check_in(person, {"peg_1": 1, "peg_2": 1, "peg_3": 1, "function": 9, "confidence": 2}, day=at.date(), at=at)
    assert scales_on_the_page(client, scales=ticked) == shown


def test_the_page_of_a_record_tells_no_day_that_the_record_does_not_tell(client: Client, person: Person) -> None:
    """The two first questions alone are no whole PHQ-4, so a record of that scale does not hold them."""
    at = timezone.now() - timedelta(days=1)
    keep_check_in(person, {"gad_1": 3, "gad_2": 3}, day=at.date(), at=at)
    make(client, scales=["phq-4"])
    summary = summary_from(SharedLink.objects.get().content["summary"])
    assert [(score.scale.slug, len(score.readings)) for score in summary.scores] == [("gad2", 1)]


def test_the_label_names_the_scales_that_were_ticked(client: Client, person: Person) -> None:
    assert make(client, scales=["gad-7"])[0].label == "GAD-7, self-reported (Unloop)"
    assert make(client, page="q" * 32)[0].label == "PEG, GAD-7, PHQ-4, self-reported (Unloop)"


def test_the_same_page_sent_twice_makes_one_link(client: Client, person: Person) -> None:
    first, second = make(client), make(client)
    assert SharedLink.objects.count() == 1
    assert first == second
    (file,) = ask(first[0], first[1], embeddedLengthMax=10**7).json()["files"]
    assert unlock(file["embedded"], second[0].key)["type"] == "collection"


def test_the_file_holds_what_was_ticked_and_a_name_only_if_it_was_written(client: Client, person: Person) -> None:
    answer = client.post(RECORD, {**choice(scales=["peg"], name="نادية", born="1980-02-03"), "file": "1"})
    bundle = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/fhir+json"
    assert resources(bundle, "Patient") == [
        {"resourceType": "Patient", "name": [{"text": "نادية"}], "birthDate": "1980-02-03"}
    ]
    assert [one["name"] for one in resources(bundle, "Questionnaire")] == ["PEG"]
    assert person.pk not in answer.content.decode()


def test_answers_from_before_the_chosen_weeks_stay_out(client: Client, person: Person) -> None:
    a_finished_intake(person, timezone.now() - timedelta(weeks=20), peg_1=10, peg_2=10, peg_3=10)
    bundle = json.loads(client.post(RECORD, {**choice(), "file": "1"}).content)
    assert 10.0 not in [one.get("valueQuantity", {}).get("value") for one in resources(bundle, "Observation")]


def test_the_page_says_whose_questions_and_codes_these_are(client: Client, person: Person) -> None:
    page = html.unescape(text(client.get(RECORD)))
    assert "This material contains content from LOINC" in page
    assert "Krebs EE" in page
    assert "Pfizer" in page
    assert page.count("csrfmiddlewaretoken") >= 1


def test_numbers_of_pain_are_not_ticked_for_whoever_wants_to_see_none(client: Client, person: Person) -> None:
    Profile.objects.update_or_create(user=person.user, defaults={"hide_pain_numbers": True})
    ticked = re.findall(r'<input[^>]*name="scales"[^>]*checked', text(client.get(RECORD)))
    assert len(ticked) == 2
    assert 'value="peg"' not in "".join(ticked)


def test_nothing_is_handed_out_by_looking_or_without_a_scale(client: Client, person: Person) -> None:
    assert client.post(RECORD, choice(scales=[]) | {"link": "1"}).status_code == 422
    assert client.get(RECORD).status_code == 200
    assert not SharedLink.objects.exists()
