"""The result page is drawn once while nothing on it changes, and the very next page says what did."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Profile
from coaching.intake.known import mark_of_answers
from coaching.models import Intake, Person, Plan
from coaching.plan import result_page
from content.models import Lesson
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, answer_all, text
from tests.coaching.test_answering_again import check_in, let_time_pass

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PAGE = "/recommendations/"


def plan_of_a_member(client: Client) -> Plan:
    return a_plan(a_member(client))


def test_nothing_on_it_is_drawn_twice(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_of_a_member(client)
    first = text(client.get(PAGE))
    for name in ("loop", "my_picture", "cards", "behind", "scores", "goal", "notes", "costs"):
        monkeypatch.setattr(result_page.Result, name, property(lambda _: pytest.fail("drawn again")))
    monkeypatch.setattr(result_page.Keeping, "choices", property(lambda _: pytest.fail("drawn again")))
    assert len(text(client.get(PAGE))) == len(first)


def test_what_it_hangs_on_is_asked_once_a_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_of_a_member(client)
    asked: list[str] = []

    def counted(person: Person) -> str:
        asked.append(mark_of_answers(person))
        return asked[-1]

    monkeypatch.setattr(result_page, "mark_of_answers", counted)
    for turn in (1, 2):
        client.get(PAGE)
        assert len(asked) == turn


def test_minutes_that_were_refused_are_told_once_and_each_in_its_words(client: Client) -> None:
    plan_of_a_member(client)
    client.get(PAGE)
    told = [text(client.post(reverse("coaching:set_minutes"), {"minutes": given})) for given in ("", "7")]
    assert all("That change could not be made" in page and "id_minutes_error" in page for page in told)
    assert "This field is required" in told[0] and "This field is required" not in told[1]
    assert "id_minutes_error" not in text(client.get(PAGE))


def test_a_plan_that_is_kept_and_other_minutes_are_said_at_once(client: Client) -> None:
    plan_of_a_member(client)
    assert "Keep this plan" in text(client.get(PAGE))
    client.post(reverse("coaching:keep_plan"))
    assert "This is your plan" in text(client.get(PAGE))
    for minutes in (10, 20):
        client.post(reverse("coaching:set_minutes"), {"minutes": minutes})
        assert f'value="{minutes}" selected' in text(client.get(PAGE))


def test_a_visitor_is_asked_to_sign_up_for_keeping_it(client: Client) -> None:
    a_plan(a_visitor(client))
    assert all("Sign up with an email" in text(client.get(PAGE)) for _ in range(2))


def test_the_number_of_pain_is_gone_once_it_is_hidden(client: Client) -> None:
    plan = plan_of_a_member(client)
    assert "6.0 of 10" in text(client.get(PAGE))
    Profile.objects.update_or_create(user=plan.person.user, defaults={"hide_pain_numbers": True})
    assert "of 10<" not in text(client.get(PAGE))


def test_a_lesson_stands_there_from_the_moment_it_is_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_of_a_member(client)
    lessons = Lesson.objects.filter(slug__in=[one.slug for one in Lesson.objects.all() if one.title in shown(client)])
    assert lessons
    out_at = timezone.now() + timedelta(hours=1)
    for lesson in lessons:
        lesson.publish_at = out_at
        lesson.save()
    titles = [lesson.title for lesson in lessons]
    assert not any(title in shown(client) for title in titles)
    monkeypatch.setattr(timezone, "now", lambda: out_at)
    assert all(title in shown(client) for title in titles)


def shown(client: Client) -> str:
    return text(client.get(PAGE))


def test_the_day_of_an_answer_is_that_of_the_row_that_holds_it(client: Client) -> None:
    answer_all(client)
    let_time_pass(days=20)
    check_in(client, pain=dict.fromkeys(("peg_1", "peg_2", "peg_3")))
    first = Intake.objects.earliest("id")
    for ago in (9, 5):
        on = timezone.now() - timedelta(days=ago)
        Intake.objects.filter(pk=first.pk).update(finished_at=on)
        assert f"you told us on {on.day} {on:%B}" in shown(client)
