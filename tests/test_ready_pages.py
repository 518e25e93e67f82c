"""A stranger's page is handed out ready-made: byte for byte what Django says to a stranger, and nothing of anybody."""

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.middleware.csrf import CSRF_ALLOWED_CHARS, _does_token_match
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.letters import editions
from config.machine.postgresql.away import breaker
from config.pages import metrics, standby
from config.pages.stranger import Answer, ask, environ_of_a_stranger
from config.ready import stamp, tokens
from config.ready.pages import READ_A_QUERY, READ_NO_QUERY, kind_of
from config.ready.stamp import Watch
from config.ready.store import page_of
from content.models import Guide, Lesson, Tip
from tests.accounts.letters import an_edition
from tests.coaching.shell_makers import a_visitor
from tests.ready_people import HOLES, Asked, asking, connection_stays, without_own, words_of
from tests.voices import DORA, HEART, write_voices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

LESSON, PRACTICE, HELP = "/lessons/breathing/", "/practice/breathing/", "/help-now/"
PAGES = {
    "coaching:home": ("/", "/es/"),
    "coaching:about": ("/about/", "/es/about/"),
    "coaching:people": ("/lessons/people/",),
    "coaching:intake": ("/intake/", "/es/intake/"),
    "coaching:under_age": ("/intake/made-for-adults/",),
    "coaching:close": ("/for-someone-close/",),
    "coaching:clinics": ("/for-clinics/",),
    "coaching:help_now": (HELP, "/es/help-now/"),
    "coaching:emergency": ("/help-now/emergency/",),
    "coaching:crisis": ("/help-now/crisis/",),
    "coaching:flare_buttons": ("/help-now/three/",),
    "coaching:help_now_copy": ("/offline/help-now/",),
    "coaching:lesson_print": ("/lessons/breathing/print/",),
    "coaching:practices": ("/practice/", "/es/practice/"),
    "coaching:offline": ("/offline/",),
    "coaching:tools": ("/tools/",),
    "coaching:privacy": ("/privacy/", "/es/privacy/"),
    "coaching:lesson": (LESSON, "/es/lessons/breathing/", "/lessons/the-loop/"),
    "coaching:lessons": ("/lessons/",),
    "coaching:practice": (PRACTICE, "/practice/pmr/", "/es/practice/breathing/"),
    "coaching:practice_copy": ("/offline/practice/breathing/",),
    "coaching:tool": ("/tools/worry-time/",),
    "coaching:tool_copy": ("/offline/tools/worry-time/",),
    "content:evidence": ("/evidence/",),
    "content:tips": ("/tips/",),
    "content:tip": ("/tips/first-hour-of-a-flare/",),
    "accounts:newsletter": ("/newsletter/", "/es/newsletter/"),
    "accounts:letters": ("/tips/letters/",),
    "worker": ("/sw.js",),
    "manifest": ("/manifest.webmanifest",),
    "robots": ("/robots.txt",),
    "voices": ("/voices/en/", "/voices/es/"),
    "voice_lines": ("/voices/en/heart/breathing.json", "/voices/en/heart/lesson-heat.json"),
}
ALL = [path for paths in PAGES.values() for path in paths]
QUERIES_OF_OTHERS = [
    *("utm_source=letter&utm_medium=mail", "fbclid=abc", "gclid=1&utm_x=2", "&"),
    *("gad_source=1&gad_campaignid=22&gbraid=0AA", "_hsenc=p2ANqtz&_hsmi=3", "mkt_tok=MT", "igsh=1&ttclid=2&_gl=1*x"),
]
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([A-Za-z0-9]{64})"')


@pytest.fixture(autouse=True)
def stays() -> Iterator[None]:
    with connection_stays():
        yield


@pytest.fixture(autouse=True)
def voices(tmp_path: Path, settings: Any) -> None:
    settings.VOICES_FOLDER = tmp_path / "voices"
    write_voices(settings.VOICES_FOLDER, {HEART: ["Breathe in", "Let your weight down."], DORA: ["Toma aire"]})


