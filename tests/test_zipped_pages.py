"""What our compressor makes of an answer is what Django's would make of it, but for the bytes themselves."""

import gzip
import tracemalloc
from collections.abc import Callable

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware
from django.test import RequestFactory

from config.pages.compressed import ZippedPages, coding_of

WORDS = b"A slow breath out, and the shoulders may sink. "
Make = Callable[[], HttpResponse]
ANSWERS: dict[str, Make] = {
    "a page": lambda: HttpResponse(WORDS * 400),
    "a page with an ETag": lambda: HttpResponse(WORDS * 400, headers={"ETag": '"abc"'}),
    "a page whose ETag is weak": lambda: HttpResponse(WORDS * 400, headers={"ETag": 'W/"abc"'}),
    "a page that varies": lambda: HttpResponse(WORDS * 400, headers={"Vary": "Cookie"}),
    "a page that is coded": lambda: HttpResponse(WORDS * 400, headers={"Content-Encoding": "br"}),
    "a short page": lambda: HttpResponse(WORDS),
    "nothing": lambda: HttpResponse(b""),
    "what does not shrink": lambda: HttpResponse(bytes(range(256))),
}


def answered_by(middleware: type[GZipMiddleware], make: Callable[[], object], accepts: str) -> HttpResponse:
    request: HttpRequest = RequestFactory().get("/", headers={"accept-encoding": accepts})
    answer = middleware(lambda _request: make())(request)
    assert isinstance(answer, HttpResponse)
    return answer


def read(answer: HttpResponse) -> bytes:
    return gzip.decompress(answer.content) if answer.headers.get("Content-Encoding") == "gzip" else answer.content


@pytest.mark.parametrize("accepts", ["gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "br", "identity", ""])
@pytest.mark.parametrize("name", ANSWERS)
def test_it_has_the_headers_and_the_words_that_django_gives_it(name: str, accepts: str) -> None:
    ours, djangos = (answered_by(each, ANSWERS[name], accepts) for each in (ZippedPages, GZipMiddleware))
    without_length = [{**each.headers, "Content-Length": ""} for each in (ours, djangos)]
    assert without_length[0] == without_length[1]
    assert read(ours) == read(djangos) == ANSWERS[name]().content
    assert ours.headers.get("Content-Length", str(len(ours.content))) == str(len(ours.content))


@pytest.mark.parametrize("accepts", ["gzip;q=0", "br, gzip;q=0", "GZIP ; q=0.000, *", "gzip;q=0.0, identity"])
@pytest.mark.parametrize("name", ANSWERS)
def test_whoever_refuses_gzip_is_given_none(name: str, accepts: str) -> None:
    answer, made = answered_by(ZippedPages, ANSWERS[name], accepts), ANSWERS[name]()
    assert (answer.content, answer.headers.get("Content-Encoding")) == (
        made.content,
        made.headers.get("Content-Encoding"),
    )
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("accepts", ["gzip;q=0.1", "gzip;q=0.001, br", "br;q=0, gzip", "gzip"])
def test_whoever_likes_it_little_still_takes_it(accepts: str) -> None:
    assert answered_by(ZippedPages, ANSWERS["a page"], accepts).headers["Content-Encoding"] == "gzip"


def test_its_length_differs_at_random_so_that_it_tells_nothing_of_a_secret() -> None:
    lengths = {len(answered_by(ZippedPages, ANSWERS["a page"], "gzip").content) for _ in range(40)}
    assert len(lengths) > 10
    assert max(lengths) - min(lengths) <= ZippedPages.max_random_bytes


def test_a_stream_is_djangos() -> None:
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    answer = ZippedPages(lambda _request: StreamingHttpResponse([WORDS, WORDS]))(request)
    assert isinstance(answer, StreamingHttpResponse)
    assert gzip.decompress(b"".join(answer.streaming_content)) == WORDS * 2


@pytest.mark.parametrize("beginning", ["gzip, br, ", "gzip, ", ""])
def test_however_long_the_headers_that_are_sent_next_to_nothing_of_them_stays(beginning: str) -> None:
    """Each was kept whole, as long as a server takes them: a hundred megabytes of a process."""
    coding_of("gzip")
    tracemalloc.start()
    try:
        told = {coding_of(f"{beginning}{'x' * 100_000}{number}") for number in range(300)}
        assert tracemalloc.get_traced_memory()[0] < 1_000_000
    finally:
        tracemalloc.stop()
    assert told == {"gzip" if beginning else ""}


def test_it_stands_where_djangos_would() -> None:
    assert "config.pages.compressed.ZippedPages" in settings.MIDDLEWARE
    assert "django.middleware.gzip.GZipMiddleware" not in settings.MIDDLEWARE
