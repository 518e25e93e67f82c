"""The search: one query, the best match first, published texts alone, and nothing typed can break it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from content.core.vocabulary import Need
from content.editing.settling import put_back
from content.models import Lesson, Tip
from content.reading.rendering import render
from content.search.index import TABLES, set_up, triggers_on
from content.search.searching import Hit, Wish, search
from tests.content.makers import NOW, a_writer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

ODD = [
    "",
    " ",
    "\0",
    "pa\0in",
    '"',
    "'",
    "'; DROP TABLE content_lesson; --",
    '"unclosed phrase',
    "NEAR(pain worry, 5)",
    "title:pain",
    "pain AND NOT",
    "AND",
    "OR OR OR",
    "*",
    "pain*",
    "^pain",
    "-pain",
    "pain & | ! ( )",
    "pain:*",
    "%s %(at)s {texts}",
    "\\",
    "<script>alert(1)</script>",
    "🙂",
    "дыхание",
    "腰痛",
    "\ud800",
    "\ue000pain\ue001",
    "pain " * 2000,
    "x" * 10_000,
    "³ ٣",
]


def found(typed: str, **wish: Any) -> list[Hit]:
    return search(Wish(typed=typed, **wish), at=timezone.now())


def slugs(typed: str, **wish: Any) -> list[str]:
    return [hit.slug for hit in found(typed, **wish)]


# --- What is found, and in which order ---------------------------------------------------------------


def test_the_lesson_that_bears_the_words_in_its_title_comes_first() -> None:
    assert slugs("slow breathing")[0] == "breathing"
    assert slugs("muscle relaxation")[0] == "muscle-relaxation"


def test_a_word_finds_its_other_forms_and_longer_words() -> None:
    assert {"breathing", "sleep"} <= {*slugs("breathe"), *slugs("sleeping")}
    assert slugs("anx")


def test_lessons_and_tips_are_found_together() -> None:
    assert {hit.kind for hit in found("breathing")} == {"lesson", "tip"}


def test_texts_with_every_word_stand_alone_when_there_are_any() -> None:
    both, one = slugs("heat ice"), slugs("heat")
    assert "heat" in both
    assert set(both) < set(one)


def test_without_a_text_that_has_every_word_those_with_one_are_shown() -> None:
    assert slugs("yoga qwxzyv")[0] == "yoga"


def test_words_that_stand_in_every_text_are_no_reason_to_find_one() -> None:
    assert slugs("the and of") == []
    assert slugs("what is yoga") == slugs("yoga")


def test_a_hit_quotes_the_text_with_the_words_marked() -> None:
    hit = found("breathing")[0]
    assert "<mark>" in hit.snippet
    assert hit.snippet.count("<mark>") == hit.snippet.count("</mark>")
    assert "[^" not in hit.snippet and "**" not in hit.snippet


def test_a_hit_leads_to_its_page() -> None:
    addresses = {hit.address for hit in found("breathing")}
    assert {"/lessons/breathing/", "/tips/six-soft-breaths/"} <= addresses


# --- Filters -----------------------------------------------------------------------------------------


def test_a_need_leaves_only_lessons_for_it() -> None:
    hits = found("breath", need=Need.SLEEP)
    needs = dict(Lesson.objects.values_list("slug", "needs"))
    assert hits and all("sleep" in needs[hit.slug] for hit in hits)


def test_a_technique_leaves_only_its_texts() -> None:
    assert {hit.slug for hit in found("", technique="yoga")} >= {"yoga"}
    assert slugs("", technique="no-such-technique") == []


def test_a_need_alone_lists_the_course_first() -> None:
    hits = found("", need=Need.SLEEP)
    courses = [hit.course for hit in hits if hit.course]
    assert [hit.course for hit in hits[: len(courses)]] == sorted(courses)
    assert all(hit.snippet == "" for hit in hits)


# --- Published texts alone -----------------------------------------------------------------------------


@pytest.mark.parametrize("state", [{"status": "draft", "publish_at": None}, {"status": "withdrawn"}])
def test_what_readers_may_not_see_is_not_found(state: dict[str, Any]) -> None:
    Lesson.objects.filter(slug="yoga").update(**state)
    assert "yoga" not in slugs("yoga")


def test_what_is_scheduled_is_found_from_its_time_on() -> None:
    Lesson.objects.filter(slug="yoga").update(publish_at=timezone.now() + timedelta(hours=1))
    assert "yoga" not in slugs("yoga")
    later = search(Wish(typed="yoga"), at=timezone.now() + timedelta(hours=2))
    assert "yoga" in [hit.slug for hit in later]


# --- Kept true by the database ---------------------------------------------------------------------------


def test_an_edit_is_found_at_once_and_the_old_words_no_more() -> None:
    lesson = Lesson.objects.get(slug="yoga")
    lesson.brief = "Now it is about xylophones."
    render(lesson)
    lesson.save()
    assert slugs("xylophones") == ["yoga"]
    put_back(lesson, by=a_writer(), at=NOW)
    assert slugs("xylophones") == []


def test_a_new_text_is_found_and_a_deleted_one_is_not() -> None:
    tip = Tip(slug="made-up", title="Xylophones", summary="", status="published", publish_at=timezone.now())
    tip.save()
    assert slugs("xylophones") == ["made-up"]
    tip.delete()
    assert slugs("xylophones") == []


def test_a_bare_update_of_rows_is_found_too() -> None:
    Tip.objects.filter(slug="six-soft-breaths").update(title="Xylophones")
    assert slugs("xylophones") == ["six-soft-breaths"]


def the_index_feeds_itself(table: str) -> bool:
    """SQLite by triggers, PostgreSQL by a column that it makes of the others."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            return triggers_on(table) <= {name for (name,) in cursor.fetchall()}
        made = "SELECT is_generated FROM information_schema.columns WHERE table_name = %s AND column_name = 'search'"
        cursor.execute(made, [table])
        return cursor.fetchone() == ("ALWAYS",)


