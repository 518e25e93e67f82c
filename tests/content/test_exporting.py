"""What staff edited goes back into the files, and nothing else in them changes by a byte."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from content.editing.confirming import confirm
from content.editing.history import latest_number
from content.editing.nouns import MODELS, NOUNS_OF_MODELS
from content.editing.publishing import publish, send_to_review
from content.editing.saving import edit, write
from content.files.library import LIBRARY, LibraryError, read_library
from content.loading.exporting import copy_files, export_library
from content.loading.loader import compare, load
from content.models import CrisisLine, Evidence, Guide, Lesson, Reference, Row, Technique, Tip
from tests.content.makers import (
    LESSON_FILE,
    NOW,
    REFERENCE_FILE,
    TECHNIQUE_FILE,
    TIP_FILE,
    a_library,
    a_reviewer,
    a_tip,
    a_writer,
    words,
    write_file,
)
from tests.voices import HEART, write_voices

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small library, loaded, with a comment here and there."""
    folder = a_library(
        tmp_path / "library",
        references=f"# Ours.\n{REFERENCE_FILE}# The end.\n",
        techniques=TECHNIQUE_FILE,
        lessons__the_loop=LESSON_FILE.replace("course = 1\n", "course = 1  # the first\n"),
        tips__six_soft_breaths=TIP_FILE,
    )
    load(read_library(folder), NOW)
    return folder


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


def change(row: Row, **values: Any) -> None:
    """As after an edit that was reviewed and published."""
    write(row, row.authored_values() | values)


def test_a_library_that_nobody_edited_keeps_every_byte(library: None, tmp_path: Path) -> None:
    copy_files(LIBRARY, tmp_path)
    before = bytes_in(tmp_path)
    assert export_library(tmp_path).texts == {}
    assert bytes_in(tmp_path) == before


def test_an_edit_changes_its_own_field_and_no_other_byte(folder: Path) -> None:
    before = bytes_in(folder)
    change(Reference.objects.get(), title="A better “trial”")
    exported = export_library(folder)
    after = bytes_in(folder)
    assert exported.written == ["reference wood19: title"]
    assert {name for name in after if after[name] != before[name]} == {"references.toml"}
    wanted = before["references.toml"].decode().replace("A made-up trial", "A better “trial”")
    assert after["references.toml"].decode() == wanted


def test_one_part_of_a_lesson_is_replaced_and_the_rest_stays(folder: Path) -> None:
    before = (folder / "lessons/the-loop.md").read_text()
    change(Lesson.objects.get(), body=f"New. {words(550)} [^wood19]")
    export_library(folder)
    after = (folder / "lessons/the-loop.md").read_text()
    assert after == before.replace("# 4 minutes\n\n", "# 4 minutes\n\nNew. ")
    assert "course = 1  # the first" in after


def test_load_edit_export_check_is_clean(library: None, tmp_path: Path) -> None:
    copy_files(LIBRARY, tmp_path)
    writer, reviewer = a_writer(), a_reviewer()
    lesson: Any = Lesson.objects.get(slug="breathing")
    values = lesson.authored_values() | {
        "title": "Let the way out lead",
        "brief": f"{lesson.brief} Softly.",
        "course": None,
        "needs": ["arousal"],
        "related": ["panic"],
        "reviewed_on": "2026-12-01",
        "reflection": "What did you notice?",
        "task": {"words": "Try it once.", "technique": "breathing", "minutes": 3},
        "changes": [*lesson.changes, {"on": "2026-12-01", "what": "Said more softly."}],
    }
    edit(lesson, values, by=writer, at=NOW)
    send_to_review(lesson, by=writer, at=NOW)
    publish(lesson, by=reviewer, at=NOW, start=NOW, seen=latest_number(lesson))
    evidence: Any = Evidence.objects.get(technique="breathing", need="arousal")
    edit(evidence, evidence.authored_values() | {"weeks_to_benefit": None, "minutes": 6}, by=reviewer, at=NOW)
    confirm(evidence, by=a_reviewer("eva@example.org"), at=NOW, seen=latest_number(evidence))
    line: Any = CrisisLine.objects.get(slug="us")
    edit(line, line.authored_values() | {"checked_on": "2026-12-01", "lines": line.lines[:1]}, by=reviewer, at=NOW)
    assert not compare(read_library(tmp_path)).is_clean
    call_command("export_library", str(tmp_path), verbosity=0)
    call_command("load_library", "--check", folder=tmp_path, verbosity=0)
    call_command("check_library", folder=tmp_path)