@pytest.fixture
def front() -> Asked:
    return Asked()


def cookie_of(client: Client) -> str:
    return "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())


# --- The same as Django says ---------------------------------------------------------------


def test_each_kind_of_page_that_is_kept_is_tried_here() -> None:
    assert PAGES.keys() | {"accounts:letter"} == READ_NO_QUERY | READ_A_QUERY
    assert [path for path in ALL if kind_of(path) is None] == []


@pytest.mark.parametrize("path", ALL)
def test_what_is_handed_out_is_what_django_says_to_a_stranger(front: Asked, path: str) -> None:
    """Headers too, every one. Two that Django makes differ in the holes alone, or it would not be the same for all."""
    said, again = (ask(front.django, asking(path)) for _ in range(2))
    assert said.code == 200
    assert front.is_ready(path)
    assert without_own(said) == without_own(again) == without_own(front.get(path))


@pytest.mark.parametrize("path", ["/", LESSON, PRACTICE, HELP])
@pytest.mark.parametrize(("accepted", "coding"), [("gzip, deflate", "gzip"), ("gzip, deflate, br, zstd", "br")])
def test_a_browser_reads_each_coding_as_the_same_page(front: Asked, path: str, accepted: str, coding: str) -> None:
    plain, packed = front.get(path), front.get(path, accept_encoding=accepted)
    read = {"gzip": gzip.decompress, "br": brotli.decompress}[coding](packed.body)
    assert (packed.header("Content-Encoding"), "Accept-Encoding" in packed.header("Vary")) == (coding, True)
    assert packed.header("Content-Length") == str(len(packed.body))
    assert len(packed.body) < len(plain.body) / 2
    assert HOLES.sub(rb"\1", read) == HOLES.sub(rb"\1", plain.body)


@pytest.mark.parametrize(("accepted", "coding"), [("", ""), ("gzip, deflate", "gzip"), ("gzip, br", "br")])
def test_that_a_page_is_not_there_is_said_in_as_few_bytes(front: Asked, accepted: str, coding: str) -> None:
    lost = "/lessons/no-such-lesson/"
    plain, packed = ask(front.django, asking(lost)), front.get(lost, accept_encoding=accepted)
    assert (packed.code, packed.header("Content-Encoding")) == (404, coding)
    assert packed.header("Content-Length") == str(len(packed.body))
    assert (len(packed.body) < len(plain.body) / 2) is bool(coding)
    assert without_own(packed) == without_own(plain)
    head = front.get(lost, method="HEAD", accept_encoding=accepted)
    assert (head.code, head.body, head.header("Content-Length")) == (404, b"", str(len(packed.body)))


def test_who_wants_the_page_only_as_they_know_it_is_answered_by_django(front: Asked) -> None:
    for path in (LESSON, HELP):
        said = ask(front.django, asking(path, if_match='"another"'))
        got = front.get(path, if_match='"another"')
        assert (got.code, words_of(got)) == (said.code, words_of(said))
        assert not front.is_ready(path, if_match='"another"')
    assert front.get(LESSON, if_match='"another"').code == 412
    assert front.get(LESSON, if_match=front.get(LESSON).header("ETag")).code == 200


def test_a_day_since_which_a_page_must_not_have_changed_says_nothing_of_one_that_knows_no_day(front: Asked) -> None:
    """RFC 9110, 13.1.4: it must be ignored."""
    for path in (LESSON, HELP):
        assert front.get(path).header("Last-Modified") == ""
        assert front.get(path, if_unmodified_since="Mon, 01 Jan 2024 00:00:00 GMT").code == 200


