"""A tool follows the cautions of its technique. Nothing begins that should wait, and nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from coaching.core.tools.kinds.catalogue import TOOL
from coaching.models import ToolEntry
from tests.coaching.shell_makers import a_finished_intake, a_visitor, answer_up_to
from tests.coaching.tool_makers import an_entry, page_of, rewrite, text, url, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
CLOSED = "Not for you right now"


def test_without_answers_every_tool_may_be_begun(client: Client) -> None:
    for slug in TOOL:
        assert CLOSED not in words_of(client.get(url("tool_new", slug))), slug


@pytest.mark.parametrize("condition", ["fracture", "surgery", "heart", "preg"])
def test_a_condition_that_rules_out_facing_a_move_closes_the_ladder(client: Client, condition: str) -> None:
    a_finished_intake(a_visitor(client), conditions=[condition])

    page = client.get(url("tool_new", "ladder"))

    assert CLOSED in words_of(page) and "<textarea" not in text(page)
    assert CLOSED in words_of(client.get(url("tool", "ladder")))


def test_the_words_of_the_caution_are_shown(client: Client) -> None:
    a_finished_intake(a_visitor(client), conditions=["fracture"])

    assert "Wait for the all-clear from your care team." in words_of(client.get(url("tool_new", "ladder")))


def test_a_closed_tool_keeps_nothing_and_gives_back_what_was_typed(client: Client) -> None:
    a_finished_intake(a_visitor(client), conditions=["fracture"])

    answer = client.post(url("tool_new", "ladder"), page_of("ladder"))

    assert answer.status_code == 409
    assert ToolEntry.objects.count() == 0
    assert "Hands to my knees" in words_of(answer) and "was not kept" in words_of(answer)


def test_what_was_written_before_a_tool_was_closed_can_be_read_and_deleted_but_not_carried_on(client: Client) -> None:
    person = a_visitor(client)
    entry = an_entry(person, "ladder", steps=[{"key": 1, "words": "Hands to my knees", "fear": 2}])
    a_finished_intake(person, conditions=["fracture"])

    assert "Hands to my knees" in words_of(client.get(url("tool_entry", "ladder", entry.client_id)))
    assert client.get(url("tool_export", "ladder", entry.client_id, "txt")).status_code == 200
    assert rewrite(client, entry, want="Run").status_code == 409
    entry.refresh_from_db()
    assert entry.version == 1
    assert client.post(url("tool_delete", "ladder", entry.client_id)).status_code == 302


def test_a_sign_to_be_seen_soon_holds_back_what_is_physical_and_not_what_is_written(client: Client) -> None:
    a_finished_intake(a_visitor(client), safety_soon=["cancer_history"])

    closed = [slug for slug in TOOL if CLOSED in words_of(client.get(url("tool_new", slug)))]

    assert closed == ["pacing-planner", "ladder"]


def test_a_sign_that_needs_care_now_closes_all_but_the_flare_plan(client: Client) -> None:
    answer_up_to(client, "safety", safety={"signs": ["saddle_numbness"]})

    open_tools = [slug for slug in TOOL if CLOSED not in words_of(client.get(url("tool_new", slug)))]

    assert open_tools == ["flare-plan"]
    assert reverse("coaching:help_now") in text(client.get(url("tool_new", "thought-record")))


def test_low_mood_warns_and_closes_nothing(client: Client) -> None:
    a_finished_intake(a_visitor(client), phq_1=3, phq_2=3)

    page = words_of(client.get(url("tool_new", "thought-record")))

    assert "Please reach out for support first" in page and CLOSED not in page


def test_a_test_in_the_real_world_minds_what_rules_out_facing_a_move(client: Client) -> None:
    a_finished_intake(a_visitor(client), conditions=["fracture"])

    page = words_of(client.get(url("tool_new", "experiment")))

    assert "Wait for the all-clear" in page and CLOSED not in page


def test_the_form_always_says_when_to_stop(client: Client) -> None:
    for slug, tool in TOOL.items():
        assert tool.stop in words_of(client.get(url("tool_new", slug)))


def test_every_page_of_a_tool_leads_to_help(client: Client) -> None:
    for slug in TOOL:
        assert text(client.get(url("tool_new", slug))).count(reverse("coaching:help_now")) >= 2
