import pytest

from content.core.files.merge import RowState
from content.editing.history import versions_of
from content.editing.settling import keep_ours, notice_agreement, put_back
from content.models import Lesson, Technique
from tests.content.makers import NOW, a_lesson, a_reference, a_technique, a_writer

pytestmark = pytest.mark.django_db


def in_conflict() -> Technique:
    technique = a_technique(summary="Ours.")
    technique.loaded = technique.authored_values() | {"summary": "Old."}
    technique.conflicts = {"summary": "Theirs."}
    technique.save()
    return technique


def test_the_file_can_be_put_back() -> None:
    technique = in_conflict()
    assert put_back(technique, by=a_writer(), at=NOW) == ["summary"]
    technique.refresh_from_db()
    assert (technique.summary, technique.state) == ("Theirs.", RowState.FROM_FILE)


def test_an_edit_without_a_conflict_can_be_put_back_too() -> None:
    technique = a_technique(summary="Ours.")
    technique.loaded = technique.authored_values() | {"summary": "Old."}
    assert put_back(technique, by=a_writer(), at=NOW) == ["summary"]
    assert technique.summary == "Old."


def test_ours_can_be_kept_and_then_counts_as_edited_here() -> None:
    technique = in_conflict()
    assert keep_ours(technique, by=a_writer(), at=NOW) == ["summary"]
    technique.refresh_from_db()
    assert (technique.summary, technique.state) == ("Ours.", RowState.EDITED_HERE)
    assert technique.loaded["summary"] == "Theirs."


def test_a_lesson_put_back_is_rendered_again_and_keeps_its_relations() -> None:
    a_reference()
    other = a_lesson("panic", course=None)
    lesson = a_lesson(brief="Ours.")
    lesson.loaded = lesson.authored_values() | {"brief": "From the file.", "related": [other.slug]}
    put_back(lesson, by=a_writer(), at=NOW)
    lesson = Lesson.objects.get(slug="the-loop")
    assert lesson.brief_html == '<p id="p1">From the file.</p>\n'
    assert [row.slug for row in lesson.related.all()] == ["panic"]


def test_a_conflict_is_over_once_the_row_says_what_the_file_says() -> None:
    technique = in_conflict()
    technique.summary = "Theirs."
    technique.save()
    notice_agreement(technique)
    technique.refresh_from_db()
    assert technique.state is RowState.FROM_FILE


def test_a_row_that_was_never_loaded_is_only_here() -> None:
    assert a_technique().state is RowState.ONLY_HERE


def test_what_was_settled_is_in_the_history() -> None:
    technique = in_conflict()
    keep_ours(technique, by=a_writer(), at=NOW)
    version = versions_of(technique).last()
    assert (version.get_change_display(), version.note) == ("Kept ours against the file", "summary.")
