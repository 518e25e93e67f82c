"""The language of a request is what Django's own middleware finds it to be, whatever else the request asks for."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.test import RequestFactory
from django.utils.translation import get_language, override

from config.machine.languages import LanguageOfTheAddress

PATHS = ["/", "/today/", "/es/", "/es", "/es/lessons/", "/esta/", "/en/", "/en/today/", "/ES/today/", "/es-mx/", "/de/"]
PATHS += ["//es/", "/practice/sync/", "/admin/es/", "/healthz", "/es_ES/", "/es@x/today/", "/ñ/", "/no such page/"]


def found_by(middleware: type[LocaleMiddleware], request: HttpRequest) -> Any:
    spoken: list[Any] = []

    def page(asked: Any) -> HttpResponse:
        spoken.append((get_language(), asked.LANGUAGE_CODE))
        return HttpResponse(status=404 if "no such" in asked.path else 200)

    with override("es"):  # as the request before may have left it
        answer = middleware(page)(request)
    return spoken, dict(answer.headers), answer.status_code


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("asks_for", ["", "es", "de, en;q=0.5", "*"])
@pytest.mark.parametrize("cookie", ["", "es"])
def test_it_is_that_of_the_address(path: str, asks_for: str, cookie: str) -> None:
    found = []
    for middleware in (LocaleMiddleware, LanguageOfTheAddress):
        request = RequestFactory().get(path, headers={"accept-language": asks_for})
        request.COOKIES["django_language"] = cookie
        found.append(found_by(middleware, request))
    assert found[0] == found[1]
