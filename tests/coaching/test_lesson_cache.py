"""A lesson for strangers: rendered once, answered with 304 to who has it, and never older than the library."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from content.models import Lesson, Reference
from content.reading.rendering import render
from tests.coaching.shell_makers import a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PATH = "/lessons/breathing/"
WITHDRAWN = {"status": "withdrawn", "publish_at": None}


def again(client: Client, answer: Any) -> Any:
    return client.get(PATH, headers={"If-None-Match": answer.headers["ETag"]})


def test_strangers_get_the_same_bytes_and_nothing_that_is_theirs(client: Client) -> None:
    first, second = client.get(PATH), Client().get(PATH)
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert not first.cookies
    assert "csrf" not in text(first)


def test_any_cache_may_keep_it_for_a_short_while(client: Client) -> None:
    answer = client.get(PATH)
    assert answer.headers["Cache-Control"] == "public, max-age=30"
    assert "Cookie" in answer.headers["Vary"]


def test_who_has_it_is_told_so_by_one_query_and_without_rendering(
    client: Client, django_assert_num_queries: Any
) -> None:
    first = client.get(PATH)
    with django_assert_num_queries(1):
        answer = again(client, first)
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == first.headers["ETag"]
    assert answer.templates == []


def test_what_is_kept_is_served_without_rendering(client: Client, django_assert_num_queries: Any) -> None:
    client.get(PATH)
    with django_assert_num_queries(1):
        answer = Client().get(PATH)
    assert answer.status_code == 200
    assert answer.templates == []


@pytest.mark.parametrize("address", ["?size=1", "?size=12", "?answer=0", "?answer=1"])
def test_what_an_address_chooses_is_kept_apart(client: Client, address: str) -> None:
    assert client.get(PATH).headers["ETag"] != client.get(f"{PATH}{address}").headers["ETag"]


@pytest.mark.parametrize("address", ["?size=7", "?answer=999", "?answer=²", "?utm_source=x"])
def test_what_changes_nothing_is_the_same_page(client: Client, address: str) -> None:
    assert client.get(PATH).headers["ETag"] == client.get(f"{PATH}{address}").headers["ETag"]


def test_a_cookie_that_changes_the_page_is_never_answered_from_what_is_kept(client: Client) -> None:
    client.get(PATH)
    client.cookies["flare"] = "on"
    answer = client.get(PATH)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "flare.css" in text(answer)


def test_the_cookie_that_protects_forms_makes_nobody_known(client: Client) -> None:
    first = client.get(PATH)
    client.get("/intake/goal/")
    assert "csrftoken" in client.cookies
    client.cookies.pop("sessionid", None)
    assert again(client, first).status_code == 304


# --- Never older than the library ------------------------------------------------------------------------


def test_an_edit_shows_at_once(client: Client) -> None:
    first = client.get(PATH)
    lesson = Lesson.objects.get(slug="breathing")
    lesson.body = "Now it is about xylophones."
    render(lesson)
    lesson.save()
    answer = again(client, first)
    assert answer.status_code == 200
    assert "xylophones" in text(answer)


def test_a_source_that_changed_shows_at_once(client: Client) -> None:
    first = client.get(PATH)
    source = Reference.objects.get(slug="fincham23")
    source.finding = "Seen anew."
    source.save()
    assert "Seen anew." in text(again(client, first))


def test_a_withdrawn_lesson_is_gone_at_once_for_who_has_it_too(client: Client) -> None:
    first = client.get(PATH)
    Lesson.objects.filter(slug="breathing").update(**WITHDRAWN)
    assert again(client, first).status_code == 404


def test_a_lesson_that_falls_due_appears_beside_the_others(client: Client) -> None:
    lesson = Lesson.objects.filter(slug="panic")
    lesson.update(**WITHDRAWN)
    first = client.get(PATH)
    assert "/lessons/panic/" not in text(first).split("Goes with this")[1]
    lesson.update(status="published", publish_at=timezone.now() - timedelta(seconds=1))
    assert "/lessons/panic/" in text(again(client, first)).split("Goes with this")[1]


# --- A reader's own page ------------------------------------------------------------------------------------


def test_a_readers_own_page_is_kept_nowhere(client: Client) -> None:
    a_visitor(client)
    answer = client.get(PATH)
    assert "no-store" in answer.headers["Cache-Control"] and "private" in answer.headers["Cache-Control"]
    assert "ETag" not in answer.headers


def test_what_a_stranger_has_is_never_confirmed_to_a_reader(client: Client) -> None:
    first = client.get(PATH)
    client.post(f"{PATH}done/")
    answer = again(client, first)
    assert answer.status_code == 200
    assert "Not done after all" in text(answer)


def test_a_reader_leaves_nothing_in_what_strangers_get(client: Client) -> None:
    client.post(f"{PATH}notes/", {"changed": "Mine alone.", "version": 0})
    assert "Mine alone." in text(client.get(PATH))
    assert "Mine alone." not in text(Client().get(PATH))


def test_a_readers_page_costs_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    person = a_visitor(client)
    client.post(f"{PATH}notes/", {"changed": "Mine alone.", "version": 0})
    assert person.lessons.exists()
    client.get(PATH)  # takes away the message that the notes were kept
    with django_assert_max_num_queries(7):  # in tests, each reading of the library asks how it stands
        client.get(PATH)
