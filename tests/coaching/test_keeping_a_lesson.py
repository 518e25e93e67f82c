"""Bookmarks, words of one's own, and the task that goes into the plan."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coaching.intake.intakes import keep_alarm
from coaching.models import LessonProgress, Person, PlanItem
from tests.accounts.people import confirm_it_is_me
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PATH = "/lessons/breathing/"
WORDS = "The bus stop is easier now."


def write(client: Client, reflection: str = "", changed: str = WORDS, version: int = 0, **more: str) -> Any:
    told = {"reflection": reflection, "changed": changed, "version": version, **more}
    return client.post(f"{PATH}notes/", told)


# --- Bookmarks -----------------------------------------------------------------------------------


def test_a_bookmark_is_set_listed_and_taken_away(client: Client) -> None:
    client.post(f"{PATH}bookmark/", {"keep": "yes"})
    assert "Bookmarked. Take it away" in text(client.get(PATH))
    assert '<h2 id="kept-title">' in text(client.get("/lessons/"))
    client.post(f"{PATH}bookmark/", {"keep": "no"})
    assert '<h2 id="kept-title">' not in text(client.get("/lessons/"))


def test_twice_keeps_one_bookmark(client: Client) -> None:
    for _ in range(2):
        assert client.post(f"{PATH}bookmark/").status_code == 302
    assert LessonProgress.objects.exclude(bookmarked_at=None).count() == 1


# --- Words of one's own -----------------------------------------------------------------------------


def test_words_are_kept_sealed_and_come_back_to_be_changed(client: Client) -> None:
    assert write(client, reflection="In the car.").status_code == 302
    kept = LessonProgress.objects.get()
    assert "bus" not in kept.sealed_notes
    assert kept.notes == {"reflection": "In the car.", "changed": WORDS}
    page = text(client.get(PATH))
    assert WORDS in page and "In the car." in page
    write(client, changed="The stairs too.", version=1)
    assert LessonProgress.objects.get().notes == {"changed": "The stairs too."}


def test_words_are_shown_to_nobody_else(client: Client) -> None:
    write(client)
    assert WORDS not in text(Client().get(PATH))


def test_words_can_be_deleted_by_who_is_sure(client: Client) -> None:
    write(client)
    asked = write(client, version=1, do="delete")
    assert "They cannot be brought back." in text(asked)
    assert LessonProgress.objects.get().notes == {"changed": WORDS}
    client.post(f"{PATH}notes/", {"do": "delete", "sure": "yes", "version": 1})
    assert LessonProgress.objects.get().sealed_notes == ""
    assert "Delete them for good" not in text(client.get(PATH))


def test_of_two_tabs_the_second_is_told_and_keeps_its_words_on_the_page(client: Client) -> None:
    write(client, changed="First tab.")
    answer = write(client, changed="Second tab.")
    assert answer.status_code == 409
    assert "Second tab." in text(answer)
    assert LessonProgress.objects.get().notes == {"changed": "First tab."}
    write(client, changed="Second tab.", version=1)
    assert LessonProgress.objects.get().notes == {"changed": "Second tab."}


def test_sending_the_same_again_changes_nothing(client: Client) -> None:
    write(client)
    assert write(client).status_code == 302
    assert LessonProgress.objects.get().notes_version == 1


def test_words_that_are_too_long_stay_on_the_page(client: Client) -> None:
    answer = write(client, changed="x" * 4001)
    assert answer.status_code == 422
    assert "x" * 4001 in text(answer)
    assert not LessonProgress.objects.exists()


@pytest.mark.parametrize("told", [{"changed": "a\0b"}, {"version": "x"}])
def test_odd_words_are_refused(client: Client, told: dict[str, str]) -> None:
    assert client.post(f"{PATH}notes/", {"changed": WORDS, **told}).status_code == 422


def test_empty_boxes_make_nobody(client: Client) -> None:
    assert write(client, changed="").status_code == 302
    assert not Person.objects.exists()


def test_markup_in_words_is_shown_as_words(client: Client) -> None:
    write(client, changed="</textarea><script>alert(1)</script>")
    assert "<script>alert" not in text(client.get(PATH))


def test_words_that_call_for_care_are_kept_and_help_is_shown(client: Client) -> None:
    answer = write(client, changed="I do not want to live like this")
    assert answer.status_code == 200
    assert "You do not have to carry this alone" in text(answer)
    assert LessonProgress.objects.get().notes


def test_words_sealed_with_a_lost_key_do_not_close_the_lesson(client: Client) -> None:
    write(client)
    LessonProgress.objects.update(sealed_notes="lost.AAAA")
    assert client.get(PATH).status_code == 200


# --- Into an account, out as a file, and gone -----------------------------------------------------------


def test_the_file_of_my_data_holds_what_i_kept_of_lessons_and_of_the_course(client: Client) -> None:
    a_member(client)
    write(client)
    client.post(f"{PATH}bookmark/")
    client.post("/lessons/course/", {"do": "begin"})
    confirm_it_is_me(client)
    kept = json.loads(client.get("/accounts/data/download/").content)["coaching"]
    assert kept["lessons"][0]["written"] == {"changed": WORDS}
    assert kept["lessons"][0]["bookmarked_at"]
    assert kept["course"]["began_on"]


# --- The task ---------------------------------------------------------------------------------------------


def test_the_task_goes_into_the_plan(client: Client) -> None:
    person = a_visitor(client)
    a_plan(person)
    client.post(f"{PATH}task/")
    assert PlanItem.objects.get(plan__person=person, technique="breathing").state == "pinned"
    page = text(client.get(PATH))
    assert "It is in your plan now." in page
    assert "In your plan" in page


def test_a_task_that_is_not_safe_for_this_person_stays_out_of_the_plan(client: Client) -> None:
    person = a_visitor(client)
    a_plan(person, conditions=["numb"])
    client.post("/lessons/heat/task/")
    assert not PlanItem.objects.filter(plan__person=person, technique="heat", state="pinned").exists()
    assert "We did not add it to your plan." in text(client.get("/lessons/heat/"))


def test_without_a_plan_the_way_leads_to_the_questions(client: Client) -> None:
    assert client.post(f"{PATH}task/").headers["Location"] == "/intake/"
    assert not Person.objects.exists()


def test_in_danger_no_task_is_taken_along(client: Client) -> None:
    person = a_visitor(client)
    a_plan(person)
    keep_alarm(person, timezone.now())
    assert client.post(f"{PATH}task/").headers["Location"] == "/help-now/emergency/"