def lose_the_triggers(table: str) -> None:
    """What a migration that rebuilds a table does on SQLite. PostgreSQL has none to lose."""
    with connection.cursor() as cursor:
        for name in triggers_on(table) if connection.vendor == "sqlite" else ():
            cursor.execute(f"DROP TRIGGER {name}")


def test_after_every_migration_both_tables_still_feed_the_index() -> None:
    """A migration that rebuilds one of them on SQLite has to end with `RunPython(install, remove)`."""
    assert [table for table in TABLES if not the_index_feeds_itself(table)] == []


def test_setting_up_again_mends_an_index_that_lost_its_triggers() -> None:
    lose_the_triggers("content_lesson")
    Lesson.objects.filter(slug="yoga").update(title="Xylophones")
    set_up(connection)
    assert slugs("xylophones") == ["yoga"]
    assert the_index_feeds_itself("content_lesson")


# --- One query, whatever is typed --------------------------------------------------------------------------


@pytest.mark.parametrize("wish", [Wish(typed="pain"), Wish(typed="pain", need=Need.SLEEP), Wish(technique="yoga")])
def test_the_search_is_one_query(wish: Wish, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert search(wish, at=timezone.now())


@pytest.mark.parametrize("typed", ODD, ids=range(len(ODD)))
def test_nothing_typed_breaks_the_search(typed: str) -> None:
    assert len(found(typed)) <= 30
    assert Lesson.objects.exists()


def test_a_text_cannot_bring_its_own_html_into_the_snippet() -> None:
    Tip.objects.filter(slug="six-soft-breaths").update(plain='xylophones <img src=x onerror=alert(1)> & "more"')
    assert found("xylophones")[0].snippet == (
        "<mark>xylophones</mark> &lt;img src=x onerror=alert(1)&gt; &amp; &quot;more&quot;"
    )
