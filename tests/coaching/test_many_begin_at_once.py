"""Only so many begin from one source in a minute; who comes too early loses nothing, and danger is never held up."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from coaching.models import Intake, Person
from tests.coaching.shell_makers import POSTS, step_url, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

MOST = 3
WORDS = 'I want to walk the dog <again> & "far"'


@pytest.fixture(autouse=True)
def few(settings: Any) -> None:
    settings.VISITS_A_MINUTE = MOST


def begin(client: Client | None = None, *, step: str = "goal", **more: Any) -> Any:
    return (client or Client()).post(step_url(step), {**POSTS.get(step, {}), **more})


class Hidden(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "input" and told.get("type") == "hidden":
            self.fields.append((told["name"] or "", told["value"] or ""))


def test_one_more_than_may_begin_is_asked_to_wait_and_nothing_is_kept_of_them() -> None:
    answers = [begin() for _ in range(MOST + 1)]
    assert [answer.status_code for answer in answers] == [302] * MOST + [429]
    assert Person.objects.count() == MOST
    assert "One moment, please" in text(answers[-1])
    assert int(answers[-1].headers["Retry-After"]) <= 60
    assert "no-store" in answers[-1].headers["Cache-Control"]


def test_the_page_holds_all_that_was_sent_and_sends_it_again(settings: Any) -> None:
    for _ in range(MOST):
        begin()
    client = Client()
    held = Hidden(begin(client, goal=WORDS).content.decode()).fields
    again = {name: [value for each, value in held if each == name] for name, _ in held}
    assert (again["goal"], again["values"]) == ([WORDS], ["family", "rest"])
    settings.VISITS_A_MINUTE = MOST + 1
    assert client.post(step_url("goal"), again).status_code == 302
    assert WORDS in str(Intake.objects.order_by("pk").last().answers)


def test_its_one_main_button_loses_nothing() -> None:
    for _ in range(MOST):
        begin()
    page = text(begin())
    assert page.count('class="button first"') == 1
    assert "Send it again" in page and "Go to the front page" not in page


def test_who_has_begun_goes_on() -> None:
    first = Client()
    for client in (first, *(Client() for _ in range(MOST))):
        begin(client)
    assert begin(first, step="below-the-waist").status_code == 302


def test_another_source_is_not_held_up() -> None:
    for _ in range(MOST + 1):
        begin()
    assert begin(Client(REMOTE_ADDR="198.51.100.7")).status_code == 302


@pytest.mark.parametrize(
    ("told", "heard"),
    [({"signs_chest": ["chest_pain"]}, "Please call now."), ({"self_harm": "yes"}, "Thank you for telling us.")],
)
@pytest.mark.parametrize("step", ["goal", "chest-and-tummy", "pain"])
def test_danger_is_heard_and_kept_however_many_came(step: str, told: dict[str, Any], heard: str) -> None:
    for _ in range(MOST + 1):
        begin()
    assert heard in text(begin(step=step, **told))
    assert Person.objects.count() == MOST + 1


def test_words_that_call_for_care_are_answered_on_the_page_that_asks_to_wait() -> None:
    for _ in range(MOST):
        begin()
    page = text(begin(goal="I want to kill myself"))
    assert "One moment, please" in page
    assert "If any of this is heavy right now" in page or "talk to someone" in page


def test_no_limit_is_no_limit(settings: Any) -> None:
    settings.VISITS_A_MINUTE = 0
    assert {begin().status_code for _ in range(MOST + 2)} == {302}


def test_looking_counts_for_nothing(client: Client) -> None:
    for _ in range(MOST + 2):
        assert Client().get("/intake/").status_code in (200, 302)
    assert begin(client).status_code == 302
