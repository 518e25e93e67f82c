"""Every page that is there in Spanish, whole: each block of it, each label that is read out, each word for a script.

A block is wrong if it reads as English, or if it stands in the very same words on the page in English; what is the same
in both languages is named here. What the library has that nobody has translated since it changed is marked as English
on the result and the plan, and a guide of which that is so is shown in English alone.
"""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.template.autoreload import reset_loaders
from django.test import Client
from django.utils import translation
from django.utils.translation import override

from coaching.data_map.on_device import COOKIES
from coaching.languages import words_of
from coaching.models import Person
from coaching.said import is_said
from content.models import ConditionText, Evidence, EvidenceCard, Guide, Ladder, Lesson, StepRule, Technique
from content.reading.once import readings
from tests.coaching.every_page import MEMBER, VISITOR, Page, pages
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text
from tests.coaching.spanish import blocks, is_english

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

NAMES = (
    frozenset({settings.SITE_URL})
    | frozenset("Unloop Plan No Glaucoma English Español Chad Haiti min Australia Cookies".split())
    | {"Find A Helpline:"}
    | {cookie.name for cookie in COOKIES}
)
OF_A_STUDY = re.compile(r"\(\d{4}\)|et al\.|PROSPERO|systematic review|: an earlier review")
NO_LANGUAGE = re.compile(
    r"[#\w.-]+\.(gov|org|com|ie|uk|au)\S*|\S+@\S+|#\w{6}|width=device.*|light dark|noindex"
    r"|[0-9a-f]{24}|\d+ \w+ \d{4}|\{ .ids.: .*\}|[\d\W]*min"
)
PICKED_FROM = re.compile(r'<select[^>]*name="(?:time_zone|zone|country)".*?</select>', re.DOTALL)
"""Names of cities and countries."""


def whose(client: Client, who: str) -> Person:
    person = a_member(client) if who == MEMBER else a_visitor(client)
    a_plan(person)
    return person


def left_in_english(client: Client, page: Page) -> set[str]:
    english, spanish = client.get(page.path.removeprefix("/es")), client.get(page.path)
    assert spanish.status_code == 200, page.path
    assert '<html lang="es">' in text(spanish), page.path
    in_both = blocks(PICKED_FROM.sub("", text(english))) & (told := blocks(PICKED_FROM.sub("", text(spanish))))
    found = in_both | {block for block in told if is_english(block)}
    return {block for block in found - NAMES if not OF_A_STUDY.search(block) and not NO_LANGUAGE.fullmatch(block)}


@pytest.mark.long
@pytest.mark.parametrize("who", [VISITOR, MEMBER])
def test_no_block_of_any_page_is_left_in_english(client: Client, who: str) -> None:
    person = whose(client, who)
    spanish = [page for page in pages(person, who) if page.is_spanish]
    assert len(spanish) > 50
    found = {page.path: left for page in spanish if (left := left_in_english(client, page))}
    assert found == {}


@pytest.mark.long
def test_no_page_asks_for_a_word_that_has_no_spanish(client: Client, untranslated: list[str]) -> None:
    for page in pages(whose(client, MEMBER), MEMBER):
        if page.is_spanish and page.name != "accounts:profile":  # half of the countries have one name in both
            client.get(page.path)
    assert sorted(word for word in set(untranslated) if len(re.findall("[A-Za-z]{3,}", word)) > 2) == []


@pytest.fixture
def drawn_anew() -> Iterator[None]:
    """What was drawn without a word stays until the templates and the library are read again. Asked for before
    `monkeypatch`, it comes after it."""
    yield
    read_anew()


def read_anew() -> None:
    reset_loaders()
    readings.forget()


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/es/today/", "Begin"),
        ("/es/intake/pain/", "Next"),
        ("/es/practice/breathing/", "Let your breath find its own way. How do you feel now?"),
        ("/es/week/", "My week"),
        ("/es/accounts/signup/", "Choose a password"),
    ],
)
def test_a_word_without_its_spanish_is_noticed(
    client: Client, drawn_anew: None, monkeypatch: pytest.MonkeyPatch, path: str, word: str
) -> None:
    who = VISITOR if "signup" in path else MEMBER
    whose(client, who)
    page = Page("a-page", path, is_spanish=True)
    assert left_in_english(client, page) == set()
    for entries in translation._trans.translation("es")._catalog._catalogs:
        monkeypatch.delitem(entries, word, raising=False)
    read_anew()
    if "practice" in path:
        assert "Esta página todavía no está en español" in text(client.get(path))
    else:
        assert left_in_english(client, page) != set()


@pytest.mark.parametrize("path", ["/es/practice/breathing/", "/es/practice/walking/?minutes=9", "/es/practice/pmr/"])
def test_what_a_script_says_aloud_is_spanish(client: Client, path: str) -> None:
    page = text(client.get(path))
    assert 'data-language="es"' in page
    assert {block for block in blocks(page) if is_english(block) and not OF_A_STUDY.search(block)} == set()


@pytest.mark.parametrize("slug", ["breathing", "sleep", "walking", "cbt_worry"])
def test_a_practice_is_done_and_rated_in_spanish(client: Client, untranslated: list[str], slug: str) -> None:
    whose(client, MEMBER)
    page = text(client.get(f"/es/practice/{slug}/"))
    client_id = re.search(r'name="client_id" value="([^"]+)"', page)
    assert client_id
    told = {"client_id": client_id[1], "seconds": "240", "tension_before": "6", "tension_after": "3", "managed": "2"}
    answer = client.post(f"/es/practice/{slug}/", told)
    assert answer.headers["Location"].startswith("/es/practice/done/")
    shown = client.get(answer.headers["Location"])
    assert {block for block in blocks(text(shown)) if is_english(block)} == set()
    assert untranslated == []


def test_a_guide_that_staff_have_changed_is_in_english_alone_until_its_spanish_is_there(client: Client) -> None:
    Guide.objects.filter(slug="breathing").update(ready="Words that nobody has translated.")
    page = text(client.get("/es/practice/breathing/"))
    assert "Esta página todavía no está en español" in page
    assert 'href="/practice/breathing/" hreflang="en"' in page


def test_all_that_the_library_tells_on_these_pages_has_its_spanish() -> None:
    told = [words for guide in Guide.objects.all() for words in words_of(guide)]
    told += [words for row in Technique.objects.filter(startable=True) for words in (row.name, row.short)]
    told += [words for row in Evidence.objects.all() for words in (row.dose, row.benefit, row.note)]
    told += [words for row in Lesson.objects.all() for words in (row.title, row.summary)]
    told += [words for row in StepRule.objects.all() for words in (row.title, row.words)]
    told += [rung["words"] for row in Ladder.objects.all() for rung in row.rungs]
    told += [row.help for row in ConditionText.objects.all()]
    cards = EvidenceCard.objects.filter(techniques__startable=True)
    told += [getattr(card, name) for card in cards for name in ("title", "size", "certainty", "harms", "for_whom")]
    with override("es"):
        assert sorted({words for words in told if not is_said(words)}) == []
