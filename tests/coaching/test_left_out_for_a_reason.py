"""What is left out without being named says its true cause, and leads where that can be changed, or nowhere."""

import re
from typing import Any

import pytest
from django.test import Client

from coaching.core.intake.conditions import asked_in
from coaching.core.intake.questionnaires import ITEM
from coaching.core.questions.chapters import HEALTH_GROUPS
from coaching.plan.plans import make_plan
from content.core.vocabulary import DERIVED_CONDITIONS, Condition
from tests.coaching.shell_makers import NOON, a_finished_intake, a_visitor, answer_all, text

NOT_SAID = "would rather not say"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def reasons(client: Client) -> dict[str, str]:
    """Each silent reason on the result page, and where its link leads; "" where there is none."""
    page = text(client.get("/recommendations/")).split('id="left-title"')[-1].split("</section>")[0]
    lines = re.findall(r"<p>(Some things are left out.*?)</p>", page)
    return {line.split("<a")[0].strip(): "".join(re.findall(r'href="([^"]+)"', line)) for line in lines}


def a_plan_without(client: Client, *names: str, **told: Any) -> None:
    person = a_visitor(client)
    intake = a_finished_intake(person, **told)
    intake.answers = {name: value for name, value in intake.answers.items() if name not in names}
    intake.save()
    make_plan(person, intake, 30, NOON)


def test_health_that_was_not_answered_is_the_cause_and_can_be_answered(client: Client) -> None:
    a_plan_without(client, "conditions")
    assert reasons(client) == {
        "Some things are left out because not all of “Your health” was answered.": "/intake/health/"
    }


def test_who_would_rather_not_say_is_told_that_and_not_that_nothing_was_answered(client: Client) -> None:
    a_plan_without(client, conditions=["skip"])
    assert reasons(client) == {
        f"Some things are left out because you {NOT_SAID} all of “Your health”. That is fine.": "/intake/health/"
    }


def test_one_group_that_was_not_said_is_enough(client: Client) -> None:
    answer_all(client, health={"health_mind": ["skip"]})
    assert list(reasons(client).values()) == ["/intake/health/"]
    assert "rather not say" in next(iter(reasons(client)))


def test_the_answer_on_self_harm_is_the_cause_that_is_not_named_and_leads_nowhere(client: Client) -> None:
    """The health questions are all answered, so nothing says that they are not, and nobody is pressed."""
    answer_all(client, safety={"self_harm": "skip"})
    assert reasons(client) == {"Some things are left out to be on the safe side.": ""}


def test_where_all_was_answered_there_is_no_such_line(client: Client) -> None:
    answer_all(client)
    assert reasons(client) == {}


@pytest.mark.parametrize("condition", [one for one in Condition if one not in DERIVED_CONDITIONS])
def test_each_condition_that_can_be_ticked_leads_to_the_question_that_asks_for_it(condition: Condition) -> None:
    assert condition in HEALTH_GROUPS[asked_in(condition)]


@pytest.mark.parametrize(
    ("condition", "item"),
    [(Condition.PANIC, "panic"), (Condition.FLARE, "duration"), (Condition.LOW_MOOD, "phq_1"), (Condition.CRISIS, "")],
)
def test_what_other_answers_tell_leads_to_those_and_self_harm_to_none(condition: Condition, item: str) -> None:
    assert asked_in(condition) == item
    assert not item or item in ITEM
