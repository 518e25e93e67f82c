from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coaching.models import LessonProgress, Person, Practice
from content.core.vocabulary import Level
from content.models import Lesson
from tests.accounts.people import PASSWORD, code_sent_to, log_in, make_user
from tests.coaching.shell_makers import (
    CHAPTER,
    NOON,
    POSTS,
    a_finished_intake,
    a_plan,
    a_visitor,
    answer_all,
    answer_up_to,
    open_page,
    post,
    round_on,
    step_url,
    suggested,
    tell,
    text,
    the_person,
    the_user,
)

pytestmark = pytest.mark.django_db

PAGES = ["/", "/lessons/", "/lessons/the-loop/", "/intake/", "/intake/goal/", "/intake/safety/", "/practice/"]
PAGES += ["/practice/breathing/", "/recommendations/", "/plan/", "/help-now/", "/help-now/emergency/", "/today/"]


def sign_up(client: Client, email: str = "nadia@example.org") -> None:
    client.post(reverse("account_signup"), {"email": email, "password1": PASSWORD})
    client.post("/accounts/confirm-email/", {"code": code_sent_to(email)}, follow=True)
    assert "_auth_user_id" in client.session


def a_practice(person: Person, client_id: str = "the-first-practice") -> Practice:
    return Practice.objects.create(person=person, technique_id="breathing", client_id=client_id, started_at=NOON)


def say_it_is(client: Client, mine: str) -> Any:
    return client.post(reverse("coaching:browser"), {"is_mine": mine})


# --- Without an account -----------------------------------------------------------------


def test_looking_makes_nobody(client: Client, library: None) -> None:
    for path in PAGES:
        client.get(path)
        assert not Person.objects.exists(), path


def test_an_answer_that_was_refused_makes_nobody(client: Client, library: None) -> None:
    assert post(client, "goal", adult="").status_code == 422
    assert not Person.objects.exists()


def test_the_first_answer_makes_a_person(client: Client, library: None) -> None:
    post(client, "goal")
    assert the_person().user is None
    assert the_person().intakes.count() == 1


def test_the_second_answer_is_of_the_same_person(client: Client, library: None) -> None:
    answer_up_to(client, "safety")
    assert Person.objects.count() == 1


def test_another_browser_is_another_person(library: None) -> None:
    for browser in (Client(), Client()):
        post(browser, "goal")
    assert Person.objects.count() == 2


def test_the_number_of_a_person_cannot_be_guessed(library: None) -> None:
    numbers = {Person.objects.create().pk for _ in range(50)}
    assert len(numbers) == 50
    assert {len(number) for number in numbers} == {24}


def test_a_number_that_is_nobodys_starts_afresh(client: Client, library: None) -> None:
    a_visitor(client)
    Person.objects.all().delete()
    assert client.get("/recommendations/").status_code == 302
    post(client, "goal")
    assert Person.objects.count() == 1


# --- Signing up and logging in ----------------------------------------------------------


def test_signing_up_keeps_answers_and_plan(client: Client, library: None) -> None:
    answer_all(client)
    before, shown = the_person().pk, suggested(client)
    sign_up(client)
    assert suggested(client) == shown
    assert the_person().pk == before
    assert the_person().user == the_user()


def test_a_half_done_intake_goes_on_after_signing_up(client: Client, library: None) -> None:
    answer_up_to(client, "pain")
    sign_up(client)
    assert 'href="/intake/mood/"' in text(client.get("/intake/"))


def test_after_logging_out_the_browser_is_nobodys(client: Client, library: None) -> None:
    answer_all(client)
    sign_up(client)
    client.post(reverse("account_logout"))
    assert client.get("/recommendations/").url == reverse("coaching:intake")
    post(client, "goal")
    assert Person.objects.filter(user=None).count() == 1


def test_the_session_of_somebody_who_signed_up_opens_nothing_in_another_browser(library: None) -> None:
    mine, other = Client(), Client()
    answer_all(mine)
    session = other.session
    session["person"] = the_person().pk
    session.save()
    sign_up(mine)
    mine.get("/today/")
    assert other.get("/recommendations/").url == reverse("coaching:intake")


def test_two_accounts_in_one_browser_stay_apart(client: Client, library: None) -> None:
    answer_all(client)
    sign_up(client, "nadia@example.org")
    client.post(reverse("account_logout"))
    sign_up(client, "walter@example.org")
    assert client.get("/recommendations/").url == reverse("coaching:intake")
    answer_all(client, goal={"goal": "Walk to choir"})
    assert Person.objects.exclude(user=None).count() == 2
    assert "Walk to choir" in text(client.get("/recommendations/"))