def test_every_kind_of_row_can_be_written_anew(library: None, tmp_path: Path) -> None:
    """With signs that TOML must escape; the files that result read as the same values."""
    copy_files(LIBRARY, tmp_path)
    edited = [with_odd_signs(noun) for noun in MODELS if noun != "picture"]
    assert sorted(export_library(tmp_path).written) == sorted(edited)
    assert compare(read_library(tmp_path)).is_clean


def with_odd_signs(noun: str) -> str:
    """Edit a row of this kind; how a report names the row and its field."""
    first: Any = MODELS[noun].objects.with_relations().first()
    text_field = next(
        name
        for name in first.AUTHORED
        if name in ("summary", "note", "words", "about", "help", "worry", "country", "size", "basis", "anyway")
    )
    change(first, **{text_field: 'With "quotes", a \\ and\na new line.'})
    return f"{noun} {first.key}: {text_field}"


def test_a_row_of_no_file_gets_one(folder: Path) -> None:
    a_tip("a-new-one", title="A new one")
    technique: Any = Technique.objects.get()
    technique.pk, technique.slug, technique.loaded = None, "pmr", {}
    technique.save()
    Guide.objects.create(
        slug="breathing",
        title="Slow breathing",
        technique_id="breathing",
        skin="steps",
        summary="Soft.",
        ready="Sit.",
        stop="If dizzy.",
        steps=[{"words": "Sit.", "seconds": 60, "cue": "rest", "sizes": ["1"]}],
        status="published",
        publish_at=NOW,
    )
    written = export_library(folder).written
    assert written == ["technique pmr: new", "guide breathing: new", "tip a-new-one: new"]
    assert (folder / "tips/a-new-one.md").exists()
    assert compare(read_library(folder)).is_clean


def test_an_entry_that_is_new_in_a_table_stands_at_its_end(folder: Path) -> None:
    Reference.objects.create(slug="new26", title="New", verification="memory")
    export_library(folder)
    text = (folder / "references.toml").read_text()
    assert text.startswith("# Ours.\n")
    assert "# The end.\n\n[new26]\n" in text


def test_what_no_reader_sees_stays_here(folder: Path) -> None:
    a_tip("a-draft", status="draft", publish_at=None)
    tip = Tip.objects.get(slug="six-soft-breaths")
    edit(tip, tip.authored_values() | {"title": "Not yet"}, by=a_writer(), at=NOW)
    exported = export_library(folder)
    assert (exported.written, exported.unpublished) == ([], ["tip a-draft"])
    assert not (folder / "tips/a-draft.md").exists()


def test_a_field_that_changed_in_its_file_too_is_left_alone_and_named(folder: Path) -> None:
    change(Technique.objects.get(), summary="Ours.", short="soft breath")
    path = folder / "techniques.toml"
    path.write_text(path.read_text().replace("A slow breath with a long way out.", "Theirs."))
    with pytest.raises(CommandError, match="changed here and in their file"):
        call_command("export_library", str(folder), verbosity=0)
    assert 'summary = "Theirs."' in path.read_text()
    assert 'short = "soft breath"' in path.read_text()


def test_a_newer_file_is_not_set_back(folder: Path) -> None:
    path = folder / "techniques.toml"
    path.write_text(path.read_text().replace("A slow breath with a long way out.", "Newer."))
    before = path.read_bytes()
    assert export_library(folder).written == []
    assert path.read_bytes() == before


def test_a_folder_without_files_gets_the_whole_library(library: None, tmp_path: Path) -> None:
    export_library(tmp_path / "new")
    texts = {name: said for name, said in bytes_in(LIBRARY).items() if "pyc" not in name}
    assert bytes_in(tmp_path / "new") == {name: said for name, said in texts.items() if not name.startswith("voices/")}


def test_a_file_with_a_fault_stops_the_export_before_it_writes(folder: Path) -> None:
    change(Technique.objects.get(), summary="Ours.")
    (folder / "cards.toml").write_text("[broken")
    before = bytes_in(folder)
    with pytest.raises(LibraryError, match=r"cards\.toml"):
        export_library(folder)
    assert bytes_in(folder) == before


def test_the_nouns_of_rows_are_those_of_files() -> None:
    assert {NOUNS_OF_MODELS[model] for model in MODELS.values()} == set(MODELS)


def test_recordings_stay_where_they_are_for_they_are_made_from_the_texts(tmp_path: Path) -> None:
    write_voices(tmp_path / "from" / "voices", {HEART: ["Breathe in"]})
    write_file(tmp_path / "from", "tips/one.md", "A tip.")
    copy_files(tmp_path / "from", tmp_path / "to")
    assert [path.name for path in (tmp_path / "to").iterdir()] == ["tips"]
