"""A list of people who agreed elsewhere: looked at first, judged row by row, and never against a wish."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.core.import_rows import Here, ImportFileError, Judged, judge, read_rows
from accounts.models import (
    ConsentWay,
    Subscriber,
    SubscriberImport,
    SubscriberStatus,
    Suppression,
    SuppressionReason,
)
from accounts.newsletter import subscriptions
from accounts.newsletter.pruning import prune
from accounts.newsletter.subscriber_csv import as_csv, table
from tests.accounts.people import NOON, make_subscriber, make_user

HERE = Here(
    statuses={"walter@example.org": "active", "gone@example.org": "unsubscribed", "back@example.org": "bounced"}
    | {"asked@example.org": "pending"},
    closed={"erased@example.org"},
    paces={"weekly", "monthly"},
    languages={"en", "es"},
)
HEAD = "email,consent_at,consent_how,consent_words\n"
PROOF = "2026-03-14,Sheet at the clinic,Send me tips about my back by email"
IMPORT = "/admin/accounts/subscriber/import/"


def judged(*rows: str, head: str = HEAD) -> list[Judged]:
    return list(judge(read_rows(head + "\n".join(rows)), HERE, at=NOON))


def test_a_row_with_its_proof_comes_in() -> None:
    [row] = judged(f"Nadia@Example.org,{PROOF}")
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
        ("erased@example.org", "was erased"),
    ],
)
def test_whoever_is_known_here_is_left_as_they_are(address: str, reason: str) -> None:
    [row] = judged(f"{address},{PROOF}")
    assert row.verdict == "skipped"
    assert reason in row.reason


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f"nadia,{PROOF}", "such as name@example.org"),
        (f"nadia@mailinator.com,{PROOF}", "gone soon"),
        (f"info@example.org,{PROOF}", "Several people"),
        (f"noreply@example.org,{PROOF}", "mail system"),
        (f'"nadia@example.org\nBcc: x@example.org",{PROOF}', "such as name@example.org"),
        ("nadia@example.org,soon,Sheet at the clinic,Send me tips by email", "consent_at must be"),
        ("nadia@example.org,,Sheet at the clinic,Send me tips by email", "consent_at must be"),
        ("nadia@example.org,2027-01-01,Sheet at the clinic,Send me tips by email", "in the future"),
        ("nadia@example.org,0001-01-01T00:00:00+14:00,Sheet at the clinic,Send me tips by email", "before anybody"),
        ("nadia@example.org,2026-03-14,,Send me tips by email", "consent_how"),
        ("nadia@example.org,2026-03-14,Sheet at the clinic,ok", "consent_words"),
        ("nadia@example.org,2026-03-14", "has 2 cells"),
        (f"nadia@example.org,{PROOF}{'x' * 2000}", "longer than 2000"),
    ],
)
def test_a_row_with_a_fault_is_refused_with_its_reason(row: str, reason: str) -> None:
    [found] = judged(row)
    assert found.verdict == "refused"
    assert reason in found.reason


@pytest.mark.parametrize(
    ("choice", "reason"),
    [("money,weekly,en", "topics may"), ("sleep,hourly,en", "pace"), ("sleep,weekly,xx", "language")],
)
def test_a_choice_that_is_not_offered_is_refused(choice: str, reason: str) -> None:
    [row] = judged(f"nadia@example.org,{PROOF},{choice}", head=HEAD.strip() + ",topics,pace,language\n")
    assert row.verdict == "refused" and reason in row.reason


def test_the_second_row_of_one_mailbox_is_refused() -> None:
    first, second = judged(f"nadia@example.org,{PROOF}", f"NADIA@example.org,{PROOF}")
    assert (first.verdict, second.reason) == ("new", "The same address as in line 2.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Missing: email"),
        ("email;consent_at\n", "Missing"),
        (HEAD, "no rows"),
        (HEAD.strip() + ",phone\nx", "Only these columns"),
        (HEAD.strip() + ",email\nx", "each once"),
        (HEAD + '"nadia', "no CSV"),
        (HEAD + "nadia\x00", "no text holds"),
        (HEAD + "x\n" * 20_001, "20001 rows"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused_whole(text: str, reason: str) -> None:
    with pytest.raises(ImportFileError) as refused:
        read_rows(text)
    assert reason in str(refused.value)


def test_a_spreadsheets_byte_order_mark_and_line_ends_do_no_harm() -> None:
    rows = read_rows("\ufeff" + HEAD.replace("\n", "\r\n") + f"nadia@example.org,{PROOF}\r\n\r\n")
    assert [row["email"] for row in rows] == ["nadia@example.org"]


@given(st.text(max_size=300))
def test_no_file_breaks_it(text: str) -> None:
    with suppress(ImportFileError):
        list(judge(read_rows(HEAD + text), HERE, at=NOON))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_nothing_that_is_taken_out_runs_in_a_spreadsheet(start: str) -> None:
    assert table([[f"{start}1+1"]]).lstrip('"').startswith("'")


@pytest.fixture
def staff(client: Client, db: None) -> Client:
    client.force_login(make_user("editor@example.org", is_staff=True, is_superuser=True))
    return client


def bring(client: Client, text: str, name: str = "list.csv") -> Any:
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, text.encode())}, follow=True)


LIST = f"{HEAD}nadia@example.org,{PROOF}\ngone@example.org,{PROOF}\nnoreply@example.org,{PROOF}\n"


def test_the_dry_run_writes_nothing_and_says_what_would_happen(staff: Client) -> None:
    make_subscriber("gone@example.org", status=SubscriberStatus.UNSUBSCRIBED)
    page = bring(staff, LIST).content.decode()
    assert "Nothing is written yet" in page and "Take in 1" in page
    assert "Only they can come back" in page and "mail system" in page
    assert Subscriber.objects.count() == 1


def test_taking_in_keeps_the_proof_and_empties_the_list(staff: Client) -> None:
    make_subscriber("gone@example.org", status=SubscriberStatus.UNSUBSCRIBED)
    bring(staff, LIST)
    brought = SubscriberImport.objects.get()
    answer = staff.post(f"{IMPORT}{brought.pk}/", follow=True).content.decode()
    assert "1 came in, 1 were skipped, 1 refused." in answer
    nadia = Subscriber.objects.get(email="nadia@example.org")
    assert (nadia.status, nadia.consent_way) == (SubscriberStatus.ACTIVE, ConsentWay.IMPORT)
    assert nadia.consent_note == "Sheet at the clinic"
    assert [event.words for event in nadia.events.all()] == ["Send me tips about my back by email"]
    assert Subscriber.objects.get(email="gone@example.org").status == SubscriberStatus.UNSUBSCRIBED
    brought.refresh_from_db()
    assert (brought.text, brought.counts) == ("", {"new": 1, "skipped": 1, "refused": 1})


def test_taking_in_twice_is_as_once(staff: Client) -> None:
    bring(staff, LIST)
    path = f"{IMPORT}{SubscriberImport.objects.get().pk}/"
    staff.post(path)
    assert "no longer kept" in staff.post(path, follow=True).content.decode()
    assert Subscriber.objects.count() == 2


def test_whoever_leaves_between_the_look_and_the_taking_in_stays_away(staff: Client) -> None:
    bring(staff, LIST)
    make_subscriber("nadia@example.org", status=SubscriberStatus.UNSUBSCRIBED)
    staff.post(f"{IMPORT}{SubscriberImport.objects.get().pk}/")
    assert Subscriber.objects.get(email="nadia@example.org").status == SubscriberStatus.UNSUBSCRIBED


def test_whoever_left_and_was_erased_stays_away(staff: Client) -> None:
    Suppression.objects.add_address("nadia@example.org", SuppressionReason.UNSUBSCRIBED)
    assert "was erased" in bring(staff, LIST).content.decode()
    staff.post(f"{IMPORT}{SubscriberImport.objects.get().pk}/")
    assert not Subscriber.objects.filter(email="nadia@example.org").exists()


def test_the_report_names_every_row(staff: Client) -> None:
    bring(staff, LIST)
    lines = staff.get(f"{IMPORT}{SubscriberImport.objects.get().pk}/report.csv").content.decode().splitlines()
    assert lines[0] == "line,email,verdict,reason"
    assert lines[1] == "2,nadia@example.org,new,"
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "empty"), (b"\xff\xfe\x00", "UTF-8"), (b"name\nNadia", "Missing")]
)
def test_a_file_that_will_not_do_is_refused_at_its_field(staff: Client, content: bytes, words: str) -> None:
    answer = staff.post(IMPORT, {"file": SimpleUploadedFile("list.csv", content)})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not SubscriberImport.objects.exists()


def test_staff_without_the_permission_bring_nothing(client: Client, db: None) -> None:
    client.force_login(make_user("helper@example.org", is_staff=True))
    assert client.get(IMPORT).status_code == 403
    assert bring(client, LIST).status_code == 403


def test_a_list_left_lying_is_emptied_after_a_day(staff: Client) -> None:
    bring(staff, LIST)
    prune(at=timezone.now() + timedelta(days=1, minutes=1))
    assert SubscriberImport.objects.get().text == ""


def test_a_thousand_rows_take_few_queries(staff: Client, django_assert_max_num_queries: Any) -> None:
    rows = "".join(f"nadia{number}@example.org,{PROOF}\n" for number in range(1000))
    bring(staff, HEAD + rows)
    with django_assert_max_num_queries(60):
        staff.post(f"{IMPORT}{SubscriberImport.objects.get().pk}/")
    assert Subscriber.objects.count() == 1000


def test_what_was_taken_out_can_be_read_again_as_it_was_meant(db: None) -> None:
    make_subscriber("+nadia@example.org")
    [_, line] = as_csv(Subscriber.objects.all()).splitlines()
    assert line.startswith("'+nadia@example.org")
    [row] = read_rows(f"{HEAD}'+nadia@example.org,{PROOF}")
    assert row["email"] == "+nadia@example.org"


def test_a_list_left_lying_does_not_outlive_somebody_it_names(staff: Client) -> None:
    make_subscriber("gone@example.org", status=SubscriberStatus.UNSUBSCRIBED)
    bring(staff, LIST)
    subscriptions.erase(Subscriber.objects.get())
    assert SubscriberImport.objects.get().text == ""
