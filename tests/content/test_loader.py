from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from content.files.library import LibraryError, read_library
from content.loading.loader import Report, compare, load
from content.models import Evidence, Lesson, Reference, Row, Technique
from tests.content.makers import LESSON_FILE, NOW, REFERENCE_FILE, TECHNIQUE_FILE, TIP_FILE, a_library, write_file

pytestmark = pytest.mark.django_db

EVIDENCE_FILE = '[[row]]\nneed = "arousal"\ntechnique = "breathing"\ngrade = "B"\nsources = ["wood19"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_library(
        tmp_path,
        references=REFERENCE_FILE,
        techniques=TECHNIQUE_FILE,
        evidence=EVIDENCE_FILE,
        lessons__the_loop=LESSON_FILE,
        tips__six_soft_breaths=TIP_FILE,
    )


def load_from(folder: Path) -> Report:
    return load(read_library(folder), at=NOW)


def edit_file(folder: Path, name: str, before: str, after: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert before in text
    write_file(folder, name, text.replace(before, after))


def edit_row(row: Row, **values: str) -> None:
    row.assign(values)
    row.save()


def test_rows_hold_what_the_files_say(folder: Path) -> None:
    load_from(folder)
    lesson = Lesson.objects.get(slug="the-loop")
    assert lesson.course == 1
    assert lesson.body_html.startswith('<p id="p2">Slow moves')
    assert lesson.notes == {"1": [], "4": ["wood19"], "12": ["wood19"]}
    assert [row.slug for row in Evidence.objects.get().sources.all()] == ["wood19"]


def test_a_new_text_is_published_from_the_time_of_the_load(folder: Path) -> None:
    load_from(folder)
    assert Lesson.objects.published(NOW).exists()


def test_loading_twice_changes_nothing(folder: Path) -> None:
    load_from(folder)
    before = {row.key: row.updated for row in [*Lesson.objects.all(), *Technique.objects.all()]}
    report = load_from(folder)
    assert report.is_clean
    assert {row.key: row.updated for row in [*Lesson.objects.all(), *Technique.objects.all()]} == before


def test_a_change_in_a_file_reaches_the_row_and_its_page(folder: Path) -> None:
    load_from(folder)
    edit_file(folder, "lessons/the-loop.md", "# 1 minute\n\nSlow moves", "# 1 minute\n\nGentle moves")
    assert load_from(folder).changed == ["lesson the-loop: brief"]
    assert "Gentle moves" in Lesson.objects.get().brief_html


def test_a_staff_edit_and_a_file_change_of_another_field_both_survive(folder: Path) -> None:
    load_from(folder)
    edit_row(Technique.objects.get(), summary="Ours.")
    edit_file(folder, "techniques.toml", 'short = "slow breathing"', 'short = "breathing slowly"')
    report = load_from(folder)
    technique = Technique.objects.get()
    assert (technique.summary, technique.short) == ("Ours.", "breathing slowly")
    assert report.kept == ["technique breathing: summary"]
    assert report.conflicts == []


def test_two_changes_of_one_field_are_a_conflict_that_names_row_and_field(folder: Path) -> None:
    load_from(folder)
    edit_row(Technique.objects.get(), summary="Ours.")
    edit_file(folder, "techniques.toml", "A slow breath with a long way out.", "Theirs.")
    for _ in range(2):
        report = load_from(folder)
        assert report.conflicts == ["technique breathing: summary"]
        assert Technique.objects.get().summary == "Ours."
    assert Technique.objects.get().state == "conflict"


def test_a_withdrawn_text_stays_withdrawn(folder: Path) -> None:
    load_from(folder)
    Lesson.objects.update(status="withdrawn", publish_at=None)
    edit_file(folder, "lessons/the-loop.md", 'title = "The loop"', 'title = "My loop"')
    load_from(folder)
    assert (Lesson.objects.get().title, Lesson.objects.get().status) == ("My loop", "withdrawn")


def test_nothing_is_deleted_and_a_row_in_no_file_is_named(folder: Path) -> None:
    load_from(folder)
    (folder / "tips" / "six-soft-breaths.md").unlink()
    Reference.objects.create(slug="ours26", title="Added by staff", verification="seen")
    report = load_from(folder)
    assert report.only_here == ["reference ours26", "tip six-soft-breaths"]
    assert Reference.objects.get(slug="ours26").state == "only here"


def test_a_change_of_sources_reaches_the_row(folder: Path) -> None:
    load_from(folder)
    edit_file(folder, "evidence.toml", '["wood19"]', "[]")
    assert load_from(folder).changed == ["evidence breathing/arousal: sources"]
    assert not Evidence.objects.get().sources.exists()


def test_sources_that_staff_added_are_kept(folder: Path) -> None:
    load_from(folder)
    added = Reference.objects.create(slug="ours26", title="Added by staff", verification="seen")
    Evidence.objects.get().sources.add(added)
    assert load_from(folder).kept == ["evidence breathing/arousal: sources"]
    assert Evidence.objects.get().sources.count() == 2


def test_lessons_may_relate_to_each_other(folder: Path) -> None:
    write_file(folder, "lessons/panic.md", LESSON_FILE.replace("related = []", 'related = ["the-loop"]'))
    edit_file(folder, "lessons/the-loop.md", "related = []", 'related = ["panic"]')
    load_from(folder)
    assert [row.slug for row in Lesson.objects.get(slug="the-loop").related.all()] == ["panic"]
    assert load_from(folder).is_clean


def test_a_fault_anywhere_stops_before_the_first_write(folder: Path) -> None:
    edit_file(folder, "tips/six-soft-breaths.md", 'topics = ["anxiety"]', 'topics = ["gossip"]')
    with pytest.raises(CommandError, match=r"tips/six-soft-breaths\.md: 4: topics: must be one of: back-pain"):
        call_command("load_library", folder=folder)
    assert not Reference.objects.exists()


def test_a_value_too_long_for_its_row_stops_before_the_first_write(folder: Path) -> None:
    edit_file(folder, "techniques.toml", 'name = "Slow breathing"', f'name = "{"a" * 121}"')
    with pytest.raises(LibraryError, match=r"techniques\.toml: 3: name: .*120"):
        load_from(folder)
    assert not Reference.objects.exists()


def test_check_writes_nothing_and_says_that_files_and_rows_differ(folder: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("load_library", folder=folder, check=True, stdout=StringIO())
    assert caught.value.returncode == 1
    assert not Reference.objects.exists()


def test_check_is_clean_after_a_load_and_not_after_an_edit(folder: Path) -> None:
    load_from(folder)
    assert compare(read_library(folder)).is_clean
    edit_row(Technique.objects.get(), summary="Ours.")
    assert compare(read_library(folder)).kept == ["technique breathing: summary"]


def test_queries_do_not_grow_with_rows(folder: Path, django_assert_max_num_queries: object) -> None:
    more = "".join(REFERENCE_FILE.replace("wood19", f"wood{number}") for number in range(20, 60))
    write_file(folder, "references.toml", REFERENCE_FILE + more)
    load_from(folder)
    with django_assert_max_num_queries(32):  # type: ignore[operator]
        load_from(folder)


def test_the_command_says_what_it_did(folder: Path) -> None:
    told = StringIO()
    call_command("load_library", folder=folder, stdout=told)
    assert told.getvalue() == ("Library: 5 added, 0 changed, 0 kept as staff edited them, 0 conflicts, 0 in no file.\n")