@pytest.mark.parametrize("coding", ["", "gzip", "gzip, br"])
def test_whoever_has_the_page_is_told_that_it_is_still_the_same(front: Asked, coding: str) -> None:
    for path in ("/", LESSON, "/evidence/"):
        tag = front.get(path, accept_encoding=coding).header("ETag")
        told = front.get(path, accept_encoding=coding, if_none_match=tag)
        assert (told.code, told.body, told.header("ETag")) == (304, b"", tag)
        assert {"Vary", "Content-Security-Policy", "X-Request-ID"} <= {name for name, _ in told.headers}
        assert front.get(path, accept_encoding=coding, if_none_match='"another"').code == 200


def test_what_no_cache_may_keep_has_no_tag_by_which_to_ask_again(front: Asked) -> None:
    for path in (PRACTICE, HELP, "/tools/"):
        assert front.is_ready(path)
        assert front.get(path, if_none_match="*").code == 200
        assert front.get(path).header("ETag") == ""


def test_a_head_is_all_of_it_but_the_words(front: Asked) -> None:
    page, head = front.get(LESSON), front.get(LESSON, method="HEAD")
    assert (head.body, head.header("Content-Length")) == (b"", str(len(page.body)))


def test_each_answer_has_its_own_number(front: Asked) -> None:
    assert len({front.get("/").header("X-Request-ID") for _ in range(5)}) == 5


# --- What differs for each visitor -----------------------------------------------------------


def test_each_visitor_gets_a_token_and_a_cookie_of_their_own(front: Asked) -> None:
    answers = [front.get(PRACTICE) for _ in range(4)]
    secrets = [re.search(r"=(\w{32});", answer.header("Set-Cookie"))[1] for answer in answers]  # type: ignore[index]
    found = [set(TOKEN.findall(answer.body)) for answer in answers]
    assert len(set(secrets)) == 4
    assert [len(tokens) for tokens in found] == [1] * 4
    for secret, [token] in zip(secrets, found, strict=True):
        assert _does_token_match(token.decode(), secret)
        assert token.decode()[32:] != secret


def test_each_letter_of_a_secret_is_as_likely_as_the_next() -> None:
    told = Counter(b"".join(tokens.secret_and_token(b"")[0] for _ in range(4000)))
    assert set(told) == set(CSRF_ALLOWED_CHARS.encode())
    usual = sum(told.values()) / len(told)
    assert all(0.85 * usual < count < 1.15 * usual for count in told.values())


def test_the_cookie_is_the_one_that_django_sets(front: Asked) -> None:
    def shape(answer: Answer) -> str:
        return re.sub(r"=\w{32};|expires=[^;]+", "", answer.header("Set-Cookie")).strip()

    assert shape(front.get(HELP)) == shape(ask(front.django, asking(HELP)))


def test_whoever_brings_the_cookie_keeps_it(front: Asked) -> None:
    """Else a form that is open in another tab would be refused."""
    secret = tokens.secret_and_token(b"")[0].decode()
    answer = front.get(HELP, cookie=f"{settings.CSRF_COOKIE_NAME}={secret}")
    assert front.is_ready(HELP, cookie=f"{settings.CSRF_COOKIE_NAME}={secret}")
    assert f"{settings.CSRF_COOKIE_NAME}={secret};" in answer.header("Set-Cookie")
    [token] = set(TOKEN.findall(answer.body))
    assert _does_token_match(token.decode(), secret)


def test_a_form_of_a_ready_page_is_taken_and_one_without_its_token_is_not(front: Asked) -> None:
    front.get(HELP)
    page = front.get(HELP)
    token = TOKEN.findall(page.body)[0].decode()
    visitor = Client(enforce_csrf_checks=True)
    assert visitor.post(HELP, {"country": "GB"}).status_code == 403
    visitor.cookies.load(page.header("Set-Cookie"))
    assert visitor.post(HELP, {"country": "GB", "csrfmiddlewaretoken": token}).status_code == 302
    anothers = tokens.secret_and_token(b"")[0].decode() * 2
    assert visitor.post(HELP, {"country": "GB", "csrfmiddlewaretoken": anothers}).status_code == 403


