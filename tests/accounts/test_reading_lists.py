"""Lists as people have them: characters, separators, dates and words of other programs, each read as it was meant."""

import tracemalloc
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO, TextIOWrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.core.importing.columns import columns_of, guess
from accounts.core.importing.dates import forms_of, moment
from accounts.core.importing.files import (
    FORMULA_STARTS,
    ImportFileError,
    encoding_of,
    guarded,
    layout_of,
    lines_of,
    meant,
    records,
    start_of,
)
from accounts.core.importing.standings import Standing, standing_of
from tests.accounts.lists import MAILCHIMP_CLEANED, MAILCHIMP_LEFT, PEERS

PEOPLE = ["José Núñez", "Zoë Müller", "François", "Renée", "Åsa Öberg"]
NAMES = "email;name\n" + "".join(f"p{number}@example.org;{name}\n" for number, name in enumerate(PEOPLE))


def is_utf8(data: bytes) -> bool:
    with suppress(UnicodeDecodeError):
        return bool(data.decode("utf-8") or True)
    return False


def rows_of(data: bytes) -> list[list[str]]:
    encoding = encoding_of(data, is_utf8=is_utf8(data))
    text = data.decode(encoding)
    return start_of(text, layout_of(text, encoding), is_whole=True)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "mac_roman"]
)
def test_a_list_is_read_whatever_its_alphabet(encoding: str) -> None:
    assert [name for _, name in rows_of(NAMES.encode(encoding))[1:]] == PEOPLE


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_list_is_read_whatever_stands_between_its_cells_and_lines(separator: str, end: str) -> None:
    text = end.join([separator.join(["Email", "Name", ""]), separator.join([" ana@example.org ", "Ana", ""]), ""])
    assert rows_of(text.encode()) == [["Email", "Name", ""], ["ana@example.org", "Ana", ""]]


def test_a_list_of_addresses_alone_has_no_headings() -> None:
    layout = layout_of("ana@example.org\nben@example.org\n", "utf-8-sig")
    assert not layout.has_headings
    [column] = columns_of([["ana@example.org"], ["ben@example.org"]], has_headings=False)
    assert (column.heading, guess([column]).places) == ("Column 1", {"email": 0})


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"PK\x03\x04rest", "zip or an Excel workbook"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><p>", "web page"),
        (b"email\n\x00\x01", "no text holds"),
        (b'email,name\nana@example.org,"Ana\nben@example.org,Ben\n', "Line 2 cannot be read: a quotation mark opens"),
        (b'email,name\nana@example.org,"Ana" x\n', "Line 2 cannot be read: words follow"),
        (b"email\n" + b"x" * 20_001, "longer than a line"),
    ],
)
def test_a_file_that_will_not_do_is_refused_with_the_true_cause(data: bytes, cause: str) -> None:
    with pytest.raises(ImportFileError) as refused:
        rows_of(data)
    assert cause in str(refused.value)


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reading(data: bytes) -> None:
    with suppress(ImportFileError, UnicodeDecodeError):
        columns = columns_of(rows_of(data), has_headings=True)
        guess(columns)


@given(st.text(max_size=20))
def test_a_cell_kept_from_running_is_read_as_it_was_meant(words: str) -> None:
    said = words.strip()
    assert meant(guarded(said)) == said
    assert not guarded(said).startswith(FORMULA_STARTS)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2024-04-03", "iso"),
        ("2024-04-03T00:00:00Z", "iso"),
        ("2024-04-03 00:00:00", "iso"),
        ("2024-04-03T00:00:00.000Z", "iso"),
        ("2024-04-03 00:00:00 UTC", "iso"),
        ("2024-04-03 00:00:00.123456789 +0000 UTC", "iso"),
        ("2024-04-03 02:00:00 +0200 CEST", "iso"),
        ("2024-04-03 00:00:00+00", "iso"),
        ("03/04/2024", "day_first"),
        ("03.04.2024 00:00", "day_first"),
        ("3-4-2024", "day_first"),
        ("04/03/2024 12:00 AM", "month_first"),
        ("4/3/24", "month_first"),
        ("2024/04/03", "year_first"),
        ("3 April 2024", "words"),
        ("April 3, 2024", "words"),
        ("Apr 3, 2024, 12:00 AM", "words"),
        ("Apr 3, 2024 at 12:00 AM", "words"),
        ("3 de abril de 2024", "words"),
        ("3. April 2024 um 00:00", "words"),
        ("3 avril 2024, 00:00", "words"),
        ("3 apr. 2024", "words"),
        ("Wed, 03 Apr 2024 00:00:00 +0000", "mail"),
        ("1712102400", "seconds"),
        ("1712102400000", "seconds"),
    ],
)
def test_the_third_of_april_is_read_in_every_common_form(text: str, form: str) -> None:
    found = moment(text, form)
    assert found is not None and found.replace(microsecond=0) == datetime(2024, 4, 3, tzinfo=UTC)


