"""A marker is put into every table, session, task, letter and file that can hold something of a person. They erase
themselves, and no byte of it is left: not in a column, and on SQLite not in the file, its free pages or its journal.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.test import Client
from django_tasks_db.models import DBTaskResult

from accounts import tasks
from accounts.guard.marks import address_mark
from accounts.models import Edition, OutgoingMail, Subscriber, User
from accounts.sealing import seal
from coaching.models import Person
from content.models import Lesson, Technique
from tests.accounts.letters import an_edition
from tests.accounts.people import PASSWORD
from tests.content.makers import a_lesson, a_technique

pytestmark = pytest.mark.django_db(transaction=True)

MARK, ADDRESS = "zqxmarker", "zqxmarker@example.org"
WHEN = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
# Rows of the library and of letters to many, which name somebody on the staff as who wrote them. That is forgotten by
# `_erase_writing` and by the database itself; the texts stay.
OF_STAFF = {
    *("accounts.Edition", "accounts.SeriesLetter", "accounts.SubscriberImport", "accounts.ImportChunk"),
    *("accounts.ImportRow", "content.Version", "admin.LogEntry", "accounts.User_groups"),
    "accounts.User_user_permissions",
}
# Not filled by the site: the account library proves addresses by codes here, which stand in sessions.
UNUSED = {"account.EmailConfirmation"}
SPECIAL: dict[str, dict[str, Any]] = {
    "accounts.Subscriber": {"status": "unsubscribed", "new_email": ADDRESS, "topics": ["sleep"]},
    "accounts.Leaving": {"held": {}},
    "accounts.ReminderWish": {"days": "0", "stopped": ""},
    "coaching.ReminderSlot": {"closes_at": WHEN + timedelta(hours=1)},
    "coaching.Booster": {"month": 1},
    "coaching.BreathPattern": {"breathe_in": 4, "breathe_out": 6},
    "coaching.Comparison": {"weeks": 2, "power": 0.5, "second_id": "walking"},
    "coaching.ComparisonDay": {"probability": 0.5, "is_first": True},
    "coaching.Plan": {"minutes_a_day": 20},
    "coaching.LinkOpening": {"name": ""},
    "coaching.SharedLink": {"expires_at": datetime(2027, 1, 1, tzinfo=UTC), "token_hash": "a" * 64},
    "coaching.WeekStep": {"minutes": 5},
    "coaching.Week": {"ends_on": WHEN.date()},
    "coaching.Rhythm": {"began_on": WHEN.date(), "ends_on": datetime(2027, 1, 1).date()},  # noqa: DTZ001
    "coaching.CoursePause": {"ended_on": None},
    "mfa.Authenticator": {"type": "totp", "data": {"secret": seal(MARK, "test")}},
}


def reaching(root: set[str]) -> list[type[models.Model]]:
    """Models whose rows hang on a person, on an account or on a subscription, one after another."""
    found = [apps.get_model(label) for label in sorted(root)]
    while more := [m for m in apps.get_models() if m not in found and set(parents(m)) & set(found)]:
        found += more
    return [model for model in found if model._meta.label not in OF_STAFF | UNUSED]


def parents(model: type[models.Model], *, needed: bool = False) -> list[Any]:
    fields = [field for field in model._meta.concrete_fields if field.is_relation]
    return [field.related_model for field in fields if not (needed and field.null)]


MODELS = reaching({"accounts.User", "coaching.Person", "accounts.Subscriber"})


def filled(model: type[models.Model], known: dict[type, Any]) -> Any:
    """One row, each of whose columns that can hold a word holds the marker."""
    values = {field.name: value_for(field, known) for field in model._meta.concrete_fields if not field.primary_key}
    given = {name: value for name, value in values.items() if value is not None}
    own = SPECIAL.get(model._meta.label, {})
    return model._default_manager.create(**{n: v for n, v in given.items() if f"{n}_id" not in own} | own)


def value_for(field: Any, known: dict[type, Any]) -> Any:
    if field.is_relation:
        return known.get(field.related_model)
    if field.choices:
        return field.choices[0][0]
    if field.name.startswith("sealed_"):
        return seal(MARK, "test")
    if field.name in ("country", "size", "language", "plain_safety_level"):
        return ""
    for kind, value in WORDS.items():
        if isinstance(field, kind):
            return value[: field.max_length] if isinstance(value, str) else value
    return None if field.null or field.has_default() else 1


WORDS: dict[type, Any] = {
    models.EmailField: ADDRESS,
    models.CharField: MARK,
    models.TextField: MARK,
    models.JSONField: {MARK: MARK},
    models.DateTimeField: WHEN,
    models.DateField: WHEN.date(),
}


def fill_every_table() -> dict[type, Any]:
    a_technique("walking")
    known: dict[type, Any] = {Technique: a_technique(), Lesson: a_lesson(), Edition: an_edition()}
    known[Session] = Session.objects.create(session_key=MARK, session_data=MARK, expire_date=WHEN)
    known[User] = User.objects.create_user(ADDRESS, PASSWORD)
    known[EmailAddress] = EmailAddress.objects.create(user=known[User], email=ADDRESS, verified=True, primary=True)
    rest = [model for model in MODELS if model not in known]
    while ready := [model for model in rest if set(parents(model, needed=True)) <= set(known)]:
        for model in ready:
            known[model] = filled(model, known)
        rest = [model for model in rest if model not in ready]
    return known


@pytest.fixture
def outbox_folder(settings: Any, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH, settings.TOMBSTONES_FILE = str(tmp_path), str(tmp_path / "tombstones.txt")
    (tmp_path / "letter.log").write_text(f"To: {ADDRESS}\n\nA letter.\n")
    (tmp_path / "other.log").write_text("To: walter@example.org\n\nA letter.\n")
    return tmp_path


def tables_with(word: str) -> set[str]:
    """Every table that holds it, in whatever column."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            if any(word in text_of(value) for row in cursor.fetchall() for value in row):
                found.add(table)
    return found


