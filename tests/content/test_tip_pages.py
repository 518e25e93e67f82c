from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from content.models import Tip
from tests.content.makers import a_reference, a_technique, a_tip

pytestmark = pytest.mark.django_db


@pytest.fixture
def tip() -> Tip:
    a_reference(verification="memory")
    return a_tip(practice=a_technique())


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_published_tips_only(client: Client, tip: Tip) -> None:
    a_tip("draft", title="Not yet", status="draft", publish_at=None)
    a_tip("later", title="Tomorrow", publish_at=timezone.now() + timedelta(days=1))
    html = text(client, "/tips/")
    assert tip.title in html
    assert "Not yet" not in html
    assert "Tomorrow" not in html


def test_the_list_can_be_of_one_topic(client: Client, tip: Tip) -> None:
    a_tip("sleep", title="One time to get up", topics=["sleep"])
    html = text(client, "/tips/?topic=sleep")
    assert "One time to get up" in html
    assert tip.title not in html


def test_a_topic_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/tips/?topic=gossip").status_code == 404


def test_a_topic_without_a_tip_says_so_and_leads_on(client: Client) -> None:
    assert "There is no tip on this topic yet." in text(client, "/tips/?topic=sleep")


def test_a_long_list_has_pages_that_keep_the_topic(client: Client) -> None:
    for number in range(13):
        a_tip(f"tip-{number}", topics=["sleep"])
    assert 'href="?topic=sleep&amp;page=2"' in text(client, "/tips/?topic=sleep")
    assert 'href="?topic=sleep&amp;page=1"' in text(client, "/tips/?topic=sleep&page=2")


def test_a_page_number_out_of_range_shows_the_last_page(client: Client, tip: Tip) -> None:
    assert tip.title in text(client, "/tips/?page=99")
    assert tip.title in text(client, "/tips/?page=x")


def test_a_tip_shows_its_source_what_was_seen_of_it_and_a_practice_to_try(client: Client, tip: Tip) -> None:
    html = text(client, "/tips/six-soft-breaths/")
    assert 'href="#note-1"' in html
    assert "A made-up trial" in html
    assert "Likely source" in html
    assert "Begin: slow breathing" in html
    assert 'href="/practice/breathing/"' in html
    assert "Awaiting review by a clinician." in html


def test_a_tip_leads_to_the_next_one(client: Client, tip: Tip) -> None:
    a_tip("second", title="The second", position=2)
    assert "Next tip: The second" in text(client, "/tips/six-soft-breaths/")
    assert "Next tip" not in text(client, "/tips/second/")


@pytest.mark.parametrize("status", ["draft", "withdrawn", "in_review"])
def test_a_tip_that_is_not_published_is_not_found(client: Client, status: str) -> None:
    a_tip(status=status, publish_at=None)
    assert client.get("/tips/six-soft-breaths/").status_code == 404


def test_the_feed_is_atom_and_lists_the_newest_first(client: Client, tip: Tip) -> None:
    a_tip("newer", title="Newer", publish_at=timezone.now())
    a_tip("draft", title="Not yet", status="draft", publish_at=None)
    response = client.get("/tips/feed/")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = response.content.decode()
    assert feed.index("Newer") < feed.index(tip.title)
    assert "Not yet" not in feed
    assert "/tips/six-soft-breaths/" in feed


@pytest.mark.parametrize("address", ["/tips/", "/tips/?topic=back-pain", "/tips/tip-0/", "/tips/feed/"])
def test_a_page_takes_at_most_six_queries_however_many_tips(
    client: Client, address: str, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    a_reference()
    practice = a_technique()
    for number in range(11):
        a_tip(f"tip-{number}", practice=practice)
    with django_assert_max_num_queries(6):
        assert client.get(address).status_code == 200


def test_nobody_may_post_to_a_tip(client: Client, tip: Tip) -> None:
    assert client.post("/tips/six-soft-breaths/").status_code == 405
