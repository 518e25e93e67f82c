"""Where a reader stopped: one place a lesson, whatever the size, offered again on the next device."""

import re
from typing import Any

import pytest
from django.test import Client

from coaching.models import LessonProgress, Person
from content.core.texts.blocks import blocks_of
from content.models import Lesson
from tests.accounts.people import PASSWORD
from tests.coaching.shell_makers import a_member, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PATH = "/lessons/breathing/"


def blocks(size: str) -> list[int]:
    lesson = Lesson.objects.get(slug="breathing")
    return blocks_of({"1": lesson.brief_html, "4": lesson.body_html}[size])


def stop(client: Client, block: Any, size: str = "4", **more: str) -> Any:
    return client.post(f"{PATH}place/", {"block": block, "size": size, **more})


def test_every_section_ends_with_a_way_to_stop_without_scripts(client: Client) -> None:
    page = text(client.get(PATH))
    offered = re.findall(r'<button class="button text" form="stopped" name="block" value="(\d+)">', page)
    assert len(offered) == page.count("<h2>") - page.count('<h2 id="') or offered
    assert set(map(int, offered)) < set(blocks("4"))


def test_stopping_says_so_and_the_lesson_offers_to_carry_on(client: Client) -> None:
    block = blocks("4")[3]
    answer = stop(client, block)
    assert answer.status_code == 302
    page = text(client.get(PATH))
    assert "Your place is kept" in page
    assert f'href="{PATH}?size=4#p{block}"' in page


def test_another_device_with_the_same_account_carries_on_there(client: Client) -> None:
    a_member(client)
    block = blocks("4")[3]
    stop(client, block)
    other = Client()
    other.login(email="nadia@example.org", password=PASSWORD)
    assert f'href="{PATH}?size=4#p{block}"' in text(other.get(f"{PATH}?size=1"))


def test_the_lesson_opens_in_the_size_in_which_it_was_read(client: Client) -> None:
    stop(client, blocks("1")[0], size="1")
    assert 'href="?size=1" aria-current="true"' in text(client.get(PATH))


def test_the_page_may_tell_it_quietly(client: Client) -> None:
    a_visitor(client)
    assert stop(client, blocks("4")[2], quietly="yes").status_code == 204
    assert LessonProgress.objects.get().block == blocks("4")[2]


def test_the_furthest_place_counts_for_the_bar_and_the_last_for_carrying_on(client: Client) -> None:
    person = a_visitor(client)
    for place in (-1, 0):
        stop(client, blocks("4")[place], quietly="yes")
    progress = person.lessons.get()
    assert (progress.percent, progress.block) == (100, blocks("4")[0])


def test_the_list_shows_how_far_one_is(client: Client) -> None:
    stop(client, blocks("4")[3])
    assert re.search(r'<progress max="100" value="\d+">', text(client.get("/lessons/")))


def test_a_lesson_that_is_done_offers_nothing_to_carry_on(client: Client) -> None:
    stop(client, blocks("4")[3])
    client.post(f"{PATH}done/", {"done": "yes"})
    assert "You stopped here" not in text(client.get(PATH))


def test_a_place_that_the_text_no_longer_has_is_passed_over(client: Client) -> None:
    stop(client, blocks("4")[3])
    LessonProgress.objects.update(block=4999)
    page = client.get(PATH)
    assert page.status_code == 200
    assert "You stopped here" not in text(page)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"block": "3"},
        {"block": "x", "size": "4"},
        {"block": "-1", "size": "4"},
        {"block": "9" * 400, "size": "4"},
        {"block": "4999", "size": "4"},
        {"block": "1", "size": "5"},
        {"block": "1\0", "size": "4"},
    ],
)
def test_a_place_that_there_is_not_is_refused_and_makes_no_record(client: Client, told: dict[str, str]) -> None:
    assert client.post(f"{PATH}place/", told).status_code == 422
    assert not LessonProgress.objects.exists()


def test_a_block_of_another_size_is_refused(client: Client) -> None:
    assert stop(client, blocks("1")[0], size="4").status_code == 422


def test_another_sites_form_is_refused(client: Client) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        answer = client.post(f"{PATH}place/", {"block": 1, "size": "1"}, headers=headers)
        assert answer.status_code == 403
    assert not Person.objects.exists()
