"""A row of somebody else's list: what must be in it, and who is left as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.core.importing.columns import Choice
from accounts.core.importing.rows import Here, Judged, Row, judge
from tests.accounts.people import NOON

HERE = Here(
    statuses={"walter@example.org": "active", "gone@example.org": "unsubscribed", "back@example.org": "bounced"}
    | {"asked@example.org": "pending"},
    closed={"erased@example.org"},
    paces={"weekly", "monthly"},
    languages={"en", "es"},
)
PLACES = {"email": 0, "consent_at": 1, "consent_how": 2, "consent_words": 3, "topics": 4, "pace": 5, "language": 6}
PLACES |= {"time_zone": 8, "letters_hour": 9}
CHOICE = Choice(places=PLACES, left={7: "status"}, date_form="iso")
PROOF = ["2026-03-14", "Sheet at the clinic", "Send me tips about my back by email"]


def judged(*rows: list[str], choice: Choice = CHOICE, here: Here = HERE) -> list[Judged]:
    made = [Row(line=number, cells=_whole(cells), choice=choice) for number, cells in enumerate(rows, start=2)]
    return list(judge(made, here, at=NOON))


def _whole(cells: list[str]) -> list[str]:
    return [*cells, *[""] * (7 - len(cells)), "active"] if len(cells) < 8 else cells


def test_a_row_with_its_proof_comes_in() -> None:
    [row] = judged(["Nadia@Example.org", *PROOF])
    assert (row.verdict, row.email, row.line) == ("new", "nadia@example.org", 2)
    assert row.values["consent_note"] == "Sheet at the clinic"


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("walter@example.org", "Gets letters already"),
        ("gone@example.org", "Only they can come back"),
        ("GONE@example.org", "Only they can come back"),
        ("back@example.org", "came back"),
        ("asked@example.org", "has not confirmed"),
        ("erased@example.org", "not to be written to"),
    ],
)
def test_whoever_is_known_here_is_left_as_they_are(address: str, reason: str) -> None:
    [row] = judged([address, *PROOF])
    assert row.verdict == "skipped"
    assert reason in row.reason


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["nadia", *PROOF], "such as name@example.org"),
        (["", *PROOF], "no address"),
        (["nadia@mailinator.com", *PROOF], "gone soon"),
        (["info@example.org", *PROOF], "Several people"),
        (["noreply@example.org", *PROOF], "mail system"),
        (["nadia@example.org\nBcc: x@example.org", *PROOF], "such as name@example.org"),
        (["nadia@example.org", "soon", *PROOF[1:]], "“soon” is no time written as year-month-day"),
        (["nadia@example.org", "31/02/2026", *PROOF[1:]], "“31/02/2026” is no time"),
        (["nadia@example.org", "", *PROOF[1:]], "When they agreed is not said"),
        (["nadia@example.org", "2027-01-01", *PROOF[1:]], "in the future"),
        (["nadia@example.org", "0001-01-01", *PROOF[1:]], "is no time"),
        (["nadia@example.org", PROOF[0], "", PROOF[2]], "How they agreed"),
        (["nadia@example.org", *PROOF[:2], "ok"], "words that they agreed to"),
        (["nadia@example.org", *PROOF[:2], "x" * 2001], "words that they agreed to"),
        (["nadia@example.org", *PROOF, "money"], "topics may"),
        (["nadia@example.org", *PROOF, "sleep", "hourly"], "pace may"),
        (["nadia@example.org", *PROOF, "sleep", "weekly", "xx"], "language may"),
        (["nadia@example.org", *PROOF, "sleep", "weekly", "en", "active", "Mars/Olympus"], "time_zone must"),
        (["nadia@example.org", *PROOF, "sleep", "weekly", "en", "active", "", "24"], "letters_hour must"),
    ],
)
def test_a_row_with_a_fault_is_refused_with_its_reason(cells: list[str], reason: str) -> None:
    [found] = judged(cells)
    assert found.verdict == "refused"
    assert reason in found.reason


@pytest.mark.parametrize(
    ("word", "verdict", "reason"),
    [
        ("unsubscribed", "left", "Had left there"),
        ("cleaned", "left", "came back there"),
        ("complained", "left", "complained there"),
        ("unconfirmed", "skipped", "Never confirmed there"),
        ("mystery", "skipped", "no yes"),
    ],
)
def test_whoever_does_not_plainly_get_letters_there_stays_out(word: str, verdict: str, reason: str) -> None:
    [row] = judged(["nadia@example.org", *PROOF, "", "", "", word])
    assert (row.verdict, reason in row.reason) == (verdict, True)


def test_the_worst_that_any_column_says_counts() -> None:
    choice = Choice(places=PLACES, left={7: "status", 8: "deleted_at"}, date_form="iso")
    [row] = judged(["nadia@example.org", *PROOF, "", "", "", "active", "2026-01-01"], choice=choice)
    assert row.verdict == "left"


def test_what_is_said_for_all_holds_where_a_cell_is_empty() -> None:
    said = {
        "consent_at": "2026-01-02T00:00:00+00:00",
        "consent_how": "Our old form",
        "consent_words": "Send me letters.",
    }
    choice = Choice(places=PLACES, date_form="iso", for_all=said)
    bare, own = judged(["a@example.org"], ["b@example.org", *PROOF], choice=choice)
    assert (bare.verdict, bare.values["consent_note"]) == ("new", "Our old form")
    assert str(bare.values["consent_at"]).startswith("2026-01-02")
    assert own.values["consent_note"] == "Sheet at the clinic"


def test_a_region_after_the_language_does_no_harm() -> None:
    [row] = judged(["nadia@example.org", *PROOF, "", "", "es_MX"])
    assert row.values["language"] == "es"


def test_the_second_row_of_one_mailbox_is_refused() -> None:
    first, second = judged(["nadia@example.org", *PROOF], ["NADIA@example.org", *PROOF])
    assert (first.verdict, second.reason) == ("new", "The same address as in line 2.")


def test_a_list_of_people_to_stay_away_from_needs_addresses_alone() -> None:
    choice = Choice(places={"email": 0}, is_stay_away=True)
    rows = [["walter@example.org"], ["gone@example.org"], ["new@example.org"], ["info@example.org"], ["no address"]]
    found = judged(*rows, choice=choice)
    assert [row.verdict for row in found] == ["kept away", "skipped", "kept away", "kept away", "refused"]
    assert found[0].reason == "Gets letters now. They end."


@given(st.lists(st.text(max_size=40), min_size=8, max_size=8))
def test_no_row_breaks_the_judging(cells: list[str]) -> None:
    assert len(judged(cells)) == 1
