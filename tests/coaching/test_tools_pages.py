"""Each of the ten tools: written, read, changed, printed, taken along and deleted, by nobody but its owner."""

import json
import logging

import pytest
from django.test import Client
from django.urls import reverse

from coaching.core.tools.kinds.catalogue import TOOLS
from coaching.models import Person, ToolEntry
from tests.coaching.shell_makers import a_member
from tests.coaching.tool_makers import FILLED, TOLD, rewrite, text, url, words_of, write

SLUGS = [tool.slug for tool in TOOLS]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
every_tool = pytest.mark.parametrize("slug", SLUGS)


def test_the_list_names_all_with_what_they_are_good_for_and_how_long_they_take(client: Client) -> None:
    page = words_of(client.get(reverse("coaching:tools")))

    assert len(TOOLS) == len(FILLED)
    for tool in TOOLS:
        assert tool.name in page and tool.good_for in page and tool.minutes in page


@every_tool
def test_a_tool_says_why_how_sure_and_when_to_stop(client: Client, slug: str) -> None:
    [tool] = [tool for tool in TOOLS if tool.slug == slug]

    page = words_of(client.get(url("tool", slug)))

    assert tool.how_sure in page and tool.stop in page and tool.why[0] in page


@every_tool
def test_what_was_written_is_shown_with_a_word_back(client: Client, slug: str) -> None:
    entry = write(client, slug)

    page = client.get(url("tool_entry", slug, entry.client_id))

    assert TOLD[slug] in words_of(page)
    assert "A few thoughts on this" in text(page)


@every_tool
def test_an_entry_stands_in_the_list_of_its_tool(client: Client, slug: str) -> None:
    entry = write(client, slug)

    assert url("tool_entry", slug, entry.client_id) in text(client.get(url("tool", slug)))


@every_tool
def test_the_page_to_change_an_entry_holds_all_that_was_written(client: Client, slug: str) -> None:
    entry = write(client, slug)

    page = text(client.get(url("tool_edit", slug, entry.client_id)))

    assert TOLD[slug] in page
    for name in FILLED[slug]:
        assert f'name="{name}"' in page


@every_tool
def test_a_change_is_kept(client: Client, slug: str) -> None:
    entry = write(client, slug)
    [name] = [name for name, value in FILLED[slug].items() if value == TOLD[slug]]

    answer = rewrite(client, entry, **{name: "Something else"})

    assert answer.status_code == 302
    entry.refresh_from_db()
    assert entry.version == 2
    assert "Something else" in str(entry.answers)
    assert ToolEntry.objects.count() == 1


@every_tool
def test_an_entry_can_be_printed(client: Client, slug: str) -> None:
    entry = write(client, slug)

    assert TOLD[slug] in words_of(client.get(url("tool_print", slug, entry.client_id)))


@every_tool
def test_an_entry_can_be_taken_along_as_json(client: Client, slug: str) -> None:
    entry = write(client, slug)

    answer = client.get(url("tool_export", slug, entry.client_id, "json"))

    assert "attachment" in answer["Content-Disposition"]
    [told] = json.loads(answer.content)["entries"]
    assert told["tool"] == slug and told["answers"] == entry.answers


@every_tool
def test_an_entry_can_be_taken_along_as_text(client: Client, slug: str) -> None:
    entry = write(client, slug)

    answer = client.get(url("tool_export", slug, entry.client_id, "txt"))

    assert answer["Content-Type"].startswith("text/plain")
    assert TOLD[slug] in text(answer)


@every_tool
def test_all_entries_of_a_tool_can_be_taken_along_at_once(client: Client, slug: str) -> None:
    write(client, slug)
    write(client, slug)

    answer = client.get(url("tool_export_all", slug, "json"))

    assert len(json.loads(answer.content)["entries"]) == 2


@every_tool
def test_deleting_asks_first_and_then_leaves_nothing(client: Client, slug: str) -> None:
    entry = write(client, slug)
    address = url("tool_delete", slug, entry.client_id)

    asked = client.get(address)
    assert asked.status_code == 200 and ToolEntry.objects.count() == 1
    answer = client.post(address)

    assert answer.headers["Location"] == url("tool", slug)
    assert ToolEntry.objects.count() == 0


@every_tool
def test_the_entry_of_another_person_does_not_exist(
    client: Client, slug: str, caplog: pytest.LogCaptureFixture
) -> None:
    entry = write(client, slug)
    other = Client()
    a_member(other)
    caplog.clear()

    with caplog.at_level(logging.DEBUG, logger="unloop"):
        answers = [
            other.get(url("tool_entry", slug, entry.client_id)),
            other.get(url("tool_edit", slug, entry.client_id)),
            other.post(url("tool_edit", slug, entry.client_id), FILLED[slug]),
            other.get(url("tool_print", slug, entry.client_id)),
            other.get(url("tool_export", slug, entry.client_id, "json")),
            other.get(url("tool_export", slug, entry.client_id, "txt")),
            other.get(url("tool_delete", slug, entry.client_id)),
            other.post(url("tool_delete", slug, entry.client_id)),
        ]

    assert {answer.status_code for answer in answers} == {404}
    assert all(TOLD[slug] not in text(answer) for answer in answers)
    assert caplog.records == []
    assert ToolEntry.objects.get().answers == entry.answers


@every_tool
def test_a_stranger_without_anything_gets_the_same_404(slug: str) -> None:
    entry = write(Client(), slug)

    assert Client().get(url("tool_entry", slug, entry.client_id)).status_code == 404


def test_an_entry_is_not_found_under_another_tool(client: Client) -> None:
    entry = write(client, "writing")

    assert client.get(url("tool_entry", "ladder", entry.client_id)).status_code == 404


def test_an_unknown_tool_does_not_exist(client: Client) -> None:
    assert client.get("/tools/tarot/").status_code == 404
    assert client.get("/tools/tarot/new/").status_code == 404


def test_nothing_to_take_along_is_not_found(client: Client) -> None:
    assert client.get(url("tool_export_all", "writing", "json")).status_code == 404


def test_an_anonymous_person_becomes_one_with_the_first_entry_and_not_before(client: Client) -> None:
    client.get(url("tool_new", "writing"))
    assert Person.objects.count() == 0

    write(client, "writing")

    assert Person.objects.count() == 1


@every_tool
def test_pages_with_a_persons_words_are_kept_in_no_cache(client: Client, slug: str) -> None:
    entry = write(client, slug)
    addresses = [
        reverse("coaching:tools"),
        url("tool", slug),
        url("tool_new", slug),
        url("tool_entry", slug, entry.client_id),
        url("tool_edit", slug, entry.client_id),
        url("tool_print", slug, entry.client_id),
        url("tool_delete", slug, entry.client_id),
        url("tool_export", slug, entry.client_id, "json"),
        url("tool_export", slug, entry.client_id, "txt"),
    ]

    for address in addresses:
        assert "no-store" in client.get(address)["Cache-Control"], address
