"""A form that nobody can read is answered with the way to help, and what it tells of danger is heard all the same."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.test import Client

from coaching.core.questions.unread import answers_in
from coaching.intake.intakes import standing_of
from coaching.models import Person
from content.core.vocabulary import Level
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, step_url, text

pages = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

EMERGENCY, CRISIS, UNREAD = "Please call now.", "Thank you for telling us.", "We could not read what you sent"
NOW = {"signs_chest": ["none", "chest_pain"]}
WISH = {"self_harm": "yes"}
TOLD = pytest.mark.parametrize(
    ("told", "heard"), [(NOW, [EMERGENCY]), (WISH, [CRISIS]), (NOW | WISH, [EMERGENCY, CRISIS]), ({}, [UNREAD])]
)
PAIRS = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=cut"
MOST = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
Form = tuple[bytes, str, int]


def in_pairs(told: dict[str, Any]) -> bytes:
    return urlencode(told, doseq=True).encode()


def in_parts(told: dict[str, Any], end: bytes = b"--cut--\r\n", of: bytes = b"form-data; name=") -> bytes:
    each = [
        (name, value) for name, values in told.items() for value in ([values] if isinstance(values, str) else values)
    ]
    parts = (b'--cut\r\nContent-Disposition: %s"%s"\r\n\r\n%s\r\n' % (of, n.encode(), v.encode()) for n, v in each)
    return b"".join(parts) + end


def many(count: int) -> dict[str, str]:
    return {f"a{number}": "1" for number in range(count)}


def too_long_at_its_end(told: dict[str, Any]) -> Form:
    return in_pairs({**told, "goal": "x" * MOST}), PAIRS, 413


def too_long_at_its_beginning(told: dict[str, Any]) -> Form:
    return in_pairs({"goal": "x" * 2 * MOST, **told}), PAIRS, 413


def too_long_in_parts(told: dict[str, Any]) -> Form:
    return in_parts({"goal": "x" * MOST, **told}), PARTS, 413


def too_many_fields(told: dict[str, Any]) -> Form:
    return in_pairs({**many(1000), **told}), PAIRS, 400


def too_many_parts(told: dict[str, Any]) -> Form:
    return in_parts({**many(1000), **told}), PARTS, 400


def too_many_files(told: dict[str, Any]) -> Form:
    file = b'--cut\r\nContent-Disposition: form-data; name="f%d"; filename="f"\r\n\r\nx\r\n'
    return in_parts(told, end=b"") + b"".join(file % number for number in range(200)) + b"--cut--\r\n", PARTS, 400


def a_part_that_is_broken(told: dict[str, Any]) -> Form:
    broken = b'--cut\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n%s\r\n\r\nA\r\n'
    return broken % b"Content-Transfer-Encoding: base64" + in_parts(told), PARTS, 400


def no_boundary(told: dict[str, Any]) -> Form:
    return in_parts(told), "multipart/form-data", 400


def another_boundary(told: dict[str, Any]) -> Form:
    return in_parts(told) or b"--cut--", "multipart/form-data; boundary=\u00fc\u00fc", 400


def letters_of_two_bytes(told: dict[str, Any]) -> Form:
    return in_pairs(told).decode().encode("utf-16"), f"{PAIRS}; charset=utf-16", 400


def an_old_encoding(told: dict[str, Any]) -> Form:
    return in_pairs({**told, "goal": "señal"}), f"{PAIRS}; charset=latin-1", 400


FORMS = [
    too_long_at_its_end,
    too_long_at_its_beginning,
    too_long_in_parts,
    too_many_fields,
    too_many_parts,
    too_many_files,
    a_part_that_is_broken,
    no_boundary,
    another_boundary,
    letters_of_two_bytes,
    an_old_encoding,
]
BROKEN = pytest.mark.parametrize("form", FORMS)


def _on_pages(test: Any) -> Any:
    for mark in pages:
        test = mark(test)
    return test


@pytest.fixture
def client() -> Client:
    """As a browser meets the site: what breaks is a page, and a form needs its token."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def send(client: Client, form: Form, path: str = "/intake/chest-and-tummy/", **headers: str) -> Any:
    body, kind, _ = form
    return client.generic("POST", path, body, content_type=kind, headers=headers or None)


def said(answer: Any) -> list[str]:
    return [words for words in (EMERGENCY, CRISIS, UNREAD) if words in text(answer)]


@_on_pages
@BROKEN
@TOLD
def test_what_it_tells_is_answered_and_kept(client: Client, form: Any, told: dict[str, Any], heard: list[str]) -> None:
    person = a_plan(a_visitor(client)).person
    answer = send(client, form(told))
    assert (answer.status_code, said(answer)) == (form(told)[2], heard)
    assert "no-store" in answer.headers["Cache-Control"]
    standing = standing_of(Person.objects.get(pk=person.pk))
    assert standing.level == (Level.NOW if "signs_chest" in told else None)
    assert standing.needs_extra_care == ("self_harm" in told)


