"""A file that is brought: what is wrong with it is said with its line, and nothing of it is kept."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, connection
from django.test import Client
from django.utils import timezone

from accounts.models import Consent, ConsentKind, ReminderWish, User
from coaching.belongings.reading import LARGEST, Refused, line_of
from coaching.belongings.rows import export_rows
from coaching.belongings.tables import TABLES
from coaching.belongings.taking_in import take_in
from coaching.models import Person, Practice
from content.models import Technique
from tests.accounts.people import log_in, make_user
from tests.coaching.shell_makers import text
from tests.coaching.whole_people import a_whole_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
BRING = "/accounts/data/bring/"
Rows = dict[str, Any]


@pytest.fixture
def rows() -> Rows:
    """The rows of a whole person who has left since, as JSON holds them."""
    user = make_user("before@example.org")
    a_whole_person(user)
    told = json.loads(json.dumps(export_rows(user)))
    user.delete()
    return told


def bring(rows: Any) -> User:
    user = make_user("new@example.org")
    raw = rows if isinstance(rows, bytes) else json.dumps({"rows": rows}, indent=2).encode()
    take_in(user, raw, at=timezone.now())
    return user


def refused(rows: Any) -> str:
    """What is said; nothing was written."""
    with pytest.raises(Refused) as error:
        bring(rows)
    assert not Person.objects.exists()
    assert not any(table.model._default_manager.exists() for table in TABLES)
    return str(error.value)


def first(rows: Rows, table: str) -> Any:
    return rows["tables"][table][0]


def anothers_key(rows: Rows) -> None:
    first(rows, "plan_items")["plan"] = 987


def anothers_person(rows: Rows) -> None:
    first(rows, "practices")["person"] = "QkX0dJmO4w1sN6ZtVb8cRy2L"


def its_own_key(rows: Rows) -> None:
    first(rows, "practices")["id"] = 1


def a_loop(rows: Rows) -> None:
    first(rows, "intakes")["builds_on"] = 1


def in_the_future(rows: Rows) -> None:
    first(rows, "practices")["started_at"] = (timezone.now() + timedelta(days=3)).isoformat()


def far_ahead(rows: Rows) -> None:
    first(rows, "weeks")["ends_on"] = "2199-01-01"


def no_time_zone(rows: Rows) -> None:
    first(rows, "practices")["started_at"] = "2026-01-01T10:00:00"


def unknown_version(rows: Rows) -> None:
    rows["version"] = 2


def unknown_questions(rows: Rows) -> None:
    first(rows, "intakes")["version"] = "99"


def too_high(rows: Rows) -> None:
    first(rows, "practices")["pain_before"] = 11


def a_text_for_a_number(rows: Rows) -> None:
    first(rows, "practices")["seconds"] = "60"


def a_truth_for_a_number(rows: Rows) -> None:
    first(rows, "practices")["seconds"] = True


def unknown_kind(rows: Rows) -> None:
    first(rows, "log")["kind"] = "secret"


def unknown_answer(rows: Rows) -> None:
    first(rows, "intakes")["answers"]["is_staff"] = True


def what_is_never_kept(rows: Rows) -> None:
    first(rows, "intakes")["answers"]["self_harm"] = "yes"


def an_address_in_an_id(rows: Rows) -> None:
    first(rows, "tool_entries")["client_id"] = "../../admin"


def a_broken_rung(rows: Rows) -> None:
    first(rows, "plans")["held"] = {"walking": {"place": 1, "why": "flare", "at": timezone.now().isoformat()}}


def nowhere(rows: Rows) -> None:
    rows["profile"]["time_zone"] = "Mars/Olympus"


def a_row_twice(rows: Rows) -> None:
    rows["tables"]["check_ins"].append({**first(rows, "check_ins"), "key": 99})


def a_number_twice(rows: Rows) -> None:
    rows["tables"]["log"][1]["key"] = 1


def unknown_table(rows: Rows) -> None:
    rows["tables"]["users"] = []


HOSTILE: list[tuple[Callable[[Rows], None], str]] = [
    (anothers_key, "leads to no row"),
    (anothers_person, "does not have the names"),
    (its_own_key, "does not have the names"),
    (a_loop, "leads to no row"),
    (in_the_future, "lies in the future"),
    (far_ahead, "lies in the future"),
    (no_time_zone, "no moment"),
    (unknown_version, "does not know this version of the file"),
    (unknown_questions, "does not know this version of the questions"),
    (too_high, "less than or equal to 10"),
    (a_text_for_a_number, "no whole number"),
    (a_truth_for_a_number, "no whole number"),
    (unknown_kind, "secret"),
    (unknown_answer, "is_staff: this is no answer"),
    (what_is_never_kept, "self_harm: this is no answer"),
    (an_address_in_an_id, "no number of ours"),
    (a_broken_rung, "no answer"),
    (nowhere, "no such time zone"),
    (a_row_twice, "stands twice"),
    (a_number_twice, "a number of its own"),
    (unknown_table, "never write"),
]


@pytest.mark.parametrize(("harm", "words"), HOSTILE, ids=[harm.__name__ for harm, _words in HOSTILE])
def test_a_hostile_file_is_refused_with_its_line_and_nothing_is_written(
    harm: Callable[[Rows], None], words: str, rows: Rows
) -> None:
    harm(rows)
    said = refused(rows)
    assert words in said
    assert said.startswith("Line ")


def packed(content: bytes, name: str = "unloop-my-data.json") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def a_lie_about_its_size() -> bytes:
    """A zip bomb that says it is small: its two size fields are overwritten."""
    bomb = packed(b" " * (LARGEST + 10))
    return bomb.replace((LARGEST + 10).to_bytes(4, "little"), (100).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "broken here"),
        (b"[]", "not written as ours"),
        (b"{\n\n nonsense", "Line 3"),
        (b'{"a": 1, "a": 2}', "not written as ours"),
        (b'{"a": NaN}', "not written as ours"),
        (b'{"rows": ' + b"[" * 200_000, "not written as ours"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not written as ours"),
        (b'{"exported_at": "2026-01-01"}', "no file of Unloop's"),
        (b"\xff\xfe{\x00", "not text"),
        (b"{" + b" " * LARGEST, "larger than any"),
        (b"PK\x03\x04 not really", "cannot be opened"),
        (packed(b"{}", "letter.txt"), "one JSON file"),
        (packed(b" " * (LARGEST + 10)), "larger than any"),
        (a_lie_about_its_size(), "cannot be opened"),
    ],
)
def test_what_is_no_file_of_ours_is_refused(raw: bytes, words: str) -> None:
    assert words in refused(raw)


def test_the_line_is_that_of_the_value(rows: Rows) -> None:
    written = json.dumps({"rows": rows}, indent=2)
    line = line_of(written, ("rows", "tables", "practices", 0, "seconds"))
    assert written.splitlines()[line - 1].strip().startswith('"seconds": ')


def test_a_packed_file_is_taken_too(rows: Rows) -> None:
    bring(packed(json.dumps({"rows": rows}).encode()))
    assert Practice.objects.count() == len(rows["tables"]["practices"])


def test_what_this_site_does_not_have_is_left_out_with_what_hangs_on_it(rows: Rows) -> None:
    kept = len(rows["tables"]["practices"])
    rows["tables"]["practices"][0]["technique"] = "walking-on-the-moon"
    rows["tables"]["comparisons"][0]["first"] = "walking-on-the-moon"
    user = make_user("new@example.org")
    taken = take_in(user, json.dumps({"rows": rows}).encode(), at=timezone.now())
    assert taken.left_out == 1 + 1 + 14
    assert Practice.objects.count() == kept - 1
    assert not Technique.objects.filter(slug="walking-on-the-moon").exists()


# --- The page ---------------------------------------------------------------------------


def upload(client: Client, raw: bytes, **told: str) -> Any:
    return client.post(BRING, {"file": SimpleUploadedFile("mine.json", raw), "agree": "on", **told})


def test_the_page_takes_the_file_in_and_notes_the_agreement(client: Client, rows: Rows) -> None:
    user = make_user()
    log_in(client)
    assert 'enctype="multipart/form-data"' in text(client.get(BRING))
    answer = upload(client, json.dumps({"rows": rows}).encode())
    assert (answer.status_code, answer.url) == (302, "/accounts/data/")
    assert Person.objects.get().user == user
    assert Consent.objects.standing().filter(user=user, kind=ConsentKind.HEALTH).exists()
    assert not ReminderWish.objects.filter(user=user).exists()
    assert "It is in: " in text(client.get("/accounts/data/"))


def test_the_page_says_the_line_that_is_wrong(client: Client, rows: Rows) -> None:
    make_user()
    log_in(client)
    in_the_future(rows)
    answer = upload(client, json.dumps({"rows": rows}, indent=2).encode())
    assert answer.status_code == 422
    assert "lies in the future" in text(answer)
    assert not Practice.objects.exists()


def test_where_the_yes_cannot_be_kept_no_answers_are(client: Client, rows: Rows) -> None:
    make_user()
    log_in(client)
    client.raise_request_exception = False

    def fails(execute: Any, sql: str, *told: Any) -> Any:
        if sql.startswith('INSERT INTO "accounts_consent"'):
            raise DataError("the disk is full")
        return execute(sql, *told)

    with connection.execute_wrapper(fails):
        assert upload(client, json.dumps({"rows": rows}).encode()).status_code >= 500
    assert not Practice.objects.exists()


def test_without_a_yes_nothing_is_kept(client: Client, rows: Rows) -> None:
    make_user()
    log_in(client)
    assert upload(client, json.dumps({"rows": rows}).encode(), agree="").status_code == 422
    assert not Practice.objects.exists()


def test_an_account_that_holds_something_takes_nothing_in(client: Client, rows: Rows) -> None:
    a_whole_person(make_user(), 5)
    log_in(client)
    count = Practice.objects.count()
    assert "already holds answers" in text(client.get(BRING))
    assert upload(client, json.dumps({"rows": rows}).encode()).status_code == 422
    assert Practice.objects.count() == count


def test_two_presses_bring_it_in_once(client: Client, rows: Rows) -> None:
    make_user()
    log_in(client)
    raw = json.dumps({"rows": rows}).encode()
    assert [upload(client, raw).status_code for _ in range(2)] == [302, 422]
    assert Practice.objects.count() == len(rows["tables"]["practices"])


def test_the_page_is_for_whoever_is_logged_in() -> None:
    assert Client().get(BRING).url.startswith("/accounts/login/")
