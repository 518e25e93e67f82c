"""`manage.py reseal` moves every seal to the newest key, in batches, and may be run twice or stopped half way."""

from base64 import b64encode
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from accounts.sealing import is_current
from coaching import resealing
from coaching.models import Intake, Person, ToolEntry
from coaching.models.sealed_parts import parts_of
from coaching.resealing import SEALED_COLUMNS, SealedColumn, reseal
from tests.coaching.tool_makers import NOON, an_entry

pytestmark = pytest.mark.django_db
OLD = "old:" + b64encode(b"o" * 32).decode()
NEW = "new:" + b64encode(b"n" * 32).decode()


@pytest.fixture(autouse=True)
def old_key(settings: Any) -> None:
    settings.FIELD_KEYS = [OLD]


def an_intake(person: Person, **answers: Any) -> Intake:
    intake = Intake(person=person, version="1", started_at=NOON, changed_at=NOON)
    intake.answers = answers
    intake.save()
    return intake


def run() -> str:
    told = StringIO()
    call_command("reseal", stdout=told)
    return told.getvalue()


def test_everything_opens_with_the_new_key_alone_afterwards(settings: Any) -> None:
    person = Person.objects.create()
    intake, entry = an_intake(person, goal="Dance"), an_entry(person, "writing", page="A page")
    settings.FIELD_KEYS = [NEW, OLD]

    run()

    settings.FIELD_KEYS = [NEW]
    for row in (intake, entry):
        row.refresh_from_db()
    assert intake.answers == {"goal": "Dance"} and entry.answers == {"page": "A page"}


def test_a_second_run_finds_nothing_to_do(settings: Any) -> None:
    an_entry(Person.objects.create(), "writing", page="A page")
    settings.FIELD_KEYS = [NEW, OLD]

    assert "1 sealed anew, 0 already were" in run()
    sealed = ToolEntry.objects.get().sealed_answers
    assert "0 sealed anew, 1 already were" in run()

    assert ToolEntry.objects.get().sealed_answers == sealed


def test_more_rows_than_a_batch_holds_are_all_taken(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    person = Person.objects.create()
    for _ in range(7):
        an_entry(person, "writing", page="A page")
    settings.FIELD_KEYS = [NEW, OLD]
    monkeypatch.setattr(resealing, "BATCH", 3)

    assert "7 sealed anew" in run()
    assert all(is_current(entry.sealed_answers) for entry in ToolEntry.objects.all())


def test_a_row_that_no_key_opens_is_named_and_the_rest_is_done(settings: Any) -> None:
    person = Person.objects.create()
    lost, good = an_entry(person, "writing", page="Lost"), an_entry(person, "writing", page="Good")
    ToolEntry.objects.filter(pk=lost.pk).update(sealed_answers="gone.AAAA")
    settings.FIELD_KEYS = [NEW, OLD]

    with pytest.raises(CommandError, match=rf"coaching\.toolentry\.sealed_answers: rows {lost.pk}"):
        run()

    good.refresh_from_db()
    assert is_current(good.sealed_answers)


def test_what_a_person_writes_meanwhile_is_not_overwritten(settings: Any) -> None:
    entry = an_entry(Person.objects.create(), "writing", page="Before")
    settings.FIELD_KEYS = [NEW, OLD]
    [column] = [column for column in SEALED_COLUMNS if column.model is ToolEntry]
    rows = resealing._rows(column)
    read_before = next(rows)
    entry.answers = {"page": "Meanwhile"}
    entry.save()

    assert resealing._reseal_row(column, read_before) is False

    entry.refresh_from_db()
    assert entry.answers == {"page": "Meanwhile"}


def test_an_empty_column_is_left_empty(settings: Any) -> None:
    intake = an_intake(Person.objects.create())
    settings.FIELD_KEYS = [NEW, OLD]

    [column] = [column for column in SEALED_COLUMNS if column.name == "coaching.intake.sealed_answers"]
    assert reseal(column).resealed == 0

    intake.refresh_from_db()
    assert intake.sealed_answers == ""


def test_every_sealed_column_of_the_site_is_on_the_list() -> None:
    found = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name.startswith("sealed")
    }

    assert found == {(column.model, column.column) for column in SEALED_COLUMNS}


def test_each_column_is_opened_by_a_property_of_its_model() -> None:
    for column in SEALED_COLUMNS:
        assert isinstance(column, SealedColumn)
        holds_parts = any(part.of == column.column for part in parts_of(column.model).values())
        assert holds_parts or isinstance(getattr(column.model, column.opened_by), property)
