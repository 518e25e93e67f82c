"""The policy that is put in words once is that of the library, and an answer with a policy of its own keeps it."""

from collections.abc import Callable
from typing import Any

import pytest
from csp.constants import NONCE
from csp.decorators import csp, csp_exempt, csp_replace, csp_update
from csp.middleware import CSPMiddleware
from django.conf import settings as running
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory

from config.middleware import PolicyInOrder

View = Callable[[HttpRequest], HttpResponseBase]


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("words")


def with_a_number(request: HttpRequest) -> HttpResponse:
    vars(request)["_csp_nonce"] = "bnVtYmVy"
    return HttpResponse("words")


def with_a_header(request: HttpRequest) -> HttpResponse:
    return HttpResponse("words", headers={"Content-Security-Policy": "default-src 'none'"})


VIEWS: dict[str, View] = {
    "plain": plain,
    "with a number": with_a_number,
    "with a header": with_a_header,
    "without any": csp_exempt()(plain),
    "with one more": csp_update({"img-src": "https://example.org"})(plain),
    "with another": csp_replace({"frame-ancestors": ["'self'"]})(plain),
    "with all its own": csp({"default-src": ["'none'"]})(plain),
}
RULES: dict[str, dict[str, Any]] = {
    "as they stand": {},
    "other ones": {"CONTENT_SECURITY_POLICY": {"DIRECTIVES": {"default-src": ["https://example.net"]}}},
    "not everywhere": {
        "CONTENT_SECURITY_POLICY": {"EXCLUDE_URL_PREFIXES": ["/some"], "DIRECTIVES": {"default-src": ["'self'"]}}
    },
    "tried out": {"CONTENT_SECURITY_POLICY_REPORT_ONLY": {"DIRECTIVES": {"default-src": ["'none'"]}}},
    "while a site is written": {"DEBUG": True},
}


def headers_of(middleware: type, view: View) -> dict[str, str]:
    answer = middleware(view)(RequestFactory().get("/some/page/"))
    told = {name: words for name, words in answer.headers.items() if name.startswith("Content-Security")}
    return {name: "; ".join(sorted(words.split("; "))) for name, words in told.items()}


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("view", VIEWS)
def test_it_is_that_of_the_library(view: str, rules: str, settings: Any) -> None:
    for name, told in RULES[rules].items():
        setattr(settings, name, told)
    for _ in range(2):
        assert headers_of(PolicyInOrder, VIEWS[view]) == headers_of(CSPMiddleware, VIEWS[view])


def test_no_number_lets_a_script_inside_a_page_run_so_none_is_got_ready() -> None:
    assert str(NONCE) not in str(running.CONTENT_SECURITY_POLICY)
    request = RequestFactory().get("/some/page/")
    PolicyInOrder(plain)(request)
    assert not hasattr(request, "csp_nonce")
    folders = [running.BASE_DIR / name for name in ("templates", "accounts", "coaching", "config", "content")]
    texts = [file for folder in folders for kind in ("html", "py") for file in folder.rglob(f"*.{kind}")]
    assert len(texts) > 500
    assert [str(file) for file in texts if "csp_nonce" in file.read_text(encoding="utf-8")] == []


def test_it_is_put_in_words_once(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": ["'self'"]}}
    first = headers_of(PolicyInOrder, plain)
    monkeypatch.setattr("config.middleware.build_policy", lambda: pytest.fail("put in words again"))
    assert headers_of(PolicyInOrder, plain) == first == {"Content-Security-Policy": "default-src 'self'"}
