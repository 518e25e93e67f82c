"""What is only read has cautions too: they stand where it is put forward, and on the page itself."""

import re
from html import unescape

import pytest
from django.test import Client

from coaching.core.intake.needs import take_snapshot
from content.core.vocabulary import Condition
from content.models import Caution, Lesson
from tests.coaching.makers import answers
from tests.coaching.shell_makers import a_plan, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

MEDICINES, HANDS_ON = "facts_meds", "facts_passive"
PASSIVE = {"using_now": ["medicine", "massage"]}
"""Care that is all done to somebody puts both pages forward."""


def squeezed(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(page))


def words_of(technique: str, condition: str) -> str:
    return Caution.objects.get(technique=technique, condition=condition).words


def lesson_of(technique: str) -> str:
    lesson = Lesson.objects.filter(technique=technique).first()
    assert lesson is not None
    return lesson.get_absolute_url()


@pytest.mark.parametrize("condition", ["opioids", "asthma", "over_65", "ibd", "ulcer"])
def test_the_result_and_the_lesson_say_what_to_mind_with_medicines(client: Client, condition: str) -> None:
    a_plan(a_visitor(client), conditions=[condition], **PASSIVE)
    for address in ("/recommendations/", lesson_of(MEDICINES)):
        assert words_of(MEDICINES, condition) in squeezed(text(client.get(address))), address


@pytest.mark.parametrize("condition", ["surgery", "fracture", "osteo"])
def test_hands_on_care_may_not_be_safe(client: Client, condition: str) -> None:
    a_plan(a_visitor(client), conditions=[condition], **PASSIVE)
    result, page = (squeezed(text(client.get(address))) for address in ("/recommendations/", lesson_of(HANDS_ON)))
    assert "to read; the care itself may not be safe for you" in result
    assert "To read. The care itself may not be safe for you." in page
    assert words_of(HANDS_ON, condition) in result and words_of(HANDS_ON, condition) in page


def test_stiff_mornings_that_ease_with_movement_warn_on_hands_on_care(client: Client) -> None:
    told = take_snapshot(answers(safety_soon=["morning_stiffness"]))
    assert Condition.STIFF_MORNING in told.conditions
    a_plan(a_visitor(client), safety_soon=["morning_stiffness"], **PASSIVE)
    for address in ("/recommendations/", lesson_of(HANDS_ON)):
        assert words_of(HANDS_ON, "stiff_morning") in squeezed(text(client.get(address))), address


@pytest.mark.parametrize("condition", ["bipolar", "apnoea"])
def test_sleep_skills_ask_to_talk_to_a_doctor_first(client: Client, condition: str) -> None:
    a_plan(a_visitor(client), conditions=[condition])
    page = squeezed(text(client.get("/practice/sleep/")))
    assert "Talk to a doctor first." in page and "<guide-player" in page


def test_somebody_unknown_reads_with_what_it_is_left_out(client: Client) -> None:
    page = squeezed(text(client.get(lesson_of(HANDS_ON))))
    assert "Leave it out with:" in page and "Surgery on the spine in the last 12 weeks" in page
    assert "There is no guided practice" not in page
