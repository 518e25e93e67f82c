"""The page behind a link: for a stranger, with a code, without a trace of theirs; gone when the link has ended."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coaching.core.summary.plain import as_plain
from coaching.models import LinkOpening, Person, SharedLink
from coaching.models.shared_link import MOST_ATTEMPTS
from coaching.sharing.links import revoke
from config.machine.log_filter import WithoutTokens
from tests.accounts.people import make_user
from tests.coaching.shell_makers import text
from tests.coaching.summary_makers import SECRET, a_link, summary

pytestmark = pytest.mark.django_db

ADDRESS = f"/shared/{SECRET.token}/"
Kind = SharedLink.Kind
ITEM = {"title": "My small step of this week", "told": [["What", ["Stand at the door", "قف عند الباب"]]]}


@pytest.fixture
def person() -> Person:
    return Person.objects.create(user=make_user())


@pytest.fixture
def link(person: Person) -> SharedLink:
    found = summary(name="Nadia K.", questions=("May I run?",))
    return a_link(person, at=timezone.now(), content=as_plain(found))


def open_it(client: Client, code: str = SECRET.code, **more: Any) -> Any:
    return client.post(ADDRESS, {"code": code, **more})


# --- Opened --------------------------------------------------------------------------------------


def test_without_the_code_it_shows_nothing_of_anybody(client: Client, link: SharedLink) -> None:
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "It opens with the code of six digits" in text(page)
    assert "Nadia" not in page.content.decode()
    assert not link.openings.exists()


@pytest.mark.parametrize("typed", ["123456", "123 456", "١٢٣ ٤٥٦", "१२३-४५६"])
def test_with_the_code_it_shows_the_page(client: Client, link: SharedLink, typed: str) -> None:
    page = open_it(client, typed)
    assert page.status_code == 200
    assert all(words in text(page) for words in ("Nadia K.", "May I run?", "What this is not", "(matters)"))
    assert link.openings.count() == 1


def test_it_sets_no_cookie_is_kept_nowhere_and_tells_no_other_site(client: Client, link: SharedLink) -> None:
    answers = [client.get(ADDRESS), open_it(client, "000000"), open_it(client), client.get("/shared/nothing/")]
    assert [answer.status_code for answer in answers] == [200, 422, 200, 404]
    for answer in answers:
        assert not answer.cookies
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "<script" not in answer.content.decode()
    assert not client.cookies


def test_it_loads_nothing_but_our_own_style(client: Client, link: SharedLink) -> None:
    page = open_it(client).content.decode()
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert loaded
    assert all(address.startswith("/static/") for address in loaded), loaded


def test_it_knows_nobody_who_is_logged_in(client: Client, link: SharedLink) -> None:
    stranger = open_it(client).content
    client.force_login(link.person.user)
    assert open_it(client).content == stranger


def test_it_works_from_a_page_of_another_site_and_without_a_token(link: SharedLink) -> None:
    assert open_it(Client(enforce_csrf_checks=True)).status_code == 200


def test_a_wrong_code_says_how_many_tries_are_left(client: Client, link: SharedLink) -> None:
    answer = open_it(client, "000000")
    assert answer.status_code == 422
    assert "9 tries are left" in text(answer)
    assert "Nadia" not in text(answer)
    assert open_it(client, "").status_code == 422
    assert SharedLink.objects.get().attempts_left == MOST_ATTEMPTS - 1


@pytest.mark.parametrize("code", ["x" * 41, "\x00", "<script>", "123456; DROP", "½½½½½½", "①②③④⑤⑦"])
def test_no_odd_code_opens_it(client: Client, link: SharedLink, code: str) -> None:
    assert open_it(client, code).status_code == 422
    assert not link.openings.exists()


# --- Gone ----------------------------------------------------------------------------------------


def gone(client: Client) -> bool:
    pages = [client.get(ADDRESS), open_it(client)]
    return all(page.status_code == 404 and "There is nothing at this address" in text(page) for page in pages)


def test_after_the_last_wrong_code_it_is_gone_for_the_right_one_too(client: Client, link: SharedLink) -> None:
    for _ in range(MOST_ATTEMPTS - 1):
        open_it(client, "000000")
    assert open_it(client, "000000").status_code == 404
    assert gone(client)


def test_revoked_while_it_was_open_it_is_gone(client: Client, link: SharedLink) -> None:
    assert open_it(client).status_code == 200
    revoke(link.person, link.pk, timezone.now())
    assert gone(client)


def test_expired_or_erased_it_is_gone(client: Client, link: SharedLink) -> None:
    SharedLink.objects.update(made_at=timezone.now() - timedelta(days=9), expires_at=timezone.now())
    assert gone(client)
    link.person.delete()
    assert gone(client)
    assert not LinkOpening.objects.exists()


@pytest.mark.parametrize("token", ["x", "T" * 42, "U" * 43, "..%2f" + "T" * 43, "T" * 43 + "%00"])
def test_a_guessed_address_is_answered_as_one_that_has_ended(client: Client, link: SharedLink, token: str) -> None:
    answer = client.get(f"/shared/{token}/")
    assert answer.status_code == 404


def test_of_a_record_for_software_whoever_has_none_sees_the_scores(client: Client, person: Person) -> None:
    content = {"summary": as_plain(summary(name="Nadia K."))}
    a_link(person, at=timezone.now(), content=content, kind=Kind.RECORD)
    assert "Nadia K." in text(open_it(client))


def test_what_no_key_opens_any_more_is_gone(client: Client, link: SharedLink) -> None:
    SharedLink.objects.update(sealed_content="gone.AAAA")
    assert open_it(client).status_code == 404


def test_its_address_is_in_no_log(client: Client, link: SharedLink, caplog: pytest.LogCaptureFixture) -> None:
    revoke(link.person, link.pk, timezone.now())
    with caplog.at_level(logging.DEBUG):
        client.get(ADDRESS)
    line = logging.LogRecord("granian", logging.INFO, "", 0, '"GET %s HTTP/1.1" 404', (ADDRESS,), None)
    WithoutTokens().filter(line)
    assert line.getMessage() == '"GET /shared/.../ HTTP/1.1" 404'
    assert SECRET.token not in caplog.text


# --- One thing for someone close -----------------------------------------------------------------


def test_an_item_is_shown_in_its_words_with_how_to_help(client: Client, person: Person) -> None:
    a_link(person, at=timezone.now(), kind=Kind.STEP, content=ITEM)
    page = open_it(client)
    assert "Stand at the door" in text(page)
    assert '<dd dir="auto">قف عند الباب</dd>' in page.content.decode()
    assert "How to help without taking over" in text(page)
    assert "PEG" not in text(page)


def test_a_page_in_spanish_is_opened_in_spanish_by_anybody(client: Client, person: Person) -> None:
    a_link(person, at=timezone.now(), language="es", content=as_plain(summary(language="es")))
    assert '<html lang="es">' in client.get(ADDRESS).content.decode()
