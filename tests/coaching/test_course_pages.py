"""The course on its page: begun, read, at rest, and taken along into an account."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coaching.lessons.course_runs import begin, course_page, hand_over_course, pause, resume
from coaching.lessons.progress import hand_over_reading, mark_done
from coaching.models import CoursePause, CourseRun, LessonProgress, Person
from content.models import Lesson
from tests.accounts.people import make_user
from tests.coaching.shell_makers import NOON, a_member, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

MONDAY = date(2026, 11, 2)


def do(client: Client, what: str) -> None:
    assert client.post("/lessons/course/", {"do": what}).status_code == 302


def shelf(client: Client) -> str:
    return text(client.get("/lessons/"))


def began(person: Person, days_ago: int) -> None:
    CourseRun.objects.filter(person=person).update(began_on=timezone.localdate() - timedelta(days=days_ago))


def read_lessons(person: Person, *numbers: int) -> None:
    for lesson in Lesson.objects.filter(course__in=numbers):
        mark_done(person, lesson, at=NOON)


# --- On the page ---------------------------------------------------------------------------------


def test_who_has_not_begun_is_asked_and_nothing_else_changes(client: Client) -> None:
    page = shelf(client)
    assert "Begin the course" in page
    assert "Week 1 of 8" not in page
    assert not Person.objects.exists()


def test_beginning_shows_the_week_and_the_first_lesson(client: Client) -> None:
    do(client, "begin")
    page = shelf(client)
    assert "Week 1 of 8" in page
    assert '<h2 id="course-now-title"><a href="/lessons/the-loop/">' in page
    assert "Begin the course" not in page


def test_beginning_twice_keeps_the_first_day(client: Client) -> None:
    do(client, "begin")
    began(Person.objects.get(), 9)
    do(client, "begin")
    assert "Week 2 of 8" in shelf(client)


def test_a_lesson_done_leaves_time_to_practise_and_a_way_to_go_on_early(client: Client) -> None:
    do(client, "begin")
    read_lessons(Person.objects.get(), 1)
    page = shelf(client)
    assert "Time to practise" in page
    assert "Open the next lesson early" in page
    assert "1 of 6 done" in page


def test_a_lesson_that_was_begun_is_carried_on(client: Client) -> None:
    do(client, "begin")
    lesson = Lesson.objects.get(slug="the-loop")
    LessonProgress.objects.create(
        person=Person.objects.get(), lesson=lesson, block=3, size="1", stopped_at=NOON, percent=60
    )
    page = shelf(client)
    assert 'href="/lessons/the-loop/?size=1#p3">Carry on where I stopped' in page


def weeks_shown(page: str) -> list[tuple[str, bool, bool]]:
    """Of each week of the picture its lesson, or a point, and whether it is done and now."""
    picture = page.split('class="plain course-weeks"')[1].split("</ol>")[0]
    return [
        (re.findall(r'aria-hidden="true">([^<]*)<', week)[0], "is-done" in week, "aria-current" in week)
        for week in picture.split("<li")[1:]
    ]


def test_the_picture_of_the_weeks_is_that_of_whoever_looks() -> None:
    clients = [Client(), Client(), Client()]
    people = [a_visitor(client) for client in clients]
    for client, person, days_ago in zip(clients, people, (0, 9, 30), strict=True):
        do(client, "begin")
        began(person, days_ago)
    for numbers in ((), (1,), (2,)):
        for person in people[1:]:
            read_lessons(person, *numbers)
        for client in clients * 2:
            answer = client.get("/lessons/")
            weeks = answer.context["course"].place.weeks
            told = [(str(week.lesson or "·"), week.is_done, week.is_now) for week in weeks]
            assert weeks_shown(text(answer)) == told


def test_at_rest_it_waits_without_a_date_or_a_reproach(client: Client) -> None:
    do(client, "begin")
    read_lessons(Person.objects.get(), 1)
    do(client, "pause")
    page = shelf(client)
    assert "The course is resting" in page
    assert "Comes on" not in page
    do(client, "resume")
    assert "The course is resting" not in shelf(client)


def test_all_six_done_says_so(client: Client) -> None:
    do(client, "begin")
    read_lessons(Person.objects.get(), 1, 2, 3, 4, 5, 6)
    assert "You have been through all six" in shelf(client)


def test_a_lesson_that_staff_withdrew_holds_nobody_up(client: Client) -> None:
    do(client, "begin")
    Lesson.objects.filter(slug="the-loop").update(status="draft")
    assert "/lessons/why-pain-stays-loud/" in shelf(client).split('id="course-now-title"')[1][:400]


def test_today_shows_the_same_next_thing(client: Client) -> None:
    person = a_member(client)
    begin(person, timezone.localdate())
    assert "Week 1 of 8" in text(client.get("/today/"))
    read_lessons(person, 1)
    assert "Time to practise" in text(client.get("/today/"))


@pytest.mark.parametrize("told", [{}, {"do": ""}, {"do": "fly"}])
def test_an_unknown_wish_is_refused(client: Client, told: dict[str, str]) -> None:
    assert client.post("/lessons/course/", told).status_code == 422
    assert not Person.objects.exists()


def test_resting_before_it_began_does_nothing(client: Client) -> None:
    do(client, "pause")
    do(client, "resume")
    assert not CourseRun.objects.exists()


# --- Days --------------------------------------------------------------------------------------------


def week_on(person: Person, day: date) -> int:
    found = course_page(person, Lesson.objects.course(), {}, day)
    assert found.place is not None
    return found.place.week


def test_a_rest_costs_its_own_days_alone(client: Client) -> None:
    person = a_visitor(client)
    begin(person, MONDAY)
    pause(person, MONDAY + timedelta(days=3))
    pause(person, MONDAY + timedelta(days=5))
    resume(person, MONDAY + timedelta(days=30))
    resume(person, MONDAY + timedelta(days=31))
    assert CoursePause.objects.count() == 1
    assert week_on(person, MONDAY + timedelta(days=33)) == 1
    assert week_on(person, MONDAY + timedelta(days=34)) == 2


def test_flying_west_between_pause_and_resume_breaks_nothing(client: Client) -> None:
    person = a_visitor(client)
    begin(person, MONDAY)
    pause(person, MONDAY - timedelta(days=1))
    resume(person, MONDAY - timedelta(days=1))
    pause(person, MONDAY - timedelta(days=1))
    assert week_on(person, MONDAY + timedelta(days=70)) == 1


# --- Into an account -----------------------------------------------------------------------------------


def test_the_course_and_what_was_read_come_along(client: Client) -> None:
    waiting, person = a_visitor(client), Person.objects.create(user=make_user())
    begin(waiting, MONDAY)
    read_lessons(waiting, 1)
    hand_over_reading(waiting, person)
    hand_over_course(waiting, person)
    assert person.course_run.began_on == MONDAY
    assert person.lessons.get().done_at == NOON


def test_where_both_read_the_same_lesson_nothing_of_either_is_lost(client: Client) -> None:
    waiting, person = a_visitor(client), Person.objects.create(user=make_user())
    lesson = Lesson.objects.get(slug="the-loop")
    ours = LessonProgress(person=person, lesson=lesson, bookmarked_at=NOON)
    ours.notes = {"changed": "Ours."}
    ours.save()
    theirs = LessonProgress(person=waiting, lesson=lesson, done_at=NOON, block=3, size="1", stopped_at=NOON, percent=40)
    theirs.notes = {"changed": "Theirs.", "reflection": "In the car."}
    theirs.save()
    hand_over_reading(waiting, person)
    kept = person.lessons.get()
    assert kept.notes == {"changed": "Ours.\n\nTheirs.", "reflection": "In the car."}
    assert (kept.done_at, kept.bookmarked_at, kept.block, kept.percent) == (NOON, NOON, 3, 40)


def test_words_that_come_along_open_for_their_new_owner(client: Client) -> None:
    waiting, person = a_visitor(client), Person.objects.create(user=make_user())
    theirs = LessonProgress(person=waiting, lesson=Lesson.objects.get(slug="panic"))
    theirs.notes = {"changed": "Theirs."}
    theirs.save()
    hand_over_reading(waiting, person)
    assert person.lessons.get().notes == {"changed": "Theirs."}


def test_the_accounts_own_course_stays(client: Client) -> None:
    waiting, person = a_visitor(client), Person.objects.create(user=make_user())
    begin(waiting, MONDAY)
    begin(person, MONDAY - timedelta(days=20))
    hand_over_course(waiting, person)
    assert person.course_run.began_on == MONDAY - timedelta(days=20)