def test_a_form_fits_only_a_column_that_it_reads_whole() -> None:
    assert forms_of(["03/04/2024", ""]) == ["day_first", "month_first"]
    assert forms_of(["03/04/2024", "25/12/2024"]) == ["day_first"]
    assert forms_of(["03/04/2024", "12/25/2024"]) == ["month_first"]
    assert forms_of(["03/04/2024", "soon"]) == []
    assert forms_of(["", ""]) == []


@given(st.text(max_size=30), st.sampled_from(["iso", "day_first", "month_first", "words", "mail", "seconds"]))
def test_no_words_break_the_reading_of_a_day(text: str, form: str) -> None:
    moment(text, form)


@pytest.mark.parametrize(
    ("peer", "agreed_in", "left"),
    [
        ("Mailchimp", "CONFIRM_TIME", []),
        ("Substack", "created_at", ["email_disabled"]),
        ("Buttondown", "creation_date", ["type", "undeliverability_date", "unsubscription_date"]),
        ("listmonk", "created_at", ["status"]),
        ("Ghost", "created_at", ["subscribed_to_emails", "deleted_at"]),
    ],
)
def test_the_columns_of_other_programs_are_guessed(peer: str, agreed_in: str, left: list[str]) -> None:
    columns = columns_of(rows_of(PEERS[peer].encode()), has_headings=True)
    by_place = {column.place: column.heading for column in columns}
    found = guess(columns)
    assert by_place[found.places["email"]].lower().startswith("email")
    assert (by_place[found.places["consent_at"]], found.date_form) == (agreed_in, "iso")
    assert list(found.left.values()) == left


def test_an_address_column_is_known_by_its_cells_when_its_name_says_nothing() -> None:
    rows = [["Email", "Kontakt"], ["weekly", "ana@example.org"], ["daily", "ben@example.org"]]
    assert guess(columns_of(rows, has_headings=True)).places["email"] == 1


def test_a_column_of_days_that_read_two_ways_is_left_to_a_person() -> None:
    rows = [["email", "created_at"], ["ana@example.org", "03/04/2024"]]
    assert guess(columns_of(rows, has_headings=True)).date_form == ""


def test_a_state_of_a_country_is_no_state_of_a_subscription() -> None:
    rows = [["email", "state"], ["ana@example.org", "Ohio"], ["ben@example.org", "Utah"]]
    assert guess(columns_of(rows, has_headings=True)).left == {}


@pytest.mark.parametrize(
    ("heading", "cell", "meaning"),
    [
        ("status", "active", Standing.GETS),
        ("Status", "Unsubscribed", Standing.LEFT),
        ("status", "blocklisted", Standing.LEFT),
        ("status", "Cleaned", Standing.BOUNCED),
        ("type", "unactivated", Standing.WAITING),
        ("type", "complained", Standing.COMPLAINED),
        ("status", "past_due", Standing.UNKNOWN),
        ("status", "", Standing.UNKNOWN),
        ("email_disabled", "true", Standing.LEFT),
        ("email_disabled", "false", Standing.GETS),
        ("subscribed_to_emails", "false", Standing.LEFT),
        ("subscribed_to_emails", "true", Standing.GETS),
        ("UNSUB_TIME", "2024-01-01 00:00:00", Standing.LEFT),
        ("unsubscription_date", "", Standing.GETS),
        ("CLEAN_TIME", "2024-01-01 00:00:00", Standing.BOUNCED),
        ("Abonniert", "nein", Standing.LEFT),
    ],
)
def test_what_a_list_says_of_somebody_is_read_in_its_own_words(heading: str, cell: str, meaning: Standing) -> None:
    assert standing_of(heading, cell) is meaning


