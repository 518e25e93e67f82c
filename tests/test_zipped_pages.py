"""What our compressor makes of an answer is what Django's would make of it, but for the bytes themselves."""

import gzip
from collections.abc import Callable

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware
from django.test import RequestFactory

from config.pages.compressed import ZippedPages

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


def test_its_length_differs_at_random_so_that_it_tells_nothing_of_a_secret() -> None:
    lengths = {len(answered_by(ZippedPages, ANSWERS["a page"], "gzip").content) for _ in range(40)}
    assert len(lengths) > 10
    assert max(lengths) - min(lengths) <= ZippedPages.max_random_bytes


def test_a_stream_is_djangos() -> None:
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    answer = ZippedPages(lambda _request: StreamingHttpResponse([WORDS, WORDS]))(request)
    assert isinstance(answer, StreamingHttpResponse)
    assert gzip.decompress(b"".join(answer.streaming_content)) == WORDS * 2


def test_it_stands_where_djangos_would() -> None:
    assert "config.pages.compressed.ZippedPages" in settings.MIDDLEWARE
    assert "django.middleware.gzip.GZipMiddleware" not in settings.MIDDLEWARE
