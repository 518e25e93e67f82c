"""Danger told from a place, in an order or in a state that no form of ours sends it from is answered and kept."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from coaching.danger import hearing
from coaching.help.flare import COOKIE
from coaching.intake.intakes import standing_of
from coaching.models import Person
from content.core.vocabulary import Level
from tests.coaching.shell_makers import (
    DIRECT,
    POSTS,
    a_member,
    a_plan,
    a_visitor,
    answer_all,
    post,
    step_url,
    tell,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

HEARD = {"en": ("Please call now.", "Thank you for telling us."), "es": ("Llama ahora, por favor.", "Gracias por dec")}
NOW, WISH = {"signs_chest": ["chest_pain"]}, {"self_harm": "yes"}
TOLD = pytest.mark.parametrize(
    ("told", "is_now", "is_wish"), [(NOW, True, False), (WISH, False, True), (NOW | WISH, True, True)]
)
PLACES = [
    "/",
    "/today/",
    "/plan/",
    "/recommendations/",
    "/practice/breathing/",
    "/practice/sync/",
    "/tools/ladder/new/",
    "/lessons/breathing/notes/",
    "/lessons/breathing/mistake/",
    "/help-now/",
    "/help-now/crisis/",
    "/help-now/emergency/",
    "/offline/help-now/",
    "/offline/practice/breathing/",
    "/newsletter/",
    "/newsletter/confirm/not-a-token/",
    "/tips/",
    "/accounts/login/",
    "/accounts/logout/",
    "/accounts/signup/",
    "/privacy/",
    "/sw.js",
    "/intake/chest-and-tummy",
    "/intake/made-for-adults/",
    "/intake/check-in/",
    "/es/intake/chest-and-tummy/",
    "/es/intake/one-direct-question/",
    "/es/help-now/",
    "/es/lessons/breathing/notes/",
    "/es/no-such-page/",
]
"""Pages that ask nothing of danger, copies, letters, the worker, Spanish addresses. Only a probe is answered before."""


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def assert_heard(answer: Any, *, is_now: bool, is_wish: bool) -> None:
    page = text(answer)
    language = "es" if '<html lang="es"' in page else "en"
    for words, is_due in zip(HEARD[language], (is_now, is_wish), strict=True):
        assert (words in page) == is_due, words


def standing() -> tuple[bool, bool]:
    found = [standing_of(person) for person in Person.objects.all()]
    return any(one.level is Level.NOW for one in found), any(one.needs_extra_care for one in found)


@pytest.mark.parametrize("path", PLACES)
@TOLD
def test_it_is_heard_at_any_address(
    client: Client,
    path: str,
    told: dict[str, Any],
    is_now: bool,  # noqa: FBT001
    is_wish: bool,  # noqa: FBT001
) -> None:
    a_visitor(client)
    assert_heard(client.post(path, told), is_now=is_now, is_wish=is_wish)
    assert standing() == (is_now, is_wish)


@pytest.mark.parametrize("path", PLACES)
def test_a_sign_for_today_stands_from_any_address(client: Client, path: str) -> None:
    a_visitor(client)
    client.post(path, {"signs_ill": ["fever"]})
    assert "Be seen by a doctor today" in text(client.get("/practice/"))


def _in_flare(client: Client) -> None:
    client.cookies[COOKIE] = "on"


def _with_a_session_that_is_gone(client: Client) -> None:
    a_visitor(client)
    Session.objects.all().delete()


def _with_a_made_up_session(client: Client) -> None:
    client.cookies["sessionid"] = "made-up"


def _under_age(client: Client) -> None:
    post(client, "goal", adult="no")


def _with_a_plan(client: Client) -> None:
    a_plan(a_member(client))


def _after_a_wish(client: Client) -> None:
    a_visitor(client)
    post(client, DIRECT, self_harm="yes")
    Person.objects.all().delete()


STATES = [_in_flare, _with_a_session_that_is_gone, _with_a_made_up_session, _under_age, _with_a_plan, _after_a_wish]


@pytest.mark.parametrize("state", STATES)
@TOLD
def test_it_is_heard_in_any_state(
    client: Client,
    state: Any,
    told: dict[str, Any],
    is_now: bool,  # noqa: FBT001
    is_wish: bool,  # noqa: FBT001
) -> None:
    state(client)
    step = "chest-and-tummy" if is_now else DIRECT
    assert_heard(client.post(step_url(step), {**told, "round": "1"}), is_now=is_now, is_wish=is_wish)
    assert standing() == (is_now, is_wish)


@pytest.mark.parametrize("said", ["YES", " yes ", "Yes", "yes\r\n", ["no", "yes"], ["yes", "no"], ["skip", "yes", ""]])
def test_a_yes_is_a_yes_however_it_is_written(client: Client, said: Any) -> None:
    assert_heard(client.post(step_url(DIRECT), {"self_harm": said}), is_now=False, is_wish=True)
    assert standing() == (False, True)


@pytest.mark.parametrize("said", ["CHEST_PAIN", " chest_pain", "chest_pain\n", "chest-pain", "dolor", "\u00fc\u0000"])
def test_a_sign_that_is_written_otherwise_counts_as_the_most_urgent(client: Client, said: str) -> None:
    assert_heard(client.post(step_url("chest-and-tummy"), {"signs_chest": [said]}), is_now=True, is_wish=False)


@pytest.mark.parametrize("said", ["NONE", " none", "None", "none\r\n", ["none", "NONE"]])
def test_none_is_none_however_it_is_written(client: Client, said: Any) -> None:
    answer = client.post(step_url("chest-and-tummy"), {"signs_chest": said, "round": "1"})
    assert_heard(answer, is_now=False, is_wish=False)
    assert standing() == (False, False)


@pytest.mark.parametrize("way", ["so_far", "back"])
@pytest.mark.parametrize("step", POSTS)
def test_what_was_tapped_so_far_is_heard_too(client: Client, step: str, way: str) -> None:
    """The script that keeps answers as they are tapped sends them without a press of Next, and so does Back."""
    answer = client.post(step_url(step), {**POSTS[step], **NOW, way: "1"})
    assert_heard(answer, is_now=True, is_wish=False)
    assert standing() == (True, False)


def test_a_wish_and_a_sign_told_one_after_the_other_are_shown_together(client: Client) -> None:
    for first, then in ((NOW, WISH), (WISH, NOW)):
        other = Client()
        other.post(step_url("pain"), first)
        page = text(other.post(step_url("mood"), then))
        assert HEARD["en"][0] in page
        assert ("You do not have to carry this alone" in page) or (HEARD["en"][1] in page) or "support" in page


def test_a_session_that_ends_while_it_is_told_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody logs out in another tab at that very moment: the session cannot be kept, the answer is given."""

    def log_out(*args: Any) -> Any:
        Session.objects.all().delete()
        return real(*args)

    real = hearing.hear
    monkeypatch.setattr(hearing, "hear", log_out)
    for told, is_now in ((NOW, True), (WISH, False)):
        tab = Client(raise_request_exception=False)
        session = tab.session
        session["anything"] = "to be kept"
        session.save()
        assert_heard(tab.post("/intake/chest-and-tummy/", told), is_now=is_now, is_wish=not is_now)


def test_what_was_told_after_all_was_answered_well_counts(client: Client) -> None:
    answer_all(client)
    tell(client, "fever")
    assert_heard(client.post("/plan/keep/", NOW), is_now=True, is_wish=False)
    assert client.get("/today/").headers["Location"]
