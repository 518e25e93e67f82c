"""An address that is looked for by its first word is found where Django would find it, and nowhere else."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver, get_resolver, include, path, re_path
from django.urls.resolvers import RegexPattern
from hypothesis import given
from hypothesis import strategies as st

from config.machine.addresses import ByFirstWord, by_first_word, first_word


def page(request: HttpRequest, **told: Any) -> HttpResponse:
    return HttpResponse()


PATTERNS = [
    path("", page, name="first"),
    path("plan/", page, name="plan"),
    path("plan/<slug:what>/", page, name="part"),
    path("plan/look/", page, name="hidden by the one before"),
    path("<slug:what>/", page, name="any"),
    path("week/", include([path("", page, name="week"), path("<int:day>/", page, name="day")])),
    path("we", include([path("ek/late/", page, name="cut")])),
    re_path(r"^(?P<what>[a-z]+)/end$", page, name="by a rule"),
    path("file.txt", page, name="file"),
    path("after/<path:rest>", page, name="rest"),
]
WORDS = st.sampled_from(["", "plan", "look", "week", "3", "end", "file.txt", "after", "late", "we", "ek", "\n", "%"])


def whom(resolver: URLResolver, address: str) -> Any:
    try:
        found = resolver.resolve(address)
    except Resolver404:
        return None
    return found.func, found.args, found.kwargs, found.view_name, found.app_names, found.route, found.captured_kwargs


@given(st.lists(WORDS, max_size=4), st.booleans())
def test_it_is_found_where_django_finds_it(words: list[str], ends: Any) -> None:
    plain = path("", include((PATTERNS, "some"), namespace="one"))
    address = "/".join(words) + "/" * ends
    assert whom(by_first_word(plain), address) == whom(plain, address)


def of_the_site() -> list[ByFirstWord]:
    [in_languages] = [one for one in get_resolver().url_patterns if one.pattern.__class__.__name__.startswith("Locale")]
    found = [one for one in in_languages.url_patterns if isinstance(one, ByFirstWord)]
    assert len(found) == 2
    return found


def addresses(patterns: Any, before: str = "") -> Any:
    for one in patterns:
        if isinstance(one.pattern, RegexPattern):
            continue
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, route)
        else:
            told = route.replace("<int:", "<").replace("<", "").replace(">", "")
            yield told
            yield told.replace(":", "-")
            yield route.replace("<int:key>", "7")


def test_every_page_of_the_site_is_where_it_was() -> None:
    for resolver in of_the_site():
        parts = (resolver.urlconf_name, resolver.default_kwargs, resolver.app_name, resolver.namespace)
        plain = URLResolver(resolver.pattern, *parts)
        asked = {*addresses(resolver.url_patterns), "nothing/of/the/kind/", "plan", "practice//sync/"}
        assert len(asked) > 20
        found = [address for address in asked if whom(plain, address)]
        assert found
        assert [one for one in asked if whom(resolver, one) != whom(plain, one)] == []


def test_nothing_may_stand_before_it() -> None:
    with pytest.raises(ValueError, match="first word"):
        by_first_word(path("some/", include((PATTERNS, "some"))))


def test_a_first_word_is_what_all_its_addresses_have() -> None:
    words = ["", "plan", "plan", "plan", None, "week", None, None, "file.txt", "after"]
    assert [first_word(pattern) for pattern in PATTERNS] == words
