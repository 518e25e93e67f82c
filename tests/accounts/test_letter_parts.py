"""The two parts of a letter, and its page."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.core.letters.slots import filled, slot
from accounts.letters.checking import findings_of
from accounts.letters.parts import freeze, fresh_parts, parts_of
from accounts.models import Edition
from content.models import Reference, Tip
from tests.accounts.letters import a_guide, a_reference, a_tip, an_edition, words

pytestmark = pytest.mark.django_db

SLOTS = ("preferences_link", "unsubscribe_link", "why_link")


@pytest.fixture
def edition() -> Edition:
    a_guide()
    a_reference("wood19")
    a_reference("who23", title="Another made-up trial")
    a_tip()
    said = "Hello.[^who23] See [a lesson](/lessons/), or [choose less]({{ preferences }})."
    return an_edition(words=said, tips=["six-soft-breaths"])


def test_both_parts_hold_the_words_the_tips_the_practice_and_the_sources(edition: Edition) -> None:
    parts = fresh_parts(edition)
    for part in (parts.html, parts.text):
        assert "Six soft breaths" in part
        assert "http://localhost:8000/practice/breathing/" in part
        assert "http://localhost:8000/tips/letters/a-minute-of-calm/" in part
        assert Reference.objects.get(slug="who23").byline in part
        assert all(slot(name) in part for name in SLOTS)
    assert "[2]" in parts.text
    assert parts.notes == ("who23", "wood19")


def test_every_link_is_whole_and_nothing_is_loaded(edition: Edition) -> None:
    html = fresh_parts(edition).html
    addresses = re.findall(r'href="([^"]*)"', html)
    assert all(address.startswith(("http", "#note-", "#cite-", "\ue000")) for address in addresses), addresses
    assert "@@" not in html and "src=" not in html and "<link" not in html and "{{" not in html


def test_it_is_ready_to_be_scheduled(edition: Edition) -> None:
    assert findings_of(edition, at=timezone.now()) == []


def test_it_says_its_language_and_follows_the_colours_of_the_reader(edition: Edition) -> None:
    edition.language = "es"
    html = fresh_parts(edition).html
    assert '<html lang="es">' in html
    assert "prefers-color-scheme: dark" in html
    assert '<meta name="color-scheme" content="light dark">' in html


def test_what_an_author_types_is_never_markup(edition: Edition) -> None:
    edition.subject = edition.preheader = "<b>&</b>"
    html = fresh_parts(edition).html
    assert "<b>" not in html and "&lt;b&gt;&amp;" in html


def test_what_is_frozen_outlives_an_edited_tip(edition: Edition) -> None:
    freeze(edition)
    Tip.objects.update(title="Another title", body=words(120))
    parts = parts_of(Edition.objects.get())
    assert "Six soft breaths" in parts.html and "Six soft breaths" in parts.text
    assert "Another title" in fresh_parts(edition).html


def test_a_copy_has_its_own_links_and_no_slot_left(edition: Edition) -> None:
    parts = fresh_parts(edition)
    links = {name: f"https://unloop.example/{name}" for name in SLOTS}
    for part in (filled(parts.html, links), filled(parts.text, links)):
        assert "\ue000" not in part
        assert "https://unloop.example/unsubscribe_link" in part


def test_twelve_tips_stay_under_the_size_that_mail_programs_cut(edition: Edition) -> None:
    for number in range(12):
        a_tip(f"tip-{number}", title=f"Tip {number}", body=f"{words(220)} [^wood19]")
    edition.tips = [f"tip-{number}" for number in range(12)]
    assert len(fresh_parts(edition).html.encode()) < 100_000


def start(edition: Edition) -> None:
    freeze(edition)
    Edition.objects.update(started_at=timezone.now())


def test_the_page_is_public_once_the_letter_has_begun_to_go_out(client: Client, edition: Edition) -> None:
    path = edition.get_absolute_url()
    assert client.get(path).status_code == 404
    start(edition)
    page = client.get(path).content.decode()
    assert "A minute of calm" in page and "Six soft breaths" in page
    assert "\ue000" not in page and "@@" not in page
    assert path in client.get("/tips/letters/").content.decode()
    assert f"{path}</loc>" in client.get("/sitemap.xml").content.decode()


def test_the_page_leads_nobody_to_somebody_elses_choices(client: Client, edition: Edition) -> None:
    start(edition)
    page = client.get(edition.get_absolute_url()).content.decode()
    assert '<a href="/newsletter/">choose less</a>' in page
    assert '<a href="/lessons/">a lesson</a>' in page


def test_a_letter_stands_in_the_language_it_was_written_in_and_elsewhere_a_page_says_so(
    client: Client, edition: Edition
) -> None:
    start(edition)
    assert edition.slug not in client.get("/es/tips/letters/").content.decode()
    told = client.get(f"/es{edition.get_absolute_url()}").content.decode()
    assert "Esta carta está en otro idioma" in told and "Six soft breaths" not in told
    assert f'href="{edition.get_absolute_url()}"' in told
    spanish = an_edition("calma", started_at=timezone.now(), page_html="<p>Un minuto.</p>", language="es")
    assert spanish.get_absolute_url() == "/es/tips/letters/calma/"
    page = client.get("/es/tips/letters/calma/").content.decode()
    assert '<html lang="es">' in page and "Un minuto." in page and "Todas las cartas" in page
    assert spanish.subject in client.get("/es/tips/letters/").content.decode()
    listed = client.get("/tips/letters/").content.decode()
    assert "calma" not in listed and 'href="/es/tips/letters/"' in listed
    assert "This letter is in another language" in client.get("/tips/letters/calma/").content.decode()


def test_letters_of_a_series_are_no_part_of_the_archive(client: Client, edition: Edition) -> None:
    start(edition)
    Edition.objects.update(kind="series")
    assert client.get(edition.get_absolute_url()).status_code == 404
    assert "first letter has not gone out" in client.get("/tips/letters/").content.decode()


def test_the_list_asks_no_more_of_the_database_with_more_letters(
    client: Client, edition: Edition, django_assert_max_num_queries: object
) -> None:
    start(edition)
    for number in range(25):
        an_edition(f"letter-{number}", started_at=timezone.now(), page_html="<p>x</p>")
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        client.get("/tips/letters/?page=2")


def test_a_source_is_a_name_a_year_and_a_link_without_the_notes_of_editors(edition: Edition) -> None:
    for part in (parts_of(edition).html, parts_of(edition).text):
        for source in Reference.objects.all():
            assert source.byline in part and source.link in part and str(source.year) in part
        assert not re.search(r"certainty|work seen|not checked|identifier", part, re.IGNORECASE), part