@pytest.mark.parametrize("text", [MAILCHIMP_LEFT, MAILCHIMP_CLEANED])
def test_mailchimps_files_of_those_who_are_gone_say_so(text: str) -> None:
    columns = columns_of(rows_of(text.encode()), has_headings=True)
    assert list(guess(columns).left.values()) in (["UNSUB_TIME"], ["CLEAN_TIME"])


@pytest.mark.parametrize(
    ("first_lines", "agreed_in", "left", "form"),
    [
        ("E-Mail-Adresse;Status;Anmeldedatum\na@b.org;Abgemeldet;23.04.2026", "Anmeldedatum", ["Status"], "day_first"),
        ("Correo electrónico,Estado,Fecha de alta\na@b.org,Baja,23/04/2026", "Fecha de alta", ["Estado"], "day_first"),
        ("Mail,Statut,Inscrit le\na@b.org,Désinscrit,23/04/2026", "Inscrit le", ["Statut"], "day_first"),
        ("First Name,Email,Accepts Email Marketing\nA,a@b.org,no", "", ["Accepts Email Marketing"], ""),
        (
            "Email,Unsubscribed from all email,Create Date\na@b.org,true,2026-04-23 10:00",
            "Create Date",
            ["Unsubscribed from all email"],
            "iso",
        ),
        (
            "Email,Email Marketing Consent,Date Added\na@b.org,NEVER_SUBSCRIBED,2026-04-23",
            "Date Added",
            ["Email Marketing Consent"],
            "iso",
        ),
        (
            "Email,Status,Subscribed,Unsubscribed\na@b.org,Active,2026-04-23,2026-05-03",
            "Subscribed",
            ["Status", "Unsubscribed"],
            "iso",
        ),
        (
            "EMAIL,EMAIL_BLACKLIST,ADDED_TIME\na@b.org,Yes,23-04-2026 10:00:00",
            "ADDED_TIME",
            ["EMAIL_BLACKLIST"],
            "day_first",
        ),
        ("Mail,Newsletter\na@b.org,nein", "", ["Newsletter"], ""),
        ("Email,How they stand\na@b.org,active\nc@d.org,unsubscribed", "", ["How they stand"], ""),
        ("Email,Status (letters)\na@b.org,Unsubscribed", "", ["Status (letters)"], ""),
        ("Email,Status\na@b.org,Zrušeno", "", ["Status"], ""),
        ("Email,Plan,Opted in to SMS\na@b.org,free,no", "", [], ""),
        ("Email,When,Birthday\na@b.org,23 April 2026,1 May 1980", "When", [], "words"),
        ("Email,Phone\na@b.org,0176123456", "", [], ""),
        ("Our list,,\n,,\nEmail,Status,Date added\na@b.org,active,2026-04-23", "Date added", ["Status"], "iso"),
        ("sep=;\nEmail;Status\na@b.org;unsubscribed", "", ["Status"], ""),
    ],
)
def test_the_columns_of_any_list_are_guessed_and_none_that_says_who_left_is_missed(
    first_lines: str, agreed_in: str, left: list[str], form: str
) -> None:
    layout = layout_of(first_lines, "utf-8-sig")
    columns = columns_of(start_of(first_lines, layout, is_whole=True), has_headings=layout.has_headings)
    by_place = {column.place: column.heading for column in columns}
    found = guess(columns)
    assert any("@" in cell for cell in columns[found.places["email"]].cells)
    assert by_place.get(found.places.get("consent_at", -1), "") == agreed_in
    assert (list(found.left.values()), found.date_form) == (left, form)


@pytest.mark.parametrize("sign", [b"a,", b"a"])
def test_a_line_of_fifty_megabytes_is_refused_without_being_kept(sign: bytes) -> None:
    file = BytesIO(b"email\nana@example.org\n" + sign * (50_000_000 // len(sign)))
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    tracemalloc.start()
    with pytest.raises(ImportFileError, match="Line 3 is longer than a line of a list can be"):
        list(records(lines_of(text.readline), ","))
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()
