"""What the pages of a plan ask of the database: little, and no more for whoever has done much."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coaching.models import (
    CheckIn,
    CoursePause,
    CourseRun,
    LessonProgress,
    Person,
    Plan,
    PlanChange,
    Practice,
    Week,
    WeekReview,
    WeekStep,
)
from coaching.people.preferences import UTC
from coaching.week.weeks import weeks_of
from content.models import Lesson
from content.reading import stamp
from tests.coaching.shell_makers import a_finished_intake, a_member, a_plan, a_visitor, as_a_request_reads

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

BUDGETS = {
    "/recommendations/": 4,
    "/today/": 6,
    "/plan/": 5,
    "/progress/": 5,
    "/progress/what-works/": 6,
    "/practice/": 4,
    "/practice/breathing/": 5,
    "/tools/": 3,
    "/tools/sleep-diary/": 5,
    "/lessons/": 6,
    "/lessons/breathing/": 4,
}
"""Once the library is read, for somebody with an account. The session with its account, and the person, are two."""
OF_MEMBERS = {"/today/"}
AMOUNTS = [0, 2000]
CHECK_INS = 200


@pytest.fixture(autouse=True)
def library_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a site that is read: the look at the library, once a second, is not counted."""
    monkeypatch.setattr(stamp, "ASKED_AGAIN", timedelta(hours=1))
    stamp.ask_anew()


def made_much_of(person: Person, goes: int) -> None:
    """Goes, check-ins, a course that began, rested and rests again, a plan that changed more than once, and a week."""
    at = timezone.now()
    Practice.objects.bulk_create(
        Practice(
            person=person,
            technique_id="breathing",
            client_id=f"a-made-up-id-{number}",
            started_at=at - timedelta(hours=number),
            tension_before=6,
            tension_after=4,
        )
        for number in range(goes)
    )
    if goes:
        a_life(person)
        many_check_ins(person)


def many_check_ins(person: Person) -> None:
    at = timezone.now()
    rows = [CheckIn(person=person, version="3", given_at=at, changed_at=at) for _ in range(CHECK_INS)]
    for ago, row in enumerate(rows):
        row.day = at.date() - timedelta(days=7 * ago)
        row.answers = {"function": ago % 11, "confidence": 5, "peg_1": 5, "peg_2": 5, "peg_3": 4, "note": "A line"}
    CheckIn.objects.bulk_create(rows)


def a_life(person: Person) -> None:
    at = timezone.now()
    for ago in (20, 10):
        a_finished_intake(person, at=at - timedelta(days=ago))
    run = CourseRun.objects.create(person=person, began_on=at.date() - timedelta(days=30))
    CoursePause.objects.create(run=run, began_on=run.began_on, ended_on=run.began_on + timedelta(days=2))
    CoursePause.objects.create(run=run, began_on=at.date() - timedelta(days=1))
    for lesson in Lesson.objects.published(at).course()[:2]:
        LessonProgress.objects.create(person=person, lesson=lesson, done_at=at)
    plan = person.plans.current().get()
    for ago in range(5):
        PlanChange.objects.create(
            plan=plan, at=at - timedelta(days=ago), why="asked", taken_id="cold", given_id="breathing"
        )


@pytest.mark.parametrize("goes", AMOUNTS)
@pytest.mark.parametrize("path", BUDGETS)
def test_a_page_of_a_member_keeps_to_its_budget(
    client: Client, path: str, goes: int, django_assert_max_num_queries: Any
) -> None:
    person = a_member(client)
    a_plan(person, at=timezone.now() - timedelta(days=12))
    made_much_of(person, goes)
    client.post("/week/make/")
    assert client.get(path).status_code == 200
    with django_assert_max_num_queries(BUDGETS[path]):
        client.get(path)


