"""Finding a lesson from its shelf: by words, by need, by technique and by the time one has."""

from typing import Any

import pytest
from django.test import Client

from coaching.models import Person
from tests.coaching.shell_makers import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def page(client: Client, **asked: str) -> str:
    answer = client.get("/lessons/", asked)
    assert answer.status_code == 200
    return text(answer)


def test_words_lead_to_a_list_of_what_was_found(client: Client) -> None:
    shown = page(client, q="slow breathing")
    assert 'href="/lessons/breathing/"' in shown
    assert 'value="slow breathing"' in shown
    assert "<mark>" in shown


def test_what_was_chosen_stays_chosen(client: Client) -> None:
    shown = page(client, q="pain", need="sleep", technique="breathing", time="12")
    assert '<option value="sleep" selected>' in shown
    assert '<option value="breathing" selected>' in shown
    assert '<option value="12" selected>' in shown


def test_the_time_one_has_is_the_size_in_which_a_lesson_opens(client: Client) -> None:
    assert 'href="/lessons/yoga/?size=1"' in page(client, q="yoga", time="1")


def test_a_time_alone_opens_the_whole_shelf_in_that_size(client: Client) -> None:
    shown = page(client, time="12")
    assert 'href="/lessons/the-loop/?size=12"' in shown and 'href="/lessons/yoga/?size=12"' in shown


def test_nothing_found_says_so_kindly_with_other_ways_to_go(client: Client) -> None:
    shown = page(client, q="qwxzyv")
    assert "Nothing here says that yet" in shown
    assert 'href="/help-now/"' in shown


def test_what_was_typed_is_shown_as_words(client: Client) -> None:
    shown = page(client, q="<b>pain</b>")
    assert "<b>pain" not in shown
    assert "&lt;b&gt;pain" in shown


@pytest.mark.parametrize("asked", [{}, {"q": ""}, {"q": " "}, {"need": "x"}, {"time": "4"}, {"time": "x"}, {"q": "\0"}])
def test_an_empty_wish_shows_the_whole_shelf(client: Client, asked: dict[str, str]) -> None:
    assert "The course, in six lessons" in page(client, **asked)


@pytest.mark.parametrize("asked", [{"q": "pain\0" * 3000}, {"technique": "\0"}, {"technique": "x" * 9999}])
def test_odd_addresses_find_nothing_or_something_and_never_break(client: Client, asked: dict[str, str]) -> None:
    page(client, **asked)


def test_searching_makes_nobody_and_costs_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(3):
        page(client, q="pain")
    assert not Person.objects.exists()


def test_a_lesson_that_is_done_says_so_where_it_is_found(client: Client) -> None:
    client.post("/lessons/yoga/done/", {"done": "yes"})
    assert '<span class="pill lake">Done</span>' in page(client, q="yoga")