def text_of(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode(errors="replace").lower()
    return json.dumps(value, default=str).lower()


def bytes_of_database() -> bytes:
    """The file with its free pages, and its journal."""
    name = connection.settings_dict["NAME"]
    files = [Path(f"{name}{end}") for end in ("", "-wal", "-journal")]
    return b"".join(file.read_bytes() for file in files if file.exists()).lower()


def beside_the_tables(user: User) -> None:
    """What a person leaves behind without a row that hangs on them."""
    stranger, reset = Client(), Client()
    stranger.post("/newsletter/", {"email": ADDRESS})
    reset.post("/accounts/password/reset/", {"email": ADDRESS})
    OutgoingMail.objects.create(to=ADDRESS, subject=MARK, text=MARK, message_id="zqx", due_at=WHEN)
    staff = User.objects.create_user("staff@example.org", PASSWORD, is_staff=True)
    kind = ContentType.objects.get_for_model(Subscriber)
    what = {"action_flag": CHANGE, "object_repr": ADDRESS, "change_message": f"Wrote to {ADDRESS}"}
    LogEntry.objects.create(user=staff, content_type=kind, object_id="1", **what)
    DBTaskResult.objects.create(
        task_path="a.b", args_kwargs={}, traceback=f"Refused: {ADDRESS}", backend_name="default"
    )


def erase(client: Client, user: User) -> Any:
    return client.post("/accounts/data/erase/", {"word": "erase", "password": PASSWORD, "at_once": "on"})


def test_nothing_is_left_of_whoever_erases_their_account(client: Client, outbox_folder: Path, caplog: Any) -> None:
    caplog.set_level("DEBUG")
    known = fill_every_table()
    user, person = known[User], known[Person]
    beside_the_tables(user)
    Subscriber.objects.update(status="active", confirmed_at=WHEN, consent_at=WHEN)
    client.force_login(user)
    assert len(tables_with(MARK)) >= 15, "the marker is looked for where it is"
    assert any(ADDRESS in str(row.get_decoded()) for row in Session.objects.all())

    assert erase(client, user).url == "/"
    tasks.end_sessions.call(user.pk, address_mark(ADDRESS))

    assert tables_with(MARK) == set()
    assert tables_with(person.pk.lower()) == set()
    assert {model._meta.label for model in MODELS if model._default_manager.exclude(**others(model)).exists()} == set()
    assert not any(ADDRESS in str(row.get_decoded()) for row in Session.objects.all())
    assert MARK not in caplog.text
    assert MARK not in str({name: cookie.value for name, cookie in client.cookies.items()})
    assert sorted(file.name for file in outbox_folder.iterdir()) == ["other.log", "tombstones.txt"]
    assert MARK not in (outbox_folder / "tombstones.txt").read_text()
    assert MARK not in client.get("/").content.decode()


def others(model: type[models.Model]) -> dict[str, Any]:
    return {"email": "staff@example.org"} if model is User else {}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL vacuums by itself: docs/operating.md")
def test_the_file_of_the_database_holds_no_byte_of_it(client: Client, outbox_folder: Path) -> None:
    known = fill_every_table()
    beside_the_tables(known[User])
    client.force_login(known[User])
    assert bytes_of_database().count(MARK.encode()) > 30
    erase(client, known[User])
    tasks.end_sessions.call(known[User].pk, address_mark(ADDRESS))
    assert bytes_of_database().count(MARK.encode()) == 0


def test_every_table_of_a_person_is_filled() -> None:
    known = fill_every_table()
    assert {model._meta.label for model in MODELS if model not in known} == set()
    assert len(MODELS) >= 30
