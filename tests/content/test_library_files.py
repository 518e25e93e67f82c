from pathlib import Path

import pytest

from content.files.library import LibraryError, read_library
from tests.content.makers import LESSON_FILE, REFERENCE_FILE, TECHNIQUE_FILE, TIP_FILE, a_library, write_file


def faults(folder: Path) -> list[str]:
    with pytest.raises(LibraryError) as caught:
        read_library(folder)
    return [str(fault) for fault in caught.value.faults]


def good(folder: Path, **files: str) -> Path:
    return a_library(folder, **{"references": REFERENCE_FILE, "techniques": TECHNIQUE_FILE} | files)


def test_every_kind_of_file_is_read_into_plain_values(tmp_path: Path) -> None:
    evidence = '[[row]]\nneed = "arousal"\ntechnique = "breathing"\ngrade = "B"\nsources = ["wood19"]\n'
    folder = good(tmp_path, evidence=evidence, lessons__the_loop=LESSON_FILE, tips__six_soft_breaths=TIP_FILE)
    library = read_library(folder)
    assert library.of("reference")["wood19"].values["year"] == 2019
    assert library.of("evidence")["breathing/arousal"].values["sources"] == ["wood19"]
    assert library.of("tip")["six-soft-breaths"].values["practice"] == "breathing"
    lesson = library.of("lesson")["the-loop"].values
    assert lesson["reflection"] == "What did you notice?"
    assert lesson["body"].endswith("[^wood19]")
    assert not lesson["deeper"].startswith("#")


def test_a_lesson_knows_the_lines_of_its_parts(tmp_path: Path) -> None:
    lesson = read_library(good(tmp_path, lessons__the_loop=LESSON_FILE)).of("lesson")["the-loop"]
    lines = LESSON_FILE.split("\n")
    for part in ("brief", "body", "deeper"):
        assert lines[lesson.line_of(part) - 1] == lesson.values[part].split("\n")[0]
    assert lines[lesson.line_of("check_question") - 1] == "[check]"


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('title = "A made-up trial"', "", "references.toml: 2: title: is missing"),
        ("year = 2019", 'year = "2019"', "references.toml: 4: year: must be a whole number from 0 to 2100"),
        ("year = 2019", "yaer = 2019", "references.toml: 4: yaer: is not a known field"),
        ("verified", "sure", "references.toml: 6: verification: must be one of: verified, seen, memory"),
    ],
)
def test_a_fault_in_a_table_names_file_line_and_field(tmp_path: Path, before: str, after: str, fault: str) -> None:
    assert faults(a_library(tmp_path, references=REFERENCE_FILE.replace(before, after))) == [fault]


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("course = 1", "course = 9", "lessons/the-loop.md: 4: course: must be a whole number from 1 to 6"),
        ("course = 1", "cuorse = 1", "lessons/the-loop.md: 4: cuorse: is not a known field"),
        ("related = []", 'related = ["gone"]', "lessons/the-loop.md: 5: related: names no known lesson: gone"),
        ("right = true", "right = false", "lessons/the-loop.md: 7: check: must have exactly one right answer"),
        ('words = "Bed rest"\n', "", "lessons/the-loop.md: 7: check: answers number 1: lacks: words"),
        ("+++\ntitle", "title", "lessons/the-loop.md: 1: must begin with front matter between +++ lines"),
        (
            'words = "Notice one thing."',
            'words = "A"\ntechnique = "gone"',
            "lessons/the-loop.md: 25: task: names no known",
        ),
        ("# 12 minutes", "# 20 minutes", "lessons/the-loop.md: 31: must have exactly these parts, in this order"),
    ],
)
def test_a_fault_in_a_lesson_names_file_line_and_field(tmp_path: Path, before: str, after: str, fault: str) -> None:
    (found,) = faults(good(tmp_path, lessons__the_loop=LESSON_FILE.replace(before, after, 1)))
    assert found.startswith(fault)


def test_every_fault_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    folder = a_library(tmp_path, references='[a]\ntitle = ""\n', techniques="[breathing]\nname = 3\n")
    files = {fault.split(":")[0] for fault in faults(folder)}
    assert files == {"references.toml", "techniques.toml"}
    assert len(faults(folder)) == 6


def test_toml_that_cannot_be_read_names_its_line(tmp_path: Path) -> None:
    (found,) = faults(a_library(tmp_path, references='[a]\ntitle = "no end\n'))
    assert found.startswith("references.toml: 2: ")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = good(tmp_path)
    (folder / "cards.toml").unlink()
    assert faults(folder) == ["cards.toml: the file is missing"]


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    folder = good(tmp_path)
    (folder / "cards.toml").write_bytes(b"\xff\xfe\x00")
    assert faults(folder) == ["cards.toml: the file is not UTF-8 text"]


def test_a_row_that_is_there_twice_is_named(tmp_path: Path) -> None:
    row = '[[row]]\nneed = "arousal"\ntechnique = "breathing"\ngrade = "B"\n'
    assert faults(good(tmp_path, evidence=row * 2)) == ["evidence.toml: 5: breathing/arousal is there twice"]


def test_a_source_that_no_reference_names_is_a_fault(tmp_path: Path) -> None:
    row = '[[row]]\nneed = "arousal"\ntechnique = "breathing"\ngrade = "B"\nsources = ["gone99"]\n'
    assert faults(good(tmp_path, evidence=row)) == ["evidence.toml: 5: sources: names no known reference: gone99"]


def test_a_condition_must_be_of_the_vocabulary(tmp_path: Path) -> None:
    write_file(good(tmp_path), "conditions.toml", '[unheard_of]\nlabel = "Unheard of"\n')
    assert faults(tmp_path) == ["conditions.toml: 1: unheard_of is no condition of the vocabulary"]