@pytest.mark.parametrize("goes", AMOUNTS)
@pytest.mark.parametrize("path", sorted(set(BUDGETS) - OF_MEMBERS))
def test_a_page_of_a_stranger_keeps_to_the_same(
    client: Client, path: str, goes: int, django_assert_max_num_queries: Any
) -> None:
    person = a_visitor(client)
    a_plan(person, at=timezone.now() - timedelta(days=12))
    made_much_of(person, goes)
    client.post("/week/make/")
    assert client.get(path).status_code == 200
    with django_assert_max_num_queries(BUDGETS[path]):
        client.get(path)


def test_the_course_on_today_is_the_course_of_its_own_page(client: Client) -> None:
    person = a_member(client)
    a_plan(person)
    a_life(person)
    today, lessons = client.get("/today/").context["course"], client.get("/lessons/").context["course"]
    assert today.place == lessons.place
    assert [(row.lesson.slug, row.stop) for row in today.rows] == [(row.lesson.slug, row.stop) for row in lessons.rows]
    assert today.done == lessons.done == 2
    assert today.place.is_paused


def test_a_person_is_read_with_all_their_answers(client: Client) -> None:
    person = a_visitor(client)
    rows = [a_finished_intake(person) for _ in range(3)]
    found = as_a_request_reads(person)
    assert found is not None
    assert [row.pk for row in found.all_intakes] == [row.pk for row in reversed(rows)]
    assert all(row.person is found and row.answers for row in found.all_intakes)


def test_somebody_without_answers_is_read_too(client: Client) -> None:
    person = a_visitor(client)
    found = as_a_request_reads(person)
    assert found == person
    assert found.all_intakes == []
    assert Person.objects.of_visit("nobody") is None


def test_a_plan_is_read_with_all_that_is_in_it(client: Client) -> None:
    person = a_visitor(client)
    plan = a_plan(person)
    found = Plan.objects.current_of(person.pk)
    assert found == plan
    assert list(found.items.all()) == list(plan.items.order_by("position", "id"))
    plan.items.all().delete()
    assert list(Plan.objects.current_of(person.pk).items.all()) == []


def rows_made(kind: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What becomes an object of this kind from now on."""
    made, from_db = list[Any](), kind.from_db.__func__

    def counted(*told: Any) -> Any:
        made.append(told[-1])
        return from_db(*told)

    monkeypatch.setattr(kind, "from_db", classmethod(counted))
    return made


def test_a_plan_is_made_an_object_once_however_much_is_in_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    person = a_visitor(client)
    plan = a_plan(person)
    made = rows_made(Plan, monkeypatch)
    assert Plan.objects.current_of(person.pk) == plan
    assert plan.items.count() > 1
    assert len(made) == 1


def test_what_was_said_of_a_week_is_read_for_its_own_page_alone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_member(client)
    a_plan(person)
    client.post("/week/make/")
    week, told = Week.objects.get(), {"done": 0, "planned": 1, "move": "keep", "decided": "keep"}
    WeekReview.objects.create(week=week, at=timezone.now(), decided_at=timezone.now(), **told)
    made = rows_made(WeekReview, monkeypatch)
    assert client.get("/today/").status_code == 200
    assert not made
    one = weeks_of(person, at=timezone.now(), zone=UTC).current
    assert one
    assert (one.is_decided, one.review) == (True, week.review)


def test_of_weeks_before_the_last_nothing_is_made(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    person, today = a_visitor(client), timezone.localdate()
    for ago in (0, 1, 2):
        begins_on = today - timedelta(days=7 * ago)
        told = {"begins_on": begins_on, "ends_on": begins_on + timedelta(days=6), "made_at": timezone.now()}
        week = person.weeks.create(**told)
        week.steps.create(technique_id="breathing", day=begins_on, minutes=ago + 1)
    made = rows_made(WeekStep, monkeypatch)
    weeks = weeks_of(person, at=timezone.now(), zone=UTC)
    assert [one.steps[0].minutes for one in (weeks.current, weeks.last) if one] == [1, 2]
    assert len(made) == 2
