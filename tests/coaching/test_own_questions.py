"""Where it sits, what turns it up, what was tried, what one would rather do: our own four questions, each optional."""

from typing import Any

import pytest
from django.test import Client

from coaching.core.intake.answers import AnswerError, clean
from coaching.core.intake.questionnaires import STEP
from coaching.core.intake.routing import taps
from coaching.core.person.told import CAN_BE_TRIED, Place, Trigger, Went, read_told
from coaching.core.questions.items import Answers
from coaching.models import Intake
from coaching.simulator.cohort_files import library_options
from coaching.views.intake import USUAL_TAPS
from tests.coaching.test_intake_route import well_person

OWN = {"place": ["neck"], "triggers": ["sitting"], "rather": ["move"], "tried": ["heat:helped"]}
WORRIED = dict.fromkeys((f"gad_{number}" for number in range(1, 8)), 1)
SECONDS_A_TAP, THREE_MINUTES = 4, 180


def everything(**told: Any) -> Answers:
    return {**well_person(), **OWN, **told}


def test_the_number_of_taps_on_the_page_is_what_a_person_needs_who_skips_nothing() -> None:
    assert taps(everything(**WORRIED)) == USUAL_TAPS == 44


def test_the_whole_intake_takes_under_three_minutes_with_every_question_answered() -> None:
    assert taps(everything(**WORRIED)) * SECONDS_A_TAP < THREE_MINUTES


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_the_page_says_the_number_and_that_the_four_are_our_own(client: Client) -> None:
    assert f"{USUAL_TAPS} taps" in client.get("/intake/").content.decode()
    page = client.get("/intake/yours/").content.decode()
    assert "our own questions, not a tested scale" in page
    assert "Answer any of them, or none." in page


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_what_is_told_is_kept_and_nothing_need_be(client: Client) -> None:
    client.post("/intake/yours/", {"place": ["neck", "low_back"], "triggers": ["stress"], "tried": ["cold:worse"]})
    kept = Intake.objects.get().answers
    assert (kept["place"], kept["triggers"], kept["tried"]) == (["low_back", "neck"], ["stress"], ["cold:worse"])
    assert "rather" not in kept
    assert client.post("/intake/yours/", {}).status_code == 302


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_every_part_of_the_picture_is_a_label_of_a_tick_that_the_list_holds_too(client: Client) -> None:
    page = " ".join(client.get("/intake/yours/").content.decode().split())
    for number, place in enumerate(Place):
        assert f'<label class="spot {place}" for="id_place_{number}">' in page
        assert f'value="{place}"' in page
        assert f"<span>{place.label}</span>" in page


def test_more_than_three_triggers_are_refused_with_a_word() -> None:
    assert clean("triggers", ["alone", "bending", "sitting"]) == ["alone", "bending", "sitting"]
    with pytest.raises(AnswerError, match="Choose 3 at most"):
        clean("triggers", [trigger.value for trigger in Trigger][:4])


def test_what_was_tried_is_known_by_technique_and_how_it_went() -> None:
    assert clean("tried", ["heat:helped", "cold:worse"]) == ["cold:worse", "heat:helped"]
    with pytest.raises(AnswerError):
        clean("tried", ["heat:wonderful"])


def test_told_twice_the_more_careful_word_counts() -> None:
    assert read_told({"tried": ["heat:worse", "heat:helped"]}).tried == {"heat": Went.WORSE}


def test_all_that_can_be_practised_can_be_told_as_tried() -> None:
    assert set(CAN_BE_TRIED) == {one.slug for one in library_options().techniques if one.startable and one.slot}


def test_none_of_the_four_must_be_answered() -> None:
    assert not any(item.must_answer for item in STEP["yours"].items)
