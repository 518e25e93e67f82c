"""The page of progress is drawn once while nothing on it changes, and the very next page says what did."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coaching.models import Person, Practice
from coaching.progress import page, read
from coaching.progress.check_ins import keep_check_in, take_back_check_in
from tests.coaching.shell_makers import a_member, a_plan, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


@pytest.fixture
def person(client: Client) -> Person:
    return a_plan(a_member(client)).person


def a_practice(person: Person, number: int, *, ago: timedelta) -> Any:
    return Practice.objects.create(
        person=person, technique_id="breathing", client_id=f"made-up-{number}", started_at=timezone.now() - ago
    )


def test_a_line_to_oneself_changes_and_goes_with_its_check_in(client: Client, person: Person) -> None:
    at = timezone.now()
    for line in ("The stairs went well", "The stairs went <better>"):
        keep_check_in(person, {"note": line}, day=at.date(), at=at)
        shown = [text(client.get(address)) for address in ("/progress/", "/es/progress/", "/progress/")]
        assert all(line.replace("<", "&lt;").replace(">", "&gt;") in one for one in shown)
        assert "Lines to myself" in shown[0] and "Lines to myself" not in shown[1]
    assert "went well" not in shown[2]
    take_back_check_in(person, at.date())
    assert "The stairs" not in text(client.get("/progress/"))


def test_what_was_managed_is_counted_with_each_practice_and_without_one_that_is_gone(
    client: Client, person: Person
) -> None:
    for number, words in enumerate(["on one day", "on 2 days", "on 3 days"]):
        a_practice(person, number, ago=timedelta(days=number))
        assert f"practised {words}" in text(client.get("/progress/"))
    Practice.objects.filter(client_id="made-up-0").delete()
    assert "practised on 2 days" in text(client.get("/progress/"))


def test_what_was_managed_four_weeks_ago_leaves_the_page_by_the_clock(
    client: Client, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_practice(person, 1, ago=timedelta(days=27))
    a_practice(person, 2, ago=timedelta(days=3))
    assert "practised on 2 days" in text(client.get("/progress/"))
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "practised on one day" in text(client.get("/progress/"))


def test_two_people_never_see_what_the_other_gave() -> None:
    clients = [Client(), Client()]
    for number, one in enumerate(clients):
        keep_check_in(a_plan(a_member(one, f"{number}@example.org")).person, **told_today(f"Line {number}"))
    for _ in range(2):
        shown = [text(one.get("/progress/")) for one in clients]
        assert ["Line 0" in shown[0], "Line 1" in shown[0]] == [True, False]
        assert ["Line 0" in shown[1], "Line 1" in shown[1]] == [False, True]


def told_today(line: str) -> dict[str, Any]:
    at = timezone.now()
    return {"given": {"function": 4, "note": line}, "day": at.date(), "at": at}


def test_nothing_that_was_given_is_drawn_twice(client: Client, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_check_in(person, **told_today("A line"))
    a_practice(person, 1, ago=timedelta(days=1))
    first = text(client.get("/progress/"))
    for name in ("measures", "loop", "notes"):
        monkeypatch.setattr(page.Given, name, property(lambda _: pytest.fail("drawn again")))
    monkeypatch.setattr(read, "drawn_of", lambda _: pytest.fail("worked out again"))
    assert len(text(client.get("/progress/"))) == len(first)