# --- A browser that held something before somebody logged in -------------------------------


@pytest.fixture
def two(client: Client, library: None) -> tuple[Person, Person]:
    """What an anonymous visitor did in this browser, and the account that then logged in there."""
    person = Person.objects.create(user=make_user())
    a_plan(person, goal="Lift my grandchild")
    waiting = a_visitor(client)
    a_plan(waiting, goal="Sleep through")
    log_in(client)
    return person, waiting


def test_the_accounts_own_plan_is_shown_and_the_browser_is_asked_about(client: Client, two: object) -> None:
    page = text(client.get("/today/"))
    assert "Lift my grandchild" in page
    assert "Are they yours?" in page
    assert "Sleep through" not in page


def test_bringing_along_moves_practices_lessons_and_answers(client: Client, two: tuple[Person, Person]) -> None:
    person, waiting = two
    a_practice(waiting)
    LessonProgress.objects.create(person=waiting, lesson=Lesson.objects.get(slug="panic"), done_at=NOON)
    say_it_is(client, "yes")
    assert list(Person.objects.all()) == [person]
    assert person.practices.count() == person.lessons.count() == 1
    assert sorted(intake.answers["goal"] for intake in person.intakes.all()) == ["Lift my grandchild", "Sleep through"]
    assert "Are they yours?" not in text(client.get("/today/"))


def test_without_a_plan_of_its_own_the_account_gets_the_browsers(client: Client, library: None) -> None:
    person = Person.objects.create(user=make_user())
    a_plan(a_visitor(client), goal="Sleep through")
    shown = suggested(client)
    log_in(client)
    say_it_is(client, "yes")
    assert suggested(client) == shown
    assert person.plans.current().count() == 1


def test_bringing_along_twice_the_same_practice_keeps_one(client: Client, two: tuple[Person, Person]) -> None:
    person, waiting = two
    a_practice(person)
    a_practice(waiting)
    say_it_is(client, "yes")
    assert person.practices.count() == 1


def test_leaving_behind_removes_it_and_touches_nothing_of_the_account(
    client: Client, two: tuple[Person, Person]
) -> None:
    person, _ = two
    say_it_is(client, "no")
    assert list(Person.objects.all()) == [person]
    assert person.intakes.count() == 1


def test_an_answer_that_is_neither_changes_nothing(client: Client, two: object) -> None:
    say_it_is(client, "maybe")
    assert Person.objects.count() == 2


def test_the_question_can_be_answered_twice(client: Client, two: object) -> None:
    say_it_is(client, "yes")
    assert say_it_is(client, "yes").status_code == 302
    assert Person.objects.count() == 1


def test_after_bringing_along_the_questions_can_be_answered_again(client: Client, two: tuple[Person, Person]) -> None:
    """The account had begun its questions anew when what the browser held was brought along."""
    _person, waiting = two
    post(client, "goal", goal="Begun on the account")
    a_finished_intake(waiting, goal="Finished in the browser")
    say_it_is(client, "yes")
    answer_all(client, goal={"goal": "And once more"})
    assert "And once more" in text(client.get("/recommendations/"))


def test_danger_told_in_this_browser_holds_after_logging_in(client: Client, library: None) -> None:
    a_plan(Person.objects.create(user=make_user()))
    tell(client, "chest_pain")
    log_in(client)
    for path in ("/recommendations/", "/plan/", "/today/"):
        assert client.get(path).url == reverse("coaching:emergency"), path
    assert "Not for you right now" in text(client.get("/practice/breathing/"))


def test_danger_told_in_this_browser_ends_when_safety_is_answered_anew(client: Client, library: None) -> None:
    a_plan(Person.objects.create(user=make_user()))
    tell(client, "chest_pain")
    log_in(client)
    post(client, "safety")
    assert "Are they yours?" in text(client.get("/today/"))


def test_danger_brought_along_stays_danger(client: Client, library: None) -> None:
    person = Person.objects.create(user=make_user())
    a_plan(person)
    stale = round_on(open_page(client, "safety"))
    tell(client, "chest_pain")
    log_in(client)
    say_it_is(client, "yes")
    assert person.intakes.newest().safety_level == Level.NOW
    for step in CHAPTER["safety"]:
        client.post(step_url(step), {**POSTS[step], "round": stale})
    assert client.get("/plan/").url == reverse("coaching:emergency")


def test_danger_that_was_somebody_elses_leaves_with_it(client: Client, library: None) -> None:
    a_plan(Person.objects.create(user=make_user()))
    tell(client, "chest_pain")
    log_in(client)
    say_it_is(client, "no")
    assert client.get("/plan/").status_code == 200