@_on_pages
@BROKEN
@pytest.mark.parametrize("path", ["/newsletter/", "/lessons/breathing/notes/", "/accounts/login/", "/no-such-page/"])
def test_with_nothing_of_danger_it_says_so_and_whom_to_call(client: Client, form: Any, path: str) -> None:
    answer = send(client, form({}), path)
    page = text(answer)
    assert answer.status_code == form({})[2]
    for words in (UNREAD, "Call your local emergency number.", "Somebody to talk to", "116 123", "Call first."):
        assert words in page
    assert EMERGENCY not in page


@_on_pages
def test_the_number_of_the_chosen_country_comes_first() -> None:
    other = Client()
    other.post("/help-now/", {"country": "GB"})
    assert 'href="tel:999"' in text(send(other, too_many_fields({})))


@_on_pages
@BROKEN
def test_a_sign_for_today_stands_on_the_page_itself(client: Client, form: Any) -> None:
    a_plan(a_visitor(client))
    page = text(send(client, form({"signs_ill": ["fever"]})))
    assert UNREAD in page
    assert "Be seen by a doctor today" in page


@_on_pages
def test_it_is_kept_for_who_has_an_account(client: Client) -> None:
    person = a_member(client)
    assert said(send(client, too_many_fields(NOW))) == [EMERGENCY]
    assert standing_of(Person.objects.get(pk=person.pk)).level is Level.NOW


@_on_pages
@TOLD
def test_from_another_site_it_is_answered_and_nothing_is_kept(
    client: Client, told: dict[str, Any], heard: list[str]
) -> None:
    answer = send(client, too_many_fields(told), **{"sec-fetch-site": "cross-site"})
    assert said(answer) == heard
    assert not Person.objects.exists()


@_on_pages
@BROKEN
@TOLD
def test_a_database_that_fails_does_not_silence_it(
    client: Client, form: Any, told: dict[str, Any], heard: list[str]
) -> None:
    def fail(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            return execute(sql, *rest)
        raise OperationalError("the disk is full")

    with connection.execute_wrapper(fail):
        assert said(send(client, form(told))) == heard


@_on_pages
def test_a_connection_that_breaks_off_leads_to_help(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(request: HttpRequest, *args: Any) -> bytes:
        raise UnreadablePostError("the line went dead")

    monkeypatch.setattr(HttpRequest, "read", break_off)
    for kind in (PAIRS, PARTS):
        answer = client.generic("POST", step_url("safety"), in_pairs(NOW), content_type=kind)
        assert (answer.status_code, said(answer)) == (400, [UNREAD])


@_on_pages
@TOLD
def test_a_form_in_plain_lines_is_heard(client: Client, told: dict[str, Any], heard: list[str]) -> None:
    lines = b"\r\n".join([*in_pairs(told).split(b"&"), b""])
    answer = client.generic("POST", step_url("pain"), lines, content_type="text/plain")
    assert said(answer) == [words for words in heard if words != UNREAD]
    assert answer.status_code == (400 if told else 403)


@_on_pages
def test_what_staff_send_is_let_be(client: Client) -> None:
    answer = send(client, too_many_fields(NOW | WISH), "/admin/")
    assert answer.status_code != 200
    assert said(answer) == []


@_on_pages
@pytest.mark.parametrize("told", [{}, NOW, WISH])
def test_in_spanish_no_word_is_left_in_english(client: Client, told: dict[str, Any], untranslated: list[str]) -> None:
    answer = send(client, too_many_fields(told), "/es/help-now/")
    assert '<html lang="es">' in text(answer)
    assert untranslated == []


# --- What can be read of what is broken ----------------------------------------------------------

NAMES = ("signs_chest", "self_harm")


@pytest.mark.pure
@pytest.mark.parametrize(
    ("sent", "found"),
    [
        (b"a=1&self_harm=yes", {"self_harm": ["yes"]}),
        (b"signs_chest=none&signs_chest=chest_pain&b=", {"signs_chest": ["none", "chest_pain"]}),
        (b'x"self_harm"\r\n--\x00\xff%%%&self_harm=skip%', {"self_harm": ["skip"]}),
        (b'; name="self_harm"\r\n\r\nyes\r\n', {"self_harm": ["yes"]}),
        (b"; name=self_harm\n\nyes\n", {"self_harm": ["yes"]}),
        (b'; name="self_harm"; x=y\r\nContent-Type: text/plain\r\n\r\nyes\r\n', {"self_harm": ["yes"]}),
        ("self_harm=yes".encode("utf-16"), {"self_harm": ["yes"]}),
        ("self_harm=yes&b".encode("utf-32"), {"self_harm": ["yes"]}),
        (b"signs_chest=chest_p", {"signs_chest": ["chest_p"]}),
        (b"signs_chest=non", {}),
        (b"signs_chest=", {}),
        (b"my_self_harm=yes&self_harms=yes", {}),
        (b"goal=self_harm%3Dyes", {}),
        (b"", {}),
    ],
)
def test_an_answer_is_found_beside_its_name(sent: bytes, found: dict[str, list[str]]) -> None:
    assert answers_in(sent, NAMES) == found


@pytest.mark.pure
def test_a_long_form_is_searched_in_one_go() -> None:
    assert answers_in(b"self_harm" * 400_000 + b"=no", NAMES) == {}
    assert answers_in(b'name="self_harm"\r\n' + b"a\r\n" * 900_000, NAMES) == {}
