from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from content.files.checks import check_library
from content.files.library import read_library
from tests.content.makers import LESSON_FILE, REFERENCE_FILE, TECHNIQUE_FILE, a_library


def told_by(folder: Path, **options: bool) -> tuple[str, CommandError]:
    told = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("check_library", folder=folder, stdout=told, **options)
    return told.getvalue(), caught.value


def test_the_library_itself_has_no_error() -> None:
    assert [str(placed) for placed in check_library(read_library()) if placed.is_error] == []


def test_a_finding_is_placed_in_its_file_and_line(tmp_path: Path) -> None:
    lesson = LESSON_FILE.replace("[^wood19]", "[^gone99]")
    folder = a_library(tmp_path, references=REFERENCE_FILE, techniques=TECHNIQUE_FILE, lessons__the_loop=lesson)
    told, error = told_by(folder)
    line = 1 + next(place for place, text in enumerate(lesson.split("\n")) if "[^gone99]" in text)
    assert f"lessons/the-loop.md: {line}: body: error: cites [^gone99], which is no known reference" in told
    assert error.returncode == 1


def test_the_course_has_six_lessons(tmp_path: Path) -> None:
    folder = a_library(tmp_path, references=REFERENCE_FILE, lessons__the_loop=LESSON_FILE)
    assert "the course has the places [1]; it needs 1 to 6, each once" in told_by(folder)[0]


def test_faults_of_the_files_and_findings_in_the_texts_are_told_together(tmp_path: Path) -> None:
    folder = a_library(tmp_path, references="[a]\n", lessons__the_loop=LESSON_FILE)
    told, _ = told_by(folder)
    assert "references.toml: 1: title: is missing" in told
    assert "cites [^wood19]" in told


def test_quiet_tells_errors_only(tmp_path: Path) -> None:
    lesson = LESSON_FILE.replace("What did you notice?", "")
    folder = a_library(tmp_path, references=REFERENCE_FILE, lessons__the_loop=lesson)
    assert "has no reflection question" in told_by(folder)[0]
    assert "has no reflection question" not in told_by(folder, quiet=True)[0]


def test_safety_text_that_is_hard_to_read_is_an_error(tmp_path: Path) -> None:
    hard = 'question = "Experiencing considerable neurological deterioration?"\nworry = "x"\nlevel = "now"\n'
    folder = a_library(tmp_path, danger_signs=f'[legs]\n{hard}step = "safety_now"\n')
    assert "danger_signs.toml: 1: question: error: reads at grade" in told_by(folder)[0]