def test_no_two_visitors_are_given_the_number_of_one_practice(front: Asked) -> None:
    """The second would count as sent twice, and be lost."""
    numbers = [re.search(rb'name="client_id" value="([\w-]+)"', front.get(PRACTICE).body) for _ in range(5)]
    assert len({number and number[1] for number in numbers} - {None}) == 5


def test_a_page_that_holds_what_is_not_known_is_not_kept(front: Asked) -> None:
    good = ask(front.django, environ_of_a_stranger(PRACTICE))
    assert page_of(good)
    headers = good.headers
    two = Answer(status=good.status, headers=[*headers, ("Set-Cookie", " zone=UTC; Path=/")], body=good.body)
    none = Answer(status=good.status, headers=[line for line in headers if line[0] != "Set-Cookie"], body=good.body)
    odd = Answer(status=good.status, headers=headers, body=good.body + b"<input name=csrfmiddlewaretoken value=x>")
    once = [("Content-Security-Policy", "script-src 'nonce-abc'")]
    nonce = Answer(status=good.status, headers=[*headers, *once], body=good.body)
    lost = Answer(status="404 Not Found", headers=headers, body=good.body)
    assert [page_of(answer) for answer in (two, none, odd, nonce, lost)] == [None] * 5


# --- Whom it is not for ---------------------------------------------------------------------


def test_nobody_but_a_stranger_is_given_it(front: Asked) -> None:
    member = Client()
    a_visitor(member)
    for cookie in (
        cookie_of(member),
        "flare=on",
        "zone=Europe/Berlin",
        "messages=x",
        "anything=1",
        f"{settings.CSRF_COOKIE_NAME}=short",
        f"{settings.CSRF_COOKIE_NAME}={'a' * 64}",
        f"{settings.CSRF_COOKIE_NAME}={'a' * 32}; flare=on",
        f"flare=on; {settings.CSRF_COOKIE_NAME}={'a' * 32}",
    ):
        assert front.is_ready(LESSON)
        assert not front.is_ready(LESSON, cookie=cookie)


def test_another_name_another_way_and_another_verb_are_djangos(front: Asked) -> None:
    assert front.is_ready("/")
    for headers in ({"host": "evil.example"}, {"host": "localhost"}, {"authorization": "Bearer x"}):
        assert not front.is_ready("/", **headers)
    for method in ("POST", "OPTIONS", "PUT"):
        before = front.count
        front.get("/", method=method)
        assert front.count == before + 1


def test_http_is_led_to_https_as_before(front: Asked, settings: Any) -> None:
    settings.SITE_URL = "https://testserver"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert front.is_ready("/")
    assert not front.is_ready("/", x_forwarded_proto="http")
    assert not front.is_ready("/", x_forwarded_proto="http, https")
    assert front.is_ready("/", x_forwarded_proto="https")


@pytest.mark.parametrize("query", QUERIES_OF_OTHERS)
def test_what_a_letter_writes_behind_an_address_means_nothing(front: Asked, query: str) -> None:
    front.get(LESSON)
    before, kept = front.count, len(front.store)
    assert without_own(front.get(LESSON, query)) == without_own(ask(front.django, asking(LESSON, query)))
    assert (front.count, len(front.store)) == (before, kept)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        (LESSON, "size=12"),
        (LESSON, "answer=0"),
        (LESSON, "utm_source=x&size=1"),
        ("/lessons/", "q=sleep"),
        ("/tips/", "page=2"),
        (PRACTICE, "minutes=3"),
        (PRACTICE, "UTM_source=1"),
    ],
)
def test_a_page_that_reads_what_is_asked_is_djangos(front: Asked, path: str, query: str) -> None:
    assert not front.is_ready(path, query)
    assert without_own(front.get(path, query)) == without_own(ask(front.django, asking(path, query)))


