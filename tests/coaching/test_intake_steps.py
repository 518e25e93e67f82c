"""The way through the questions: saved at each step, and nothing lost."""

import itertools
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coaching.core.intake.questionnaires import VERSION
from coaching.models import Intake, Plan
from tests.coaching.shell_makers import (
    CHAPTER,
    DIRECT,
    FIRST_SCREEN,
    POSTS,
    answer_all,
    answer_up_to,
    known_answers,
    newest_answers,
    open_page,
    post,
    step_url,
    text,
    the_person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

ORDER = list(POSTS)


def checked_on(page: Any, name: str) -> list[str]:
    """The options of a question that stand chosen on a page."""
    tags = [tag for tag in text(page).split("<input")[1:] if f'name="{name}"' in tag.split(">")[0]]
    return [tag.split('value="')[1].split('"')[0] for tag in tags if " checked" in tag.split(">")[0]]


def test_the_whole_way_ends_at_the_result(client: Client) -> None:
    assert answer_all(client).url == reverse("coaching:recommendations")
    intake = Intake.objects.get()
    assert intake.finished_at
    assert intake.version == VERSION
    assert Plan.objects.get().intake == intake


@pytest.mark.parametrize(("step", "following"), list(itertools.pairwise(ORDER)))
def test_each_step_leads_to_the_next(client: Client, step: str, following: str) -> None:
    assert answer_up_to(client, step).url == step_url(following)


@pytest.mark.parametrize("step", ORDER[:-1])
def test_each_step_is_saved_as_it_is_sent(client: Client, step: str) -> None:
    answer_up_to(client, step)
    kept = newest_answers()
    assert {name for name in POSTS[step] if name != "self_harm"} <= set(kept)


def test_answers_are_kept_as_what_they_are(client: Client) -> None:
    answer_up_to(client, "mood")
    kept = newest_answers()
    assert kept["goal"] == "Carry my bag upstairs"
    assert kept["values"] == ["family", "rest"]
    assert (kept["peg_1"], kept["gad_2"]) == (6, 1)


def test_the_four_questions_on_worry_open_five_more_only_when_they_say_so(client: Client) -> None:
    answer = answer_up_to(client, "mood", mood={"gad_1": "1", "gad_2": "0"})
    assert answer.url == step_url("body")
    assert client.get(step_url("worry-more")).status_code == 302


def test_all_seven_can_be_asked_for(client: Client) -> None:
    answer = answer_up_to(client, "mood", mood={"gad_1": "0", "gad_2": "0", "more_gad": "yes"})
    assert answer.url == step_url("worry-more")


def test_going_back_shows_what_was_answered(client: Client) -> None:
    answer_up_to(client, "mood")
    page = open_page(client, "pain")
    assert checked_on(page, "peg_1") == ["6"]
    assert checked_on(page, "duration") == ["over12"]
    assert 'name="back"' in text(page)
    assert post(client, "pain", back="1").url == step_url(DIRECT)


def test_going_back_and_on_loses_nothing_of_later_steps(client: Client) -> None:
    answer_up_to(client, "body")
    post(client, "pain", peg_1="9")
    assert newest_answers()["peg_1"] == 9
    assert newest_answers()["tension"] == 7


def test_coming_back_goes_on_where_it_stopped(client: Client) -> None:
    answer_up_to(client, "mood")
    page = text(client.get("/intake/"))
    assert "Go on where I was" in page
    assert f'href="{step_url("worry-more")}"' in page


def test_coming_back_after_a_skipped_step_does_not_ask_for_it_again_first(client: Client) -> None:
    answer_up_to(client, "safety")
    client.post(step_url("pain"), {})
    post(client, "mood")
    assert f'href="{step_url("pain")}"' in text(client.get("/intake/"))


@pytest.mark.parametrize("step", ["pain", "mood", "body", "days", "yours", *CHAPTER["health"]])
def test_a_step_can_be_skipped_whole(client: Client, step: str) -> None:
    told = {step: dict.fromkeys(POSTS[step])}
    answer_all(client, **told) if step != "mood" else answer_up_to(client, step, **told)
    assert not set(POSTS[step]) & set(newest_answers())


def test_everything_that_may_be_skipped_can_be(client: Client) -> None:
    post(client, "goal", goal=None, values=None)
    post(client, "safety")
    for step in ("pain", "mood", "body", "days", "yours", *CHAPTER["health"]):
        answer = client.post(step_url(step), {})
    assert answer.url == reverse("coaching:recommendations")
    assert client.get(answer.url).status_code == 200


def test_an_answer_taken_back_is_gone(client: Client) -> None:
    answer_up_to(client, "pain")
    post(client, "pain", peg_2=None)
    assert "peg_2" not in newest_answers()


def test_without_the_safety_step_there_is_no_plan(client: Client) -> None:
    post(client, "goal")
    for step in ORDER[1:]:
        if step not in CHAPTER["safety"]:
            answer = client.post(step_url(step), POSTS[step])
    assert answer.url == step_url(FIRST_SCREEN)
    assert not Plan.objects.exists()
    assert client.get("/recommendations/").url == reverse("coaching:intake")


def test_without_being_asked_for_age_there_is_no_plan(client: Client) -> None:
    for step in ORDER[1:]:
        answer = client.post(step_url(step), {**POSTS[step], "round": "1"})
    assert answer.url == step_url("goal")
    assert not Plan.objects.exists()


# --- Adults only ------------------------------------------------------------------------


def test_somebody_under_18_gets_help_and_no_plan(client: Client) -> None:
    page = text(post(client, "goal", adult="no"))
    assert "made for adults" in page
    assert 'id="calls"' in page
    for step in ORDER[1:]:
        answer = client.post(step_url(step), {**POSTS[step], "round": "1"})
        assert "made for adults" in text(answer)
    assert not Plan.objects.exists()


def test_a_wrong_tap_on_the_age_can_be_corrected(client: Client) -> None:
    post(client, "goal", adult="no")
    assert post(client, "goal", adult="yes").url == step_url(FIRST_SCREEN)


def test_a_plan_is_closed_to_somebody_who_then_says_they_are_under_18(client: Client) -> None:
    answer_all(client)
    post(client, "goal", adult="no")
    for path in ("/recommendations/", "/plan/"):
        assert client.get(path).url == reverse("coaching:under_age")
    assert "made for adults" in text(client.get(reverse("coaching:under_age")))
    assert "Not for you right now" in text(client.get("/practice/walking/"))


# --- Sent twice -------------------------------------------------------------------------


@pytest.mark.parametrize("step", ORDER[:-1])
def test_a_second_click_on_next_changes_nothing(client: Client, step: str) -> None:
    first = answer_up_to(client, step)
    kept = newest_answers()
    sent_again = {**POSTS[step], "round": "1"}
    assert client.post(step_url(step), sent_again).url == first.url
    assert newest_answers() == kept


def test_a_second_click_on_the_last_next_shows_the_result(client: Client) -> None:
    answer_all(client)
    answer = client.post(step_url(ORDER[-1]), {**POSTS[ORDER[-1]], "round": "2"})
    assert answer.url == reverse("coaching:recommendations")
    assert Intake.objects.count() == Plan.objects.count() == 1


def test_a_second_click_that_comes_before_the_plan_is_made_finds_it_all_the_same(client: Client) -> None:
    answer_all(client)
    Plan.objects.all().delete()
    answer = client.post(step_url(ORDER[-1]), {**POSTS[ORDER[-1]], "round": "2"}, follow=True)
    assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, reverse("coaching:recommendations"))
    assert Plan.objects.count() == 1


