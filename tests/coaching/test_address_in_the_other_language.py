"""A page leads to itself in the other language, by the address that Django gives it there."""

from urllib.parse import quote

import pytest
from django.template import Context
from django.test import RequestFactory
from django.urls import resolve, translate_url
from django.utils.translation import override

from coaching.templatetags.languages import page_in_other_language

PATHS = ["/", "/today/", "/practice/", "/practice/breathing/", "/practice/done/the-id_of-a-go/", "/newsletter/"]
PATHS += ["/intake/safety/", "/accounts/login/", "/plan/", "/week/step/3/", "/reminders/later/a-word:of=ours/"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("spoken", "other"), [("en", "es"), ("es", "en")])
def test_it_is_that_of_the_page(path: str, spoken: str, other: str) -> None:
    with override("en"):
        here = translate_url(path, spoken)
    with override(spoken):
        request = RequestFactory().get(quote(here))
        request.resolver_match = resolve(here)
        request.translated_page = "coaching:any"
        found = page_in_other_language(Context({"request": request}))
        assert found is not None
        assert found.address == translate_url(here, other)
