"""The result, the plan and today: what they show, what they keep to themselves, and what they cost."""

import gzip
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.models import LessonProgress, Person, Practice
from content.models import Lesson
from tests.coaching.shell_makers import (
    a_member,
    a_plan,
    a_visitor,
    answer_all,
    answer_up_to,
    step_url,
    suggested,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

RESULT_QUERIES = 6
"""Two of them ask how the library and the pool stand, as a site does once a second."""
PERSONAL_QUERIES = 13
HTML_BYTES = 14 * 1024
PERSONAL = [
    "/recommendations/",
    "/plan/",
    "/today/",
    "/intake/",
    step_url("below-the-waist"),
    step_url("heart-and-lungs"),
]


def practised(person: Person, technique: str, *, days_ago: int = 0) -> None:
    Practice.objects.create(
        person=person,
        technique_id=technique,
        client_id=f"a-made-up-id-{person.practices.count()}",
        started_at=timezone.now() - timedelta(days=days_ago),
    )


# --- The result --------------------------------------------------------------------------------


def test_the_result_shows_goal_loop_scores_and_three_picks(client: Client) -> None:
    answer_all(client)
    page = text(client.get("/recommendations/"))
    assert "Carry my bag upstairs" in page
    assert '<svg class="loop"' in page
    assert "6.0 of 10" in page
    assert "Not a diagnosis" in page
    assert len(suggested(client)) == 3


def test_each_pick_says_why_how_sure_how_much_and_from_where(client: Client) -> None:
    a_plan(a_visitor(client))
    for part in text(client.get("/recommendations/")).split('<article class="card pick"')[1:]:
        assert "From your answers:" in part
        assert '<p class="sure">' in part
        assert "Sources:" in part or "our practical choice" in part
        assert "/practice/" in part


def test_an_incomplete_scale_has_no_score(client: Client) -> None:
    a_plan(a_visitor(client), peg_2=None, gad_7=None)
    page = text(client.get("/recommendations/"))
    assert "(PEG)</dt>" not in page
    assert "(GAD-7)</dt>" not in page
    assert "(PHQ-2, two questions)</dt>" in page


def test_what_was_left_out_says_why(client: Client) -> None:
    a_plan(a_visitor(client), conditions=["fracture"])
    page = text(client.get("/recommendations/"))
    assert "Left out for you" in page
    assert "Wait for the all-clear" in page


def test_what_was_not_disclosed_is_left_out_in_silence(client: Client) -> None:
    a_plan(a_visitor(client), conditions=["skip"])
    page = text(client.get("/recommendations/"))
    assert "you would rather not say all of “Your health”" in page
    assert "Never on your bump" not in page
    assert "Wait for the all-clear" not in page


def test_a_goal_is_shown_as_text_and_never_as_markup(client: Client) -> None:
    a_plan(a_visitor(client), goal="<img src=x onerror=alert(1)>")
    for path in ("/recommendations/", "/plan/"):
        assert "<img" not in text(client.get(path))


def test_strong_answers_bring_a_word_on_seeing_somebody(client: Client) -> None:
    a_plan(a_visitor(client), peg_1=8, peg_2=7, peg_3=7, gad_1=1, gad_2=1, gad_3=0, phq_1=0, phq_2=0)
    assert text(client.get("/recommendations/")).count("talk to a doctor or therapist") == 1


def test_without_answers_the_result_leads_to_the_questions(client: Client) -> None:
    assert client.get("/recommendations/").url == reverse("coaching:intake")
    answer_up_to(client, "pain")
    assert client.get("/recommendations/").url == reverse("coaching:intake")


# --- Keeping it --------------------------------------------------------------------------------


def test_keeping_leads_a_visitor_to_sign_up(client: Client) -> None:
    plan = a_plan(a_visitor(client))
    assert client.post("/plan/keep/").url == reverse("account_signup")
    plan.refresh_from_db()
    assert plan.kept_at


def test_keeping_leads_a_member_to_today(client: Client) -> None:
    a_plan(a_member(client))
    assert client.post("/plan/keep/").url == reverse("coaching:today")


def test_keeping_twice_keeps_the_first_time(client: Client) -> None:
    plan = a_plan(a_visitor(client))
    client.post("/plan/keep/")
    plan.refresh_from_db()
    first = plan.kept_at
    client.post("/plan/keep/")
    plan.refresh_from_db()
    assert plan.kept_at == first


def test_the_plan_shows_the_same_techniques_and_the_danger_signs(client: Client) -> None:
    a_plan(a_visitor(client))
    page = text(client.get("/plan/"))
    assert all(f'href="/practice/{technique}/?' in page for technique in suggested(client))
    assert "Call for help if any of these is new" in page


def test_an_empty_plan_leads_on(client: Client) -> None:
    page = text(client.get("/plan/"))
    assert "No plan yet" in page
    assert 'href="/intake/"' in page


# --- Today ---------------------------------------------------------------------------------------


def test_today_is_for_members(client: Client) -> None:
    assert client.get("/today/").url == f"{reverse('account_login')}?next=/today/"


def test_today_without_a_plan_leads_to_the_questions(client: Client) -> None:
    a_member(client)
    page = text(client.get("/today/"))
    assert 'href="/intake/"' in page
    assert 'href="/lessons/the-loop/"' in page


def test_today_names_one_next_thing(client: Client) -> None:
    person = a_member(client)
    a_plan(person)
    first, second = suggested(client)[:2]
    assert f'href="/practice/{first}/?size=1"' in text(client.get("/today/"))
    practised(person, first)
    assert f'href="/practice/{second}/?size=1"' in text(client.get("/today/"))


def test_a_day_with_everything_done_says_enough(client: Client) -> None:
    person = a_member(client)
    a_plan(person)
    for technique in suggested(client):
        practised(person, technique)
    page = text(client.get("/today/"))
    assert "Enough for today." in page
    assert "Rest is part of it" in page


def test_what_was_done_yesterday_is_not_done_today(client: Client) -> None:
    person = a_member(client)
    a_plan(person)
    first = suggested(client)[0]
    practised(person, first, days_ago=2)
    assert f'href="/practice/{first}/?size=1"' in text(client.get("/today/"))


def test_without_a_plan_the_next_lesson_is_the_first_of_the_course_not_done(client: Client) -> None:
    person = a_member(client)
    first, second = Lesson.objects.published(timezone.now()).course()[:2]
    LessonProgress.objects.create(person=person, lesson=first, done_at=timezone.now())
    page = text(client.get("/today/"))
    assert f'href="{second.get_absolute_url()}"' in page
    assert "Next for you, lesson 2 of 6" in page


# --- What they cost ------------------------------------------------------------------------------


def test_the_result_asks_the_database_little(client: Client, django_assert_max_num_queries: Any) -> None:
    a_plan(a_visitor(client))
    client.get("/recommendations/")
    with django_assert_max_num_queries(RESULT_QUERIES):
        client.get("/recommendations/")


def test_the_result_of_a_member_asks_little_too(client: Client, django_assert_max_num_queries: Any) -> None:
    a_plan(a_member(client))
    client.get("/recommendations/")
    with django_assert_max_num_queries(RESULT_QUERIES):
        client.get("/recommendations/")


def test_no_page_of_a_member_asks_much(client: Client, django_assert_max_num_queries: Any) -> None:
    person = a_member(client)
    a_plan(person)
    for technique in suggested(client):
        practised(person, technique, days_ago=3)
    for path in PERSONAL:
        with django_assert_max_num_queries(PERSONAL_QUERIES):
            client.get(path)


def test_what_a_page_asks_does_not_grow_with_what_was_done(
    client: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    person = a_member(client)
    a_plan(person)
    client.get("/today/")
    with django_assert_max_num_queries(PERSONAL_QUERIES) as before:
        client.get("/today/")
    for number in range(40):
        practised(person, "breathing", days_ago=number)
    with django_assert_num_queries(len(before.captured_queries)):
        client.get("/today/")


def test_pages_of_a_person_are_light(client: Client, hashed_static: Any) -> None:
    a_plan(a_member(client), goal="Play on the floor with my children", conditions=["fracture", "heart", "lung"])
    sizes = {path: len(gzip.compress(client.get(path).content)) for path in PERSONAL}
    assert {path: size for path, size in sizes.items() if size > HTML_BYTES} == {}