@pytest.mark.parametrize("path", [PAGES[name][0] for name in sorted(READ_NO_QUERY - {"accounts:letter"})])
def test_a_page_that_is_said_to_read_no_query_reads_none(front: Asked, path: str) -> None:
    odd = "q=sleep&page=2&size=12&minutes=3&country=GB&lang=es&next=/x/&topic=pain&answer=0&full&embed=1"
    assert without_own(ask(front.django, asking(path, odd))) == without_own(ask(front.django, asking(path)))


def test_hostile_addresses_cannot_fill_it(front: Asked) -> None:
    for number in range(8):
        front.get(f"/lessons/hostile-{number}/")
        front.get("/", f"x={number}")
        front.get(f"/lessons/breathing/{'x' * number}/")
        front.get(LESSON, f"x={number}")
    assert list(front.store._pages) == ["/"]


def test_it_takes_no_more_room_than_it_is_given(front: Asked) -> None:
    front.store.most_bytes = 200_000
    for path in ALL:
        front.get(path)
        assert front.store.weighs <= 200_000
    assert 0 < len(front.store) < len(ALL) / 2
    assert front.store.weighs == sum(page.weighs for page in front.store._pages.values())


# --- What is kept is true ---------------------------------------------------------------------


def test_a_publish_a_withdrawal_and_an_edit_show_at_the_next_look(front: Asked) -> None:
    assert front.is_ready(LESSON)
    lesson = Lesson.objects.get(slug="breathing")
    lesson.title = "Another name for it"
    lesson.save()
    assert b"Another name for it" in front.get(LESSON).body
    lesson.status = "draft"
    lesson.save()
    assert front.get(LESSON).code == 404


def test_a_line_that_staff_changed_is_spoken_by_nobody_at_the_next_look(front: Asked) -> None:
    address, line = "/voices/en/heart/pmr.json", "Make a soft fist with both hands."
    write_voices(settings.VOICES_FOLDER, {HEART: [line]})
    assert front.is_ready(address)
    assert line in front.get(address).body.decode()
    guide = Guide.objects.get(slug="pmr")
    guide.steps = [{**step, "words": step["words"].replace(line, "Two soft fists.")} for step in guide.steps]
    guide.save()
    assert line not in front.get(address).body.decode()


def test_what_a_page_asks_of_the_library_itself_is_asked_anew_once_a_change_is_seen(front: Asked) -> None:
    """Its own answer stands for a second, and a page made in that second would be kept as it was before."""
    for title in ("The first name", "The second name", "The third name"):
        Lesson.objects.filter(slug="breathing").update(title=title, updated=timezone.now())
        assert title.encode() in front.get(LESSON).body