# --- Answering again --------------------------------------------------------------------


def test_answering_again_starts_from_the_last_answers_but_asks_for_danger_anew(client: Client) -> None:
    answer_all(client)
    assert checked_on(open_page(client, "pain"), "peg_1") == ["6"]
    for step in CHAPTER["safety"]:
        assert " checked" not in text(open_page(client, step)), step


def test_the_old_answers_stay_as_they_were(client: Client) -> None:
    answer_all(client)
    post(client, "pain", peg_1="2")
    post(client, "safety")
    told = [intake.answers["peg_1"] for intake in the_person().intakes.order_by("pk")]
    assert told == [6, 2]
    assert the_person().plans.current().count() == 1


def test_one_part_can_be_changed_alone_and_danger_is_asked_again(client: Client) -> None:
    answer_all(client)
    assert post(client, "pain", peg_1="1").url == step_url(FIRST_SCREEN)
    assert post(client, "safety").url == reverse("coaching:recommendations")
    assert newest_answers()["peg_1"] == 1
    assert "tension" not in newest_answers()
    assert known_answers()["tension"] == 7


def test_pages_of_the_questions_are_kept_in_no_cache(client: Client) -> None:
    answer_up_to(client, "pain")
    for path in ("/intake/", step_url("pain"), step_url("safety"), step_url(FIRST_SCREEN)):
        assert "no-store" in client.get(path).headers["Cache-Control"], path


def test_a_step_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/intake/no-such-step/").status_code == 404
    assert client.post("/intake/no-such-step/", {}).status_code == 404
