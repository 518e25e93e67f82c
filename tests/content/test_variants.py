"""Lessons in other languages: read from a file beside the lesson, shown in its place, with the lesson behind them."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from content.core.texts.checks import Known, variant_findings
from content.core.texts.readability_es import ease_of, syllables
from content.editing.previews import preview_link
from content.files.checks import check_library
from content.files.library import LIBRARY, LibraryError, read_library
from content.loading.exporting import export_library
from content.loading.loader import compare, load
from content.models import Lesson, LessonVariant
from content.reading.rendering import render
from content.reading.variants import in_language, languages_of
from tests.content.makers import (
    LESSON_FILE,
    NOW,
    REFERENCE_FILE,
    TECHNIQUE_FILE,
    a_lesson,
    a_library,
    a_reference,
    a_writer,
    published,
    words,
    write_file,
)

VARIANT_FILE = f"""+++
title = "El círculo"
summary = "Cómo se alimentan el dolor y la preocupación."
+++

# 1 minute

Uno.

# 4 minutes

Cuatro. [^wood19]

# 12 minutes

{words(20)}
"""


def a_variant(lesson: Lesson, language: str = "es", **fields: Any) -> LessonVariant:
    said = {"title": "El círculo", "summary": "Cómo.", "brief": "Uno.", "body": "Cuatro.", "deeper": "Doce."}
    slug = f"{lesson.slug}.{language}"
    variant = LessonVariant(slug=slug, lesson=lesson, language=language, **published() | said | fields)
    render(variant)
    variant.save()
    return variant


def folder_with(tmp_path: Path, name: str = "the-loop.es", said: str = VARIANT_FILE) -> Path:
    folder = a_library(tmp_path, references=REFERENCE_FILE, techniques=TECHNIQUE_FILE, lessons__the_loop=LESSON_FILE)
    write_file(folder, f"lessons/{name}.md", said)
    return folder


@pytest.mark.django_db
class TestWhichWordsAReaderGets:
    def test_those_of_their_language(self) -> None:
        lesson = a_lesson()
        a_variant(lesson)
        shown = in_language(lesson, "es", NOW)
        assert (shown.title, shown.brief_html, shown.language) == ("El círculo", '<p id="p1">Uno.</p>\n', "es")
        assert (shown.slug, shown.pk, lesson.title) == ("the-loop", lesson.pk, "The loop")

    def test_the_lessons_own_where_there_is_no_variant(self) -> None:
        lesson = a_lesson()
        shown = in_language(lesson, "fr", NOW)
        assert (shown.title, shown.language) == ("The loop", "en")

    def test_a_region_comes_before_its_language(self) -> None:
        lesson = a_lesson()
        a_variant(lesson)
        a_variant(lesson, "es-mx", title="El círculo, en México")
        assert in_language(lesson, "es-mx", NOW).title == "El círculo, en México"
        assert in_language(lesson, "es-AR", NOW).title == "El círculo"

    def test_what_a_variant_leaves_empty_is_the_lessons_own(self) -> None:
        lesson = a_lesson()
        a_variant(lesson)
        assert in_language(lesson, "es", NOW).task == lesson.task

    def test_a_review_of_the_lesson_is_none_of_its_variant(self) -> None:
        lesson = a_lesson(reviewed_by="Dr. Example")
        a_variant(lesson)
        assert in_language(lesson, "es", NOW).reviewed_by == ""

    def test_no_draft(self) -> None:
        lesson = a_lesson()
        a_variant(lesson, status="draft", publish_at=None)
        assert in_language(lesson, "es", NOW) is lesson
        assert languages_of(lesson, NOW) == []

    def test_english_asks_nothing(self, django_assert_num_queries: Any) -> None:
        lesson = a_lesson()
        with django_assert_num_queries(0):
            assert in_language(lesson, "en-gb", NOW) is lesson

    def test_another_language_asks_once(self, django_assert_num_queries: Any) -> None:
        lesson = a_lesson()
        a_variant(lesson)
        with django_assert_num_queries(1):
            in_language(lesson, "es-mx", NOW)


@pytest.mark.django_db
class TestItsFile:
    def test_a_variant_is_loaded_with_its_lesson(self, tmp_path: Path) -> None:
        load(read_library(folder_with(tmp_path)), NOW)
        variant = LessonVariant.objects.get()
        assert (variant.lesson_id, variant.language, variant.title) == ("the-loop", "es", "El círculo")
        assert "note-1" in variant.body_html
        assert compare(read_library(tmp_path)).is_clean

    def test_an_edit_goes_back_into_it(self, tmp_path: Path) -> None:
        load(read_library(folder_with(tmp_path)), NOW)
        LessonVariant.objects.update(title="El bucle")
        export_library(tmp_path)
        assert (tmp_path / "lessons/the-loop.es.md").read_text() == VARIANT_FILE.replace("El círculo", "El bucle")

    def test_a_new_one_gets_a_file(self, tmp_path: Path) -> None:
        load(read_library(folder_with(tmp_path)), NOW)
        a_variant(Lesson.objects.get(), "es-mx")
        assert export_library(tmp_path).written == ["variant the-loop.es-mx: new"]
        assert compare(read_library(tmp_path)).is_clean


@pytest.mark.parametrize(
    ("name", "said", "message"),
    [
        ("gone.es", VARIANT_FILE, "names no known lesson: gone"),
        ("the-loop.en", VARIANT_FILE, "must be a language other than English"),
        ("the-loop.spanish", VARIANT_FILE, "must be a language other than English"),
        ("the-loop.es.old", VARIANT_FILE, "must be called lesson.language.md"),
        ("the-loop.es", VARIANT_FILE.replace("+++\ntitle", '+++\nlanguage = "fr"\ntitle'), "says neither of the two"),
        ("the-loop.es", VARIANT_FILE.replace("+++\ntitle", "+++\ncourse = 1\ntitle"), "course: is not a known field"),
    ],
)
def test_a_file_with_a_fault_is_refused(tmp_path: Path, name: str, said: str, message: str) -> None:
    with pytest.raises(LibraryError, match=message):
        read_library(folder_with(tmp_path, name, said))


# --- Checks ---------------------------------------------------------------------------------------------

KNOWN = Known(references=frozenset({"wood19"}), paths=frozenset({"/help-now/"}))
HARD = "La administración institucional responsabiliza significativamente consideraciones interdisciplinarias. " * 20


def found(**values: Any) -> list[str]:
    plain = {"summary": "Corto.", "language": "es", "brief": "Uno.", "body": "Dos. [^wood19]", "deeper": "Tres."}
    return [f"{each.field}: {each.message}" for each in variant_findings(plain | values, KNOWN)]


def test_spanish_is_scored_by_its_own_formula() -> None:
    easy = "El perro va por la casa y come pan. " * 20
    assert not [each for each in found(brief=easy) if "easy reading" in each]
    assert any("easy reading; 60 at least" in each for each in found(brief=HARD))


def test_no_english_grade_is_put_on_another_language() -> None:
    assert not [each for each in found(brief=HARD) if "grade" in each]
    assert "brief: is not scored for easy reading: no formula here knows fr" in found(language="fr")


def test_a_variant_keeps_the_same_forms_sources_and_lengths() -> None:
    said = found(brief="<b>Uno</b>", body="Dos. [^gone99] [x](/gone/)")
    for part in ("holds raw HTML", "[^gone99], which is no known reference", "/gone/, which is no known page"):
        assert any(part in each for each in said)
    assert any("it promises 500 to 900" in each for each in said)


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("aire", 2),
        ("respiración", 4),
        ("río", 2),
        ("cuello", 2),
        ("muy", 1),
        ("y", 1),
        ("peor", 2),
        ("guía", 2),
        ("leyes", 2),
        ("aún", 2),
        ("que", 1),
        ("creer", 2),
        ("pingüino", 3),
        ("oído", 3),
        ("12,5", 1),
    ],
)
def test_syllables_are_counted_as_in_spanish(word: str, number: int) -> None:
    assert syllables(word) == number


def test_the_score_is_worked_out_as_its_docstring_says() -> None:
    # 4 words, 6 syllables, 1 sentence.
    assert ease_of("El perro come pan.") == round(206.84 - 60 * 6 / 4 - 1.02 * 4, 1)


def test_a_lesson_is_there_in_spanish_and_passes_its_checks() -> None:
    library = read_library(LIBRARY)
    assert "breathing.es" in library.of("variant")
    assert [placed for placed in check_library(library) if placed.file.endswith("breathing.es.md")] == []


def test_the_spanish_lesson_leans_on_the_same_sources() -> None:
    library = read_library(LIBRARY)
    english, spanish = library.of("lesson")["breathing"].values, library.of("variant")["breathing.es"].values
    for part in ("brief", "body", "deeper"):
        cited = [sorted(set(said[part].split("[^")[1:])) for said in (english, spanish)]
        assert sorted({each.partition("]")[0] for each in cited[0]}) == sorted({e.partition("]")[0] for e in cited[1]})


# --- In the admin ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_writer_adds_a_variant_and_previews_it(client: Client) -> None:
    a_reference()
    a_lesson()
    client.force_login(a_writer())
    typed = {
        "lesson": "the-loop",
        "language": "es",
        "label": "",
        "title": "El círculo",
        "summary": "Cómo.",
        "brief": "**Uno.**",
        "body": "Cuatro. [^wood19]",
        "deeper": "Doce.",
        "check_question": "",
        "task": "",
        "reflection": "",
        "changes": "",
    }
    response = client.post("/admin/content/lessonvariant/add/", typed)
    assert response.status_code == 302, response.context["adminform"].form.errors
    variant = LessonVariant.objects.get()
    assert (variant.slug, variant.status) == ("the-loop.es", "draft")
    html = client.get(preview_link(variant), {"size": "1"}).content.decode()
    assert "<strong>Uno.</strong>" in html
    assert "Readers do not see this page." in html
    again = client.post("/admin/content/lessonvariant/add/", typed)
    assert again.status_code == 200
    assert LessonVariant.objects.count() == 1