def test_what_falls_due_shows_when_its_time_comes(front: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    tip = Tip.objects.published(timezone.now()).first()
    assert tip
    tip.publish_at = timezone.now() + timedelta(minutes=5)
    tip.save()
    address = f"/tips/{tip.slug}/"
    assert front.is_ready("/tips/")
    assert (front.get(address).code, tip.title.encode() in front.get("/tips/").body) == (404, False)
    later = timezone.now() + timedelta(minutes=6)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert (front.get(address).code, tip.title.encode() in front.get("/tips/").body) == (200, True)


@pytest.mark.parametrize("minutes", [0, -1])
def test_each_letter_shows_when_it_begins_though_another_began_at_that_moment_or_later(
    front: Asked, minutes: int
) -> None:
    """One is begun after the other by a worker, at one time for all that are due; two workers have two times."""
    at = timezone.now()
    first, second = (
        an_edition(name, subject=f"The {name} letter", page_html="<p>Hello</p>") for name in ("one", "two")
    )
    editions.start(first, at=at)
    assert front.is_ready("/tips/letters/")
    assert b"The two letter" not in front.get("/tips/letters/").body
    editions.start(second, at=at + timedelta(minutes=minutes))
    assert b"The two letter" in front.get("/tips/letters/").body


def test_every_table_that_a_page_reads_is_watched(front: Asked) -> None:
    """A page that began to read another one would show what is old."""
    watched = {model._meta.db_table for model in stamp.watched()}
    for path in ALL:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            ask(front.django, environ_of_a_stranger(path))
        read = {table for query in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
        assert read - watched == set(), path


def test_the_library_is_looked_at_once_in_a_while_and_by_one_query(front: Asked) -> None:
    watch = Watch()
    with CaptureQueriesContext(connection) as asked:
        first = watch.now()
        assert all(watch.now() == first for _ in range(50))
    assert len(asked) == 1


def test_what_was_seen_stays_the_same_thing_while_nothing_changes(front: Asked) -> None:
    """Each request compares it with what its page was made under: the same thing at once, an equal one part by part."""
    watch = Watch()
    first, watch._at = watch.now(), float("-inf")
    assert watch.now() is first
    Lesson.objects.filter(slug="breathing").update(title="Another name", updated=timezone.now())
    watch._at = float("-inf")
    assert watch.now() != first


# --- When something is wrong --------------------------------------------------------------------


def test_while_the_database_is_away_django_and_its_copies_answer(
    front: Asked, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(standby, "addresses", lambda: [LESSON])
    standby.renew(front.django, pause=0)
    assert front.is_ready(LESSON)

    def refuse(*args: Any) -> None:
        raise OperationalError("the database is away")

    with connection.execute_wrapper(refuse):
        for is_open in (False, True):
            monkeypatch.setattr(breaker, "_is_open", is_open)
            monkeypatch.setattr(breaker, "_is_away", is_open)
            assert b"This page is a copy" in front.get(LESSON).body
            assert front.get(HELP).code == 200
    monkeypatch.setattr(breaker, "_is_open", False)
    standby.copies.clear()
    assert b"This page is a copy" not in front.get(LESSON).body


def test_a_page_that_breaks_is_not_kept_and_is_djangos_answer(front: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*args: Any, **told: Any) -> None:
        raise RuntimeError("broken")

    with monkeypatch.context() as broken:
        broken.setattr("coaching.views.front.drawn_example", breaks)
        assert (front.get("/").code, len(front.store)) == (500, 0)
    assert front.get("/").code == 200


def test_whatever_breaks_in_here_django_answers(front: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.ready.front.answer_of", lambda *told, **more: 1 / 0)
    assert front.get("/").code == 200


def test_an_answer_from_here_is_counted_as_any_other(front: Asked) -> None:
    """How long it took is told of those that were made: a page that lies ready takes no time worth telling."""

    def counts() -> list[float]:
        metrics.tally.pour()
        read = metrics.REGISTRY.get_sample_value
        return [
            read("unloop_answers_total", {"kind": "2xx"}) or 0,
            read("unloop_answer_seconds_count") or 0,
            read("unloop_ready_pages_total", {"kind": "kept"}) or 0,
            read("unloop_ready_pages_total", {"kind": "made"}) or 0,
        ]

    before = counts()
    for _ in range(3):
        front.get("/")
    assert [now - then for now, then in zip(counts(), before, strict=True)] == [3, 1, 2, 1]


def test_answers_that_are_counted_in_heaps_are_all_counted_whoever_pours() -> None:
    def counted() -> float:
        return metrics.REGISTRY.get_sample_value("unloop_ready_pages_total", {"kind": "kept"}) or 0

    before, tally = counted(), metrics.Tally()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda at: tally.one("200 OK", at / 1000), range(5000)))
    tally.pour()
    assert counted() - before == 5000


def test_one_that_comes_alone_is_counted_at_once() -> None:
    def counted() -> float:
        return metrics.REGISTRY.get_sample_value("unloop_answers_total", {"kind": "3xx"}) or 0

    before, tally = counted(), metrics.Tally()
    for at in (10.0, 11.0, 12.0):
        tally.one("304 Not Modified", at)
    assert counted() - before == 3
