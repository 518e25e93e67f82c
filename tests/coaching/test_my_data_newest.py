"""The page of all that is kept shows the newest of a long list and says so; the zip and the file hold all of it."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.members import personal_data
from accounts.members.extent import ON_A_PAGE, WHOLE, Newest
from coaching.belongings.in_words import in_words
from coaching.belongings.my_data import export_person
from coaching.belongings.taking_along import page_of
from coaching.models import CheckIn, LogEntry, Person, Plan, PlanChange, Practice, ReminderSlot, ToolEntry
from tests.accounts.people import NOON, confirm_it_is_me, make_user
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text
from tests.coaching.test_my_data_in_words import DOWNLOAD, SEE, unpacked
from tests.coaching.whole_people import a_whole_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

MOST = 30
EACH = [a_member, a_visitor]


def did(person: Person, times: int) -> None:
    """So many of each: practices, check-ins, entries of a tool and of the log, and changes of the plan."""
    plan = Plan.objects.filter(person=person).first() or a_plan(person)
    for ago in range(times):
        at, told = NOON - timedelta(days=ago), {"person": person, "client_id": f"made-up-{ago}"}
        Practice.objects.create(**told, technique_id="breathing", started_at=at, seconds=1000 + ago)
        check_in = CheckIn(person=person, day=at.date(), version="3", given_at=at, changed_at=at)
        check_in.answers = {"line": f"Check-in of {ago} days ago."}
        check_in.save()
        entry = ToolEntry(**told, tool="writing", made_at=at, changed_at=at)
        entry.answers = {"page": f"A page of {ago} days ago."}
        entry.save()
        logged = LogEntry(**told, kind="managed", on=at.date(), at=at)
        logged.words = {"what": f"A walk of {ago} days ago."}
        logged.save()
        PlanChange.objects.create(plan=plan, at=at, why="asked", given_id="walking")


@pytest.mark.parametrize("make", EACH)
def test_of_a_long_list_the_newest_are_shown_and_the_rest_is_counted(client: Client, make: Any) -> None:
    did(make(client), MOST + 5)
    page = text(client.get(SEE))
    for words in ("A page of", "A walk of"):
        assert f"{words} {MOST - 1} days ago." in page
        assert f"{words} {MOST} days ago." not in page
    said = f'The newest 30 of 35 are shown; <a href="{DOWNLOAD}">the zip has all of them</a>.'
    assert page.count(said) == 5, "of practices, check-ins, a tool, the log, and the changes of a plan"


def test_it_is_said_in_spanish_too(client: Client) -> None:
    did(a_visitor(client), MOST + 5)
    assert f'Se muestra lo más nuevo: 30 de 35. <a href="/es{DOWNLOAD}">En el zip está todo</a>.' in text(
        client.get(f"/es{SEE}")
    )


@pytest.mark.parametrize("make", EACH)
def test_of_a_list_that_is_no_longer_all_is_shown_and_nothing_is_said(client: Client, make: Any) -> None:
    did(make(client), MOST)
    page = text(client.get(SEE))
    assert f"A page of {MOST - 1} days ago." in page
    assert "The newest" not in page


def test_whatever_is_in_the_file_is_on_the_page_while_no_list_is_longer() -> None:
    for number in range(2):
        person = a_whole_person(make_user(f"p{number}@example.org"), number)
        whole, page = (personal_data.shown(person.user, extent, without=("rows",)) for extent in (WHOLE, ON_A_PAGE))
        assert max(map(len, lists_in(whole))) <= MOST
        assert page == whole
        assert in_words(page) == in_words(whole)


def lists_in(value: Any) -> list[list[Any]]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [*([value] if isinstance(value, list) else []), *(one for each in inner for one in lists_in(each))]


def test_each_longer_list_is_the_newest_of_the_file_in_its_order_and_with_its_numbers(client: Client) -> None:
    person = a_member(client)
    did(person, MOST + 5)
    days = [NOON - timedelta(days=ago) for ago in range(MOST + 5)]
    told = {"user": person.user, "state": "sent", "goes_out": True, "probability": 1.0}
    ReminderSlot.objects.bulk_create(
        ReminderSlot(**told, day=at.date(), due_at=at, closes_at=at + timedelta(hours=1)) for at in days
    )
    whole = personal_data.shown(person.user, without=("rows",))
    page = personal_data.shown(person.user, ON_A_PAGE, without=("rows",))
    long = [(ours, theirs) for ours, theirs in zip(at_lists(page), at_lists(whole), strict=True) if len(theirs) > MOST]
    assert len(long) == 6
    for shown, kept in long:
        assert isinstance(shown, Newest)
        assert shown == kept[shown.first - 1 :][:MOST]
        assert shown.in_all == len(kept) == MOST + 5
    [practices] = [part for part in in_words(page) if part.key == "practices"]
    assert [line.label for line in practices.lines] == [str(number) for number in range(6, 36)]
    assert practices.in_all == 35


def at_lists(value: Any) -> list[list[Any]]:
    """Those that stand in no list but that of the plans, so that both exports have them at the same places."""
    inner = value.values() if isinstance(value, dict) else ()
    found = [value] if isinstance(value, list) else [one for each in inner for one in at_lists(each)]
    return found + [plan["changes"] for plan in value.get("plans", [])] if isinstance(value, dict) else found


@pytest.mark.parametrize("make", EACH)
def test_the_zip_and_the_file_hold_all_of_every_list(client: Client, make: Any) -> None:
    person = make(client)
    did(person, MOST + 5)
    confirm_it_is_me(client)
    file = unpacked(client.get(DOWNLOAD))
    told = json.loads(file.read("unloop-my-data.json"))
    for words in ("A page of", "A walk of"):
        for name in ("json", "html"):
            assert file.read(f"unloop-my-data.{name}").decode().count(f"{words} {MOST + 4} days ago.") >= 1
    assert {len(told["coaching"][name]) for name in ("practices", "check_ins", "tools", "log")} == {MOST + 5}
    assert len(told["coaching"]["plans"][0]["changes"]) == MOST + 5
    assert len(file.read("csv/coaching-practices.csv").decode().splitlines()) == MOST + 6
    assert "The newest" not in page_of({"coaching": export_person(person)})


@pytest.mark.parametrize("make", EACH)
def test_what_is_not_shown_is_counted_and_neither_read_nor_opened(client: Client, make: Any) -> None:
    """No key opens the older entries, so the page would fall with the first of them that it opened."""
    person = make(client)
    did(person, MOST + 1)
    client.get(SEE)
    before = asked(client)
    for number in range(40):
        that_no_key_opens(person, NOON - timedelta(days=1000 + number))
    assert asked(client) == before


def that_no_key_opens(person: Person, at: datetime) -> None:
    told = {"person": person, "client_id": f"long-ago-{at:%Y%m%d}"}
    closed = {"version": "3", "given_at": at, "changed_at": at, "sealed_answers": "closed"}
    CheckIn.objects.create(person=person, day=at.date(), **closed)
    ToolEntry.objects.create(**told, tool="writing", sealed_answers="closed", made_at=at, changed_at=at)
    LogEntry.objects.create(**told, kind="managed", on=at.date(), at=at, sealed_words="closed")
    Practice.objects.create(**told, technique_id="breathing", started_at=at, sealed_ratings="closed")


def asked(client: Client) -> int:
    """How many queries the page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(SEE).status_code == 200
    return len(queries)
