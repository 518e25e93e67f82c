"""What a person writes is sealed, kept once, never overwritten unseen, and goes where the person goes."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.members import personal_data
from accounts.sealing import CannotOpen
from coaching.belongings.joining import bring_along
from coaching.core.tools.kinds.catalogue import TOOL, TOOLS
from coaching.models import Person, ToolEntry
from coaching.tools.entries import flare_plan_of, save_change, save_new
from tests.coaching.shell_makers import a_finished_intake, a_member, a_visitor, the_user
from tests.coaching.tool_makers import (
    FILLED,
    NOON,
    TOLD,
    an_entry,
    new_client_id,
    page_of,
    rewrite,
    text,
    url,
    words_of,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


@pytest.mark.parametrize("slug", list(TOOL))
def test_the_words_cannot_be_read_in_the_database(client: Client, slug: str) -> None:
    write(client, slug)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM coaching_toolentry")
        row = " ".join(str(value) for value in cursor.fetchone())

    assert TOLD[slug] not in row
    assert not [value for value in FILLED[slug].values() if len(value) > 4 and value in row]


def test_the_seal_of_one_entry_does_not_open_in_another(client: Client) -> None:
    one, other = write(client, "writing"), write(client, "writing")
    other.sealed_answers = one.sealed_answers

    with pytest.raises(CannotOpen):
        _ = other.answers


def test_an_entry_that_is_sent_again_is_kept_once(client: Client) -> None:
    page = page_of("thought-record")

    answers = [client.post(url("tool_new", "thought-record"), page) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {302}
    assert ToolEntry.objects.count() == 1 and ToolEntry.objects.get().version == 1


def test_an_entry_that_is_sent_again_after_a_change_does_not_undo_it(client: Client) -> None:
    page = page_of("thought-record")
    client.post(url("tool_new", "thought-record"), page)
    entry = ToolEntry.objects.get()
    rewrite(client, entry, thought="A fairer one")

    answer = client.post(url("tool_new", "thought-record"), page)

    assert answer.status_code == 409
    entry.refresh_from_db()
    assert entry.answers["thought"] == "A fairer one"


def test_other_words_under_the_same_id_stay_on_the_page_and_can_replace_it(client: Client) -> None:
    page = page_of("thought-record")
    client.post(url("tool_new", "thought-record"), page)

    answer = client.post(url("tool_new", "thought-record"), {**page, "thought": "Went back and wrote more"})

    assert answer.status_code == 409
    assert "Went back and wrote more" in text(answer)
    entry = ToolEntry.objects.get()
    assert url("tool_edit", "thought-record", entry.client_id) in text(answer)
    rewrite(client, entry, thought="Went back and wrote more")
    entry.refresh_from_db()
    assert entry.answers["thought"] == "Went back and wrote more"


def test_of_two_tabs_the_second_is_told_and_loses_nothing(client: Client) -> None:
    entry = write(client, "writing")
    rewrite(client, entry, page="From the first tab")

    answer = rewrite(client, entry, page="From the second tab")

    assert answer.status_code == 409
    assert "From the second tab" in text(answer) and "changed in another tab" in words_of(answer)
    entry.refresh_from_db()
    assert entry.answers["page"] == "From the first tab"


def test_a_change_that_is_sent_twice_is_made_once(client: Client) -> None:
    entry = write(client, "writing")

    answers = [rewrite(client, entry, page="The same twice") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    entry.refresh_from_db()
    assert entry.version == 2


def test_two_people_may_use_the_same_id(client: Client) -> None:
    one, other = Person.objects.create(), Person.objects.create()
    client_id = new_client_id()

    save_new(one, TOOL["writing"], client_id, {"page": "Mine"}, NOON)
    saved = save_new(other, TOOL["writing"], client_id, {"page": "Mine"}, NOON)

    assert not saved.is_clash and ToolEntry.objects.count() == 2


def test_an_id_of_another_tool_is_not_taken_over(client: Client) -> None:
    entry = write(client, "writing")

    answer = client.post(url("tool_new", "flare-plan"), page_of("flare-plan", client_id=entry.client_id))

    assert answer.status_code == 404
    assert ToolEntry.objects.get().tool == "writing"


def test_a_change_keeps_the_day_on_which_it_was_written() -> None:
    entry = an_entry(Person.objects.create(), "writing", days_ago=9, page="First")

    assert save_change(entry, 1, {"page": "Second"}, NOON)

    assert (NOON - entry.made_at).days == 9 and entry.changed_at == NOON


def test_words_that_are_let_go_are_not_kept_anywhere(client: Client) -> None:
    entry = write(client, "writing", let_go="on")

    assert "page" not in entry.answers and entry.answers["let_go"] is True
    assert "I did not say goodbye." not in json.dumps(entry.answers)


def test_letting_go_later_takes_the_words_away(client: Client) -> None:
    entry = write(client, "writing")

    rewrite(client, entry, let_go="on")

    entry.refresh_from_db()
    assert "page" not in entry.answers


def test_help_is_shown_for_words_of_despair_and_the_words_are_kept(client: Client) -> None:
    entry = write(client, "thought-record", thought="I want to die")

    page = client.get(url("tool_entry", "thought-record", entry.client_id))

    assert "You do not have to carry this alone" in words_of(page)
    assert f"{reverse('coaching:help_now')}#calls" in text(page)
    assert entry.answers["thought"] == "I want to die"


def test_help_is_shown_even_when_the_words_are_let_go(client: Client) -> None:
    page = client.post(url("tool_new", "writing"), page_of("writing", page="I want to die", let_go="on"), follow=True)

    assert "You do not have to carry this alone" in words_of(page)
    assert "want to die" not in json.dumps(ToolEntry.objects.get().answers)


def test_help_is_shown_while_a_line_is_added_and_while_something_is_wrong(client: Client) -> None:
    told = {"note": "I want to die"}

    added = client.post(url("tool_new", "flare-plan"), page_of("flare-plan", do="add:first", **told))
    wrong = client.post(url("tool_new", "flare-plan"), page_of("flare-plan", client_id="", **told))

    assert "You do not have to carry this alone" in words_of(added)
    assert "You do not have to carry this alone" in words_of(wrong)


def test_other_words_show_no_such_panel(client: Client) -> None:
    entry = write(client, "thought-record", thought="My back is killing me")

    assert "carry this alone" not in words_of(client.get(url("tool_entry", "thought-record", entry.client_id)))


def test_an_entry_that_no_key_opens_leaves_the_list_standing(client: Client) -> None:
    good, bad = write(client, "writing"), write(client, "writing")
    ToolEntry.objects.filter(pk=bad.pk).update(sealed_answers="gone.AAAA")

    page = client.get(url("tool", "writing"))

    assert "The move" in words_of(page) and "This one cannot be opened" in words_of(page)
    assert client.post(url("tool_delete", "writing", bad.client_id)).status_code == 302
    assert list(ToolEntry.objects.all()) == [good]


# --- where the person goes ------------------------------------------------------------------


def test_entries_come_along_when_a_browser_turns_out_to_be_the_same_persons(client: Client) -> None:
    waiting, person = Person.objects.create(), a_member(client)
    entry = an_entry(waiting, "writing", page="From the other browser")

    bring_along(waiting, person, NOON)

    entry.refresh_from_db()
    assert entry.person == person and entry.answers == {"page": "From the other browser"}
    assert client.get(url("tool_entry", "writing", entry.client_id)).status_code == 200


def test_an_entry_that_both_have_is_not_doubled_when_they_are_joined() -> None:
    waiting, person = Person.objects.create(), Person.objects.create()
    client_id = new_client_id()
    for owner, words in ((waiting, "Theirs"), (person, "Mine")):
        save_new(owner, TOOL["writing"], client_id, {"page": words}, NOON)

    bring_along(waiting, person, NOON)

    assert ToolEntry.objects.get().answers == {"page": "Mine"}


def test_an_account_takes_its_entries_along_and_erases_them(client: Client) -> None:
    person = a_member(client)
    an_entry(person, "flare-plan", note="You have had four of these.")

    told = personal_data.export(the_user(), at=NOON)
    assert "You have had four of these." in json.dumps(told, default=str)

    personal_data.erase(the_user())
    assert ToolEntry.objects.count() == 0


# --- the flare plan -------------------------------------------------------------------------


def test_the_newest_flare_plan_is_the_one_that_counts() -> None:
    person = Person.objects.create()
    an_entry(person, "flare-plan", days_ago=9, note="Old")
    an_entry(person, "flare-plan", note="New", first=[{"do": "Breathe"}])

    plan = flare_plan_of(person)

    assert plan is not None and plan.note == "New"
    assert [section.title for section in plan.sections] == ["The first hour"]


@pytest.mark.parametrize("person", [None, Person()])
def test_without_a_flare_plan_there_is_none(person: Person | None) -> None:
    if person:
        person.save()

    assert flare_plan_of(person) is None


def test_a_flare_plan_that_no_key_opens_does_not_take_help_away() -> None:
    person = Person.objects.create()
    entry = an_entry(person, "flare-plan", note="New")
    ToolEntry.objects.filter(pk=entry.pk).update(sealed_answers="gone.AAAA")

    assert flare_plan_of(person) is None


def test_help_now_shows_the_flare_plan_of_the_one_who_is_logged_in(client: Client) -> None:
    an_entry(a_member(client), "flare-plan", note="You have had four of these.")

    page = client.get(reverse("coaching:help_now"))

    assert "You have had four of these." in words_of(page)
    assert "no-store" in page["Cache-Control"]


def test_help_now_shows_no_flare_plan_to_a_stranger(client: Client) -> None:
    an_entry(Person.objects.create(), "flare-plan", note="You have had four of these.")

    assert "four of these" not in words_of(client.get(reverse("coaching:help_now")))


# --- how much is asked of the database ------------------------------------------------------


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address)
    return len(asked)


@pytest.mark.parametrize("slug", list(TOOL))
def test_the_number_of_queries_does_not_grow_with_the_entries(client: Client, slug: str) -> None:
    person = a_member(client)
    a_finished_intake(person)
    first = write(client, slug)
    addresses = [
        reverse("coaching:tools"),
        url("tool", slug),
        url("tool_new", slug),
        url("tool_entry", slug, first.client_id),
        url("tool_export_all", slug, "json"),
        url("tool_export_all", slug, "txt"),
    ]
    before = [queries(client, address) for address in addresses]

    for number in range(12):
        an_entry(person, slug, days_ago=number, **first.answers)

    assert [queries(client, address) for address in addresses] == before


def test_a_long_list_comes_in_pages(client: Client) -> None:
    person = a_visitor(client)
    for number in range(25):
        an_entry(person, "writing", days_ago=number, about=f"Page number {number}")

    first, second = (
        words_of(client.get(url("tool", "writing"))),
        words_of(client.get(url("tool", "writing") + "?page=2")),
    )

    assert "Page number 19" in first and "Page number 20" not in first
    assert "Page number 20" in second and "Page number 24" in second


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "1e3", ""])
def test_a_made_up_page_of_a_list_breaks_nothing(client: Client, page: str) -> None:
    write(client, "writing")

    assert client.get(url("tool", "writing"), {"page": page}).status_code == 200


def test_the_list_of_tools_says_how_much_is_kept(client: Client) -> None:
    write(client, "writing")
    write(client, "writing")

    assert "2 kept" in words_of(client.get(reverse("coaching:tools")))


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    entry = write(client, "writing")
    names: list[tuple[str, list[Any]]] = [
        ("tool_edit", [entry.client_id]),
        ("tool_delete", [entry.client_id]),
        ("tool_new", []),
    ]

    for name, more in names:
        assert getattr(client, method)(url(name, "writing", *more)).status_code == 405


def test_reading_or_asking_deletes_nothing(client: Client) -> None:
    for tool in TOOLS:
        entry = write(client, tool.slug)
        client.get(url("tool_delete", tool.slug, entry.client_id))

    assert ToolEntry.objects.count() == len(TOOLS)
