"""A lesson from end to end in Spanish: its words, the interface around them, and what a reader does there."""

import re
from pathlib import Path
from typing import Any

import polib
import pytest
from django.test import Client
from django.utils.translation import get_language, override

from coaching.models import LessonProgress
from coaching.said import learn
from config.machine.languages import NO_PAGE, TRANSLATED
from content.models import LessonVariant
from tests.coaching.every_page import all_names
from tests.coaching.shell_makers import a_visitor, text
from tests.coaching.spanish import blocks, is_english

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PATH = "/es/lessons/breathing/"
CATALOGUE = Path("templates/locale/es/LC_MESSAGES/django.po")


def a_block(client: Client) -> str:
    found = re.findall(r'id="p(\d+)"', text(client.get(PATH)))
    return found[len(found) // 2]


def test_the_page_says_its_language_and_leads_to_the_other(client: Client) -> None:
    page = text(client.get(PATH))
    assert '<html lang="es">' in page
    assert LessonVariant.objects.get(slug="breathing.es").title in page
    assert 'href="/lessons/breathing/" hreflang="en"' in page
    assert f'href="{PATH}" hreflang="es"' in text(client.get("/lessons/breathing/"))


@pytest.mark.parametrize("query", ["", "?size=1", "?size=12", "?answer=0", "?answer=2"])
def test_a_stranger_reads_no_word_of_the_interface_in_english(
    client: Client, untranslated: list[str], query: str
) -> None:
    assert client.get(f"{PATH}{query}").status_code == 200
    assert untranslated == []


def test_a_reader_who_keeps_things_meets_no_english_either(client: Client, untranslated: list[str]) -> None:
    a_visitor(client)
    for action, told in (
        ("place", {"size": "4", "block": a_block(client)}),
        ("bookmark", {"keep": "yes"}),
        ("notes", {"do": "save", "reflection": "Por la tarde.", "version": "0"}),
        ("done", {"done": "yes"}),
    ):
        answer = client.post(f"{PATH}{action}/", told)
        assert answer.headers["Location"].startswith(PATH), action
        assert client.get(PATH).status_code == 200
    assert client.post(f"{PATH}notes/", {"do": "save", "reflection": "x" * 9000, "version": "1"}).status_code == 422
    assert untranslated == []


def test_both_languages_share_one_record(client: Client) -> None:
    person = a_visitor(client)
    client.post(f"{PATH}done/", {"done": "yes"})
    assert LessonProgress.objects.get(person=person, lesson_id="breathing").done_at
    assert "Not done after all" in text(client.get("/lessons/breathing/"))


def test_paper_has_the_one_minute_in_spanish(client: Client, untranslated: list[str]) -> None:
    page = text(client.get(f"{PATH}print/"))
    assert 'class="prose" lang="es"' in page
    assert untranslated == []


@pytest.mark.parametrize("path", ["/es/lessons/heat/", "/es/lessons/heat/print/"])
def test_a_lesson_that_is_not_written_in_spanish_says_so_in_spanish_and_leads_to_the_english(
    client: Client, untranslated: list[str], path: str
) -> None:
    page = text(client.get(path))
    assert "Esta página todavía no está en español" in page
    assert f'href="{path.removeprefix("/es")}" hreflang="en"' in page
    assert f'href="{PATH}"' in page, "what there is"
    assert untranslated == []


def test_the_evidence_card_keeps_its_figures_in_other_words(client: Client) -> None:
    spanish, english = text(client.get(PATH)), text(client.get("/lessons/breathing/"))
    for figure in ("0.35", "0.32", "1.11"):
        assert figure in english
        assert figure in spanish


@pytest.mark.parametrize("path", ["/es/lessons/", "/es/tips/", "/es/evidence/?size=4"])
def test_a_page_that_is_not_translated_says_so_in_spanish_and_leads_to_the_english(
    client: Client, untranslated: list[str], path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert '<html lang="es">' in text(answer)
    assert f'href="{path.removeprefix("/es")}" hreflang="en"' in text(answer)
    assert {block for block in blocks(text(answer)) if is_english(block)} == set()
    assert untranslated == []


def test_what_is_sent_to_a_page_in_english_alone_is_taken_in(client: Client) -> None:
    a_visitor(client)
    answer = client.post("/es/lessons/course/", {"do": "begin"})
    assert answer.status_code == 302


def test_neither_browser_nor_cookie_decides_the_language_of_an_address(client: Client) -> None:
    client.cookies["django_language"] = "es"
    page = text(client.get("/lessons/breathing/", headers={"accept-language": "es"}))
    assert '<html lang="en">' in page


def test_the_next_answer_of_the_same_process_is_not_in_spanish(client: Client) -> None:
    for path in (PATH, "/es/help-now/", "/es/no-such-page/"):
        with override("en"):
            client.get(path)
            assert get_language() == "en", path


def test_what_is_translated_is_an_address_of_the_site() -> None:
    assert all_names() > TRANSLATED
    assert all_names() > NO_PAGE


def test_the_compiled_translation_says_what_the_written_one_says() -> None:
    written: Any = polib.pofile(str(CATALOGUE))
    compiled: Any = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert {(one.msgid, one.msgstr, str(one.msgstr_plural)) for one in written} == {
        (one.msgid, one.msgstr, str(one.msgstr_plural)) for one in compiled
    }
    assert not [one.msgid for one in written if not one.translated()]


def test_a_variant_that_was_withdrawn_is_english_again_at_once(client: Client) -> None:
    first = client.get(PATH)
    LessonVariant.objects.update(status="withdrawn", publish_at=None)
    answer = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert "Esta página todavía no está en español" in text(answer)


def test_it_costs_one_query_more_than_any_page(client: Client, django_assert_max_num_queries: Any) -> None:
    learn()
    with django_assert_max_num_queries(11):  # the first time that it is read; each reading asks how the library stands
        client.get(PATH)
