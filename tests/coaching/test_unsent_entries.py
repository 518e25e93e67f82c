"""A tool entry that waited on a device is taken in as if it had been sent from its page, once."""

from typing import Any

import pytest
from django.test import Client

from coaching.core.tools.kinds.catalogue import TOOL
from coaching.models import Person, ToolEntry
from tests.coaching.shell_makers import a_member, a_plan, a_visitor
from tests.coaching.test_unsent import done, kept_ids, send, verdicts
from tests.coaching.tool_makers import page_of, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def written(slug: str = "worry-time", **told: Any) -> dict[str, Any]:
    page = page_of(slug, **told)
    pairs = [(name, each) for name, value in page.items() for each in (value if isinstance(value, list) else [value])]
    return {"tool": slug, "client_id": page["client_id"], "fields": pairs}


@pytest.mark.parametrize("slug", list(TOOL))
def test_an_entry_is_kept_as_its_page_would_have_kept_it(client: Client, slug: str) -> None:
    assert verdicts(send(client, written(slug))) == ["kept"]
    by_page = write(Client(), slug)
    assert ToolEntry.objects.exclude(pk=by_page.pk).get().answers == by_page.answers


def test_half_a_letter_is_kept_as_a_mark_and_the_page_can_show_it(client: Client) -> None:
    assert verdicts(send(client, written(worry="The bill\ud800"))) == ["kept"]
    entry = ToolEntry.objects.get()
    assert entry.answers["worry"] == "The bill\ufffd"
    assert client.get(f"/tools/worry-time/{entry.client_id}/").status_code == 200


def test_sending_again_changes_nothing(client: Client) -> None:
    entry = written()
    for _again in range(3):
        send(client, entry)
    assert ToolEntry.objects.count() == 1


def test_where_the_id_holds_other_words_both_are_kept(client: Client) -> None:
    entry = written()
    other = written(client_id=entry["client_id"], worry="The noise of the van")
    for told in (entry, other, other):
        assert verdicts(send(client, told)) == ["kept"]
    assert {row.answers["worry"] for row in ToolEntry.objects.all()} == {
        "The bill for the boiler",
        "The noise of the van",
    }


def test_entries_and_practices_go_together(client: Client) -> None:
    assert verdicts(send(client, done(1), written(), done(2))) == ["kept"] * 3
    assert len(kept_ids()) == 3, "what was filled in counts as a go too"
    assert Person.objects.get().tool_entries.count() == 1


def test_an_entry_of_one_person_never_lands_with_another(client: Client) -> None:
    a_member(client)
    assert send(Client(), written(), owner=client.get("/practice/sync/").json()["owners"][0]).status_code == 409
    assert not ToolEntry.objects.exists()


def test_words_that_are_written_are_kept_even_where_the_tool_is_closed_now(client: Client) -> None:
    a_plan(a_visitor(client), conditions=["fracture"], safety_now=["saddle_numbness"])
    assert verdicts(send(client, written("pacing-planner"))) == ["kept"]


def test_heavy_words_are_answered_with_where_help_is(client: Client) -> None:
    [result] = send(client, written(worry="I want to die")).json()["results"]
    assert result["is"] == "kept"
    assert "Help now" in result["why"]


WRONG: list[Any] = [
    {"tool": "levitation"},
    {"tool": None},
    {"tool": []},
    {"fields": None},
    {"fields": "worry=x"},
    {"fields": [["worry"]]},
    {"fields": [["worry", 3]]},
    {"fields": [["client_id", "short"]]},
    {"fields": [["worry", "x"]] * 401},
]


def test_an_entry_that_cannot_be_read_is_refused_in_a_sentence(client: Client, subtests: pytest.Subtests) -> None:
    for wrong in WRONG:
        with subtests.test(wrong=str(wrong)[:40]):
            [result] = send(client, {**written(), **wrong}).json()["results"]
            assert result == {"is": "refused", "why": "What was written could not be read."}
    assert not Person.objects.exists()
