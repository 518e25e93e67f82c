from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from accounts.members import personal_data
from content.core.vocabulary import Change
from content.editing.history import versions_of, writers_of
from content.editing.nouns import MODELS
from content.editing.saving import edit, restore
from content.files.library import read_library
from content.loading.loader import load
from content.models import Picture, Reference, Technique, Tip, Version
from tests.content.makers import (
    NOW,
    REFERENCE_FILE,
    TECHNIQUE_FILE,
    a_library,
    a_reference,
    a_technique,
    a_tip,
    a_writer,
)

pytestmark = pytest.mark.django_db


def page_of(row: Any, name: str, *more: Any) -> str:
    return reverse(f"admin:content_{row._meta.model_name}_{name}", args=[row.pk, *more])


@pytest.fixture
def writer(client: Client) -> Any:
    writer = a_writer()
    client.force_login(writer)
    return writer


def changes_of(row: Any) -> list[str]:
    return list(versions_of(row).values_list("change", flat=True))


def test_the_first_change_keeps_what_was_there_before(writer: Any) -> None:
    row = a_reference()
    edit(row, row.authored_values() | {"title": "Another"}, by=writer, at=NOW)
    assert [(v.number, v.values["title"], v.by) for v in versions_of(row)] == [
        (1, "A made-up trial", None),
        (2, "Another", writer),
    ]


def test_a_restored_version_is_a_new_one_and_nothing_is_lost(writer: Any) -> None:
    row = a_reference()
    edit(row, row.authored_values() | {"title": "Another"}, by=writer, at=NOW)
    restore(row, versions_of(row).get(number=1), by=writer, at=NOW)
    row.refresh_from_db()
    assert row.title == "A made-up trial"
    assert changes_of(row) == [Change.BEGAN, Change.EDITED, Change.RESTORED]
    assert versions_of(row).get(number=2).values["title"] == "Another"


def test_a_restored_version_of_a_published_text_waits_for_its_review(writer: Any) -> None:
    tip = a_tip(title="Old words")
    version = Version.objects.create(
        noun="tip", key=tip.slug, number=1, values=tip.authored_values() | {"title": "Older"}, change="began", at=NOW
    )
    restore(tip, version, by=writer, at=NOW)
    tip.refresh_from_db()
    assert (tip.title, tip.stage, tip.working_values()["title"]) == ("Old words", "draft", "Older")
    assert writers_of(tip) == {writer.pk}


def test_a_field_that_a_later_release_added_is_left_alone_by_an_old_version(writer: Any) -> None:
    row = a_reference(note="Kept.")
    version = Version.objects.create(
        noun="reference", key=row.slug, number=1, values={"title": "Old", "gone": 1}, change="began", at=NOW
    )
    restore(row, version, by=writer, at=NOW)
    row.refresh_from_db()
    assert (row.title, row.note) == ("Old", "Kept.")


def test_the_loader_remembers_what_it_changed_and_nothing_else(tmp_path: Path) -> None:
    load(read_library(a_library(tmp_path, references=REFERENCE_FILE, techniques=TECHNIQUE_FILE)), NOW)
    changed = REFERENCE_FILE.replace("A made-up trial", "A better trial")
    load(read_library(a_library(tmp_path, references=changed, techniques=TECHNIQUE_FILE)), NOW)
    assert [v.values["title"] for v in versions_of(Reference.objects.get())] == ["A made-up trial", "A better trial"]
    assert changes_of(Technique.objects.get()) == [Change.LOADED]


def test_rows_from_before_there_was_a_history_begin_theirs_at_the_next_load(tmp_path: Path) -> None:
    technique = a_technique()
    folder = a_library(tmp_path, techniques=TECHNIQUE_FILE.replace("[breathing]", "[pmr]"))
    load(read_library(folder), NOW)
    assert changes_of(technique) == []
    folder = a_library(tmp_path, techniques=TECHNIQUE_FILE)
    load(read_library(folder), NOW)
    assert changes_of(technique)[0] == Change.BEGAN


def test_every_kind_of_row_has_a_history_a_comparison_and_a_way_back(client: Client, library: None) -> None:
    boss = get_user_model().objects.create(email="boss@example.org", is_staff=True, is_superuser=True)
    client.force_login(boss)
    for model in set(MODELS.values()) - {Picture}:
        row: Any = model.objects.first()
        edit(row, row.authored_values(), by=boss, at=NOW)
        html = client.get(page_of(row, "history")).content.decode()
        assert "Taken from its file" in html, model
        assert "boss@example.org" in html, model
        assert client.get(page_of(row, "compare"), {"from": 1, "to": 2}).status_code == 200, model
        assert client.post(page_of(row, "restore", 1)).status_code == 302, model
        assert changes_of(row) == ["loaded", "edited", "restored"], model


def test_the_comparison_marks_the_words_that_came_and_went(client: Client, writer: Any) -> None:
    tip = a_tip(status="draft", publish_at=None, title="Six soft breaths")
    edit(tip, tip.authored_values() | {"title": "Eight soft breaths"}, by=writer, at=NOW)
    html = client.get(page_of(tip, "compare"), {"from": 1, "to": 2}).content.decode()
    assert "<del>Six</del" in html
    assert "<ins>Eight</ins" in html


def test_the_history_names_who_changed_which_field(client: Client, writer: Any) -> None:
    tip = a_tip(status="draft", publish_at=None)
    edit(tip, tip.authored_values() | {"title": "Eight"}, by=writer, at=NOW)
    html = client.get(page_of(tip, "history")).content.decode()
    assert "ines@example.org" in html
    assert ">Title<" in html


@pytest.mark.parametrize("asked", [{}, {"to": "x"}, {"to": "99"}, {"from": "1"}], ids=str)
def test_a_version_that_is_not_there_is_not_found(client: Client, writer: Any, asked: dict[str, str]) -> None:
    assert client.get(page_of(a_tip(), "compare"), asked).status_code == 404


def test_a_version_is_not_restored_by_looking(client: Client, writer: Any) -> None:
    assert client.get(page_of(a_tip(), "restore", 1)).status_code == 405


def test_who_may_not_change_a_row_cannot_restore_it(client: Client, writer: Any) -> None:
    technique = a_technique()
    edit(technique, technique.authored_values(), by=writer, at=NOW)
    assert client.get(page_of(technique, "history")).status_code == 200
    assert client.post(page_of(technique, "restore", 1)).status_code == 403


def test_the_questions_of_a_history_do_not_grow_with_its_versions(
    client: Client, writer: Any, django_assert_max_num_queries: Any
) -> None:
    tip = a_tip(status="draft", publish_at=None)
    for number in range(30):
        edit(tip, tip.authored_values() | {"title": f"Title {number}"}, by=writer, at=NOW)
    with django_assert_max_num_queries(11):
        assert "Older" in client.get(page_of(tip, "history")).content.decode()


def test_versions_outlive_the_account_that_made_them(writer: Any) -> None:
    tip = a_tip(status="draft", publish_at=None)
    edit(tip, tip.authored_values(), by=writer, at=NOW)
    writer.delete()
    assert [version.by for version in versions_of(Tip.objects.get())] == [None, None]


def test_staff_may_see_and_take_along_what_they_changed(writer: Any) -> None:
    tip = a_tip(status="draft", publish_at=None)
    edit(tip, tip.authored_values(), by=writer, at=NOW)
    (said,) = personal_data.export(writer, at=NOW)["writing"]["versions"]
    assert (said["key"], said["change"]) == ("six-soft-breaths", "edited")
    personal_data.erase(writer)
    assert versions_of(tip).count() == 2
