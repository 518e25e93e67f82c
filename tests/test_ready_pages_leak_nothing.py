"""No byte of one person reaches another, in whatever order people ask; and a store that leaks is found out."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as some

from config.drawn import part
from config.drawn.shelf import Shelf
from config.pages.stranger import Answer
from config.ready import asked as asked_module
from config.ready.store import page_of
from content.editing.previews import preview_link
from content.models import Lesson
from tests.ready_people import WORD, Crowd, connection_stays, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

LESSON = "/lessons/breathing/"
PATHS = [
    *("/", "/es/", LESSON, f"/es{LESSON}", "/lessons/", "/practice/breathing/", "/es/practice/breathing/"),
    *("/practice/", "/help-now/", "/es/help-now/", "/intake/", "/tools/", "/tools/worry-time/", "/evidence/"),
    *("/privacy/", "/tips/", "/newsletter/", "/today/", "/progress/", "/accounts/profile/", "/admin/", "/no-such/"),
    *(f"{LESSON}?size=12", f"{LESSON}?utm_source=x", "/?utm_campaign=y", "/lessons/?q=sleep", "preview"),
]
POSTS: list[tuple[str, dict[str, str]]] = [
    (f"{LESSON}bookmark/", {"keep": "yes"}),
    (f"{LESSON}bookmark/", {"keep": "no"}),
    (f"{LESSON}done/", {"done": "yes"}),
    ("/help-now/flare/", {"do": "begin"}),
    ("/help-now/flare/", {"do": "leave", "next": LESSON}),
    ("/help-now/", {"country": "GB"}),
    ("/accounts/logout/", {}),
    ("/privacy/", {}),
]
NAMES = ["stranger", "another", "third", "member", "visitor", "staff", "flare"]
PHASES = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
"""A walk that fails is short enough to read as it is."""

CODINGS = ["", "gzip, deflate", "gzip, deflate, br"]
looks = some.tuples(
    some.sampled_from(NAMES),
    some.sampled_from(PATHS),
    some.sampled_from(["GET", "GET", "HEAD"]),
    some.sampled_from(CODINGS),
    some.booleans(),
)
sends = some.tuples(some.sampled_from(NAMES), some.sampled_from(POSTS))
WALKS = some.lists(some.one_of(looks, looks, sends), min_size=2, max_size=8)


@pytest.fixture(autouse=True)
def stays() -> Iterator[None]:
    with connection_stays():
        yield


@pytest.fixture
def crowd() -> Crowd:
    return Crowd()


def walk(crowd: Crowd, steps: list[Any]) -> None:
    """A post that is answered by a redirect is followed, by whoever sent it and then by a stranger."""
    for step in steps:
        if len(step) == 2:
            name, (path, form) = step
            where = crowd.posts(name, path, **form).header("Location")
            for follows in (name, "third") if where.startswith("/") else ():
                crowd.gets(follows, where.partition("#")[0])
            continue
        name, path, method, coding, again = step
        asked_for = preview_link(Lesson.objects.get(slug="breathing")) if path == "preview" else path
        crowd.gets(name, asked_for, method, coding, again=again)


def tried(examples: int) -> Any:
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    return hypothesis.settings(
        max_examples=examples, suppress_health_check=checks, derandomize=examples < 10, phases=PHASES
    )


@tried(5)
@given(steps=WALKS)
def test_in_some_order_nothing_of_one_reaches_another(crowd: Crowd, steps: list[Any]) -> None:
    walk(crowd, steps)


@tried(60)
@given(steps=some.lists(some.one_of(looks, looks, sends), min_size=4, max_size=20))
def test_in_any_order_nothing_of_one_reaches_another(crowd: Crowd, steps: list[Any]) -> None:
    walk(crowd, steps)


def test_each_of_them_sees_their_own(crowd: Crowd) -> None:
    """Or the walks above would look for what is nowhere."""
    member, flare = crowd.gets("member", LESSON), crowd.gets("flare", LESSON)
    assert WORD.encode() in words_of(member)
    assert b"Bookmarked" in words_of(member)
    assert b"Three things" in words_of(flare)
    assert crowd.gets("staff", "/admin/").code == 200
    for name in ("stranger", "another"):
        told = words_of(crowd.gets(name, LESSON))
        assert b"Bookmarked" not in told
        assert b"Three things" not in told


@pytest.mark.parametrize("whose", ["member", "visitor", "flare"])
def test_a_page_of_a_person_put_into_the_store_on_purpose_is_found_out(crowd: Crowd, whose: str) -> None:
    crowd.posts(whose, f"{LESSON}bookmark/", keep="yes")
    crowd.gets("stranger", LESSON)
    # What was said once is over with the first look, and the cookie with it.
    leak = [crowd.people[whose].get(LESSON) for _ in range(2)][1]
    headers = [line for line in leak.headers if line[0] != "X-Flare"]
    page = page_of(Answer(status=leak.status, headers=headers, body=leak.body))
    assert page
    crowd.front.store.keep(LESSON, page, crowd.front.watch.now())
    with pytest.raises(AssertionError):
        walk(crowd, [("another", LESSON, "GET", "gzip, deflate, br", False)])


def test_a_bookmark_mark_in_a_kept_page_is_found_out(crowd: Crowd) -> None:
    """The smallest leak there is: one word of one button."""
    said = crowd.gets("stranger", LESSON)
    marked = said.body.replace(b"Print on one page", b"Bookmarked. Take it away", 1)
    assert marked != said.body
    page = page_of(Answer(status=said.status, headers=said.headers, body=marked))
    assert page
    crowd.front.store.keep(LESSON, page, crowd.front.watch.now())
    with pytest.raises(AssertionError, match="not what a stranger is told"):
        walk(crowd, [("another", LESSON, "GET", "", False)])


def test_a_front_that_looks_past_a_cookie_is_found_out(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked_module, "secret_in", lambda cookies: "")
    crowd.gets("stranger", LESSON)
    with pytest.raises(AssertionError, match="member was answered without Django"):
        walk(crowd, [("member", LESSON, "GET", "", False)])


def test_a_part_that_is_kept_for_whoever_comes_next_is_found_out(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a yes and a no were the same: the bar of a member is what a visitor sees."""
    of_value = part.key_of
    monkeypatch.setattr(part, "key_of", lambda value: True if value is False else of_value(value))
    monkeypatch.setattr(part, "shelf", Shelf())
    crowd.people["member"].get("/privacy/")
    with pytest.raises(AssertionError, match="drawn for somebody else"):
        walk(crowd, [("visitor", "/privacy/", "GET", "", False)])
