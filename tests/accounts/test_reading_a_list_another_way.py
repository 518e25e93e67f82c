"""Staff overrule the alphabet, the separator and the headings that were guessed of a list."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import ImportRow, ImportState, Subscriber
from tests.accounts.lists import WORDS
from tests.accounts.test_importing_subscribers import FOR_ALL, IMPORT, bring, last, look, staff, take_in

__all__ = ["staff"]
# Three cells by semicolons, two by commas: the guess is commas, as a comma stands in each line more often.
ODD = "email;how, where, when\nzoë@example.org;sheet, clinic, May\nann@example.org;sheet, town, June\n"
GREEK = "email;city\nanna@example.org;Αθήνα\n".encode("cp1253")


def read_so(client: Client, **layout: Any) -> Any:
    return client.post(f"{IMPORT}{last().pk}/layout/", layout, follow=True)


def named(page: Any) -> list[str]:
    return [column.heading for column in page.context["columns"]]


def test_another_separator_gives_other_columns(staff: Client) -> None:
    assert named(bring(staff, ODD)) == ["email;how", "where", "when"]
    page = read_so(staff, encoding="utf-8-sig", separator=";", has_headings="on")
    assert named(page) == ["email", "how, where, when"]
    assert "with semicolons between the cells" in page.content.decode()


def test_another_alphabet_gives_other_letters(staff: Client) -> None:
    wrong = "email;city\nanna@example.org;Köln\n".encode("mac_roman")
    bring(staff, wrong)
    page = read_so(staff, encoding="mac_roman", separator=";", has_headings="on")
    assert "Köln" in page.content.decode()
    assert last().encoding == "mac_roman"


def test_a_first_line_without_headings_is_a_person(staff: Client) -> None:
    bring(staff, "who,mail\nWalter,walter@example.org\n")
    page = read_so(staff, encoding="utf-8-sig", separator=",")
    assert [len(column.cells) for column in page.context["columns"]] == [2, 2]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "no-such-alphabet"])
def test_an_alphabet_that_does_not_fit_changes_nothing(staff: Client, encoding: str) -> None:
    bring(staff, GREEK)
    before = (last().encoding, last().separator)
    page = read_so(staff, encoding=encoding, separator=";", has_headings="on")
    assert (last().encoding, last().separator) == before
    assert page.status_code == 200
    if encoding != "no-such-alphabet":
        assert [str(message) for message in page.context["messages"]], "it says why"


def test_what_was_judged_of_other_cells_cannot_be_taken_in(staff: Client) -> None:
    look(staff, "email,consent_at\nwalter@example.org,2026-03-14\n", **FOR_ALL)
    assert last().state == ImportState.LOOKED
    read_so(staff, encoding="utf-8-sig", separator=",", has_headings="on")
    assert (last().state, ImportRow.objects.count()) == (ImportState.BROUGHT, 0)
    take_in(staff)
    assert Subscriber.objects.count() == 0


def test_a_list_that_was_taken_in_stays_as_it_was_read(staff: Client) -> None:
    look(staff, "email,consent_at\nwalter@example.org,2026-03-14\n", **FOR_ALL)
    take_in(staff)
    assert last().state == ImportState.TAKEN
    read_so(staff, encoding="cp1252", separator=";", has_headings="on")
    assert (last().state, last().encoding, last().separator) == (ImportState.TAKEN, "utf-8-sig", ",")


def test_the_whole_way_with_another_separator(staff: Client) -> None:
    bring(staff, "email;when, about\nwalter@example.org;14 May, noon\nann@example.org;15 May, noon\n")
    page = read_so(staff, encoding="utf-8-sig", separator=";", has_headings="on")
    chosen = {"kind": "agreed", "email": "0", "day_for_all": "2026-03-14", "series_per_day": 100, **FOR_ALL}
    staff.post(f"{IMPORT}{last().pk}/columns/", {**chosen, "shown": page.context["form"].signature(chosen)})
    take_in(staff)
    assert set(Subscriber.objects.values_list("email", "consent_words")) == {
        ("walter@example.org", WORDS),
        ("ann@example.org", WORDS),
    }
