"""The address of a page without its language, as what is said of a page holds for it in every language; and how a page
is found by its address.

Django tries one pattern after the other, and a page far down the list waits for a hundred of them. Here those are tried
that begin with the first word of the address, in their order, and with them each that begins with no word of its own.
"""

from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import ResolverMatch, RoutePattern
from django.utils.translation import get_language_from_path

ANY = None


def in_english(path: str) -> str:
    """`/es/tools/` is `/tools/` there. What only looks like a language (`/esta/`) stays as it is."""
    language = get_language_from_path(path)
    return path.removeprefix(f"/{language}") if language and language != settings.LANGUAGE_CODE else path


class ByFirstWord(URLResolver):
    """Answers as the resolver that it is made of, which has no prefix."""

    _shelves: dict[str | None, URLResolver] | None = None

    def resolve(self, path: str) -> ResolverMatch:
        shelves = self._shelves
        if shelves is None:
            shelves = self._shelves = self._sorted()
        word = str(path).partition("/")[0]
        return (shelves.get(word) or shelves[ANY]).resolve(path)

    def _sorted(self) -> dict[str | None, URLResolver]:
        patterns = [(first_word(pattern), pattern) for pattern in self.url_patterns]
        return {
            word: self._with([pattern for begins, pattern in patterns if begins in (word, ANY)])
            for word in {begins for begins, _ in patterns} | {ANY}
        }

    def _with(self, patterns: list[Any]) -> URLResolver:
        return URLResolver(self.pattern, patterns, self.default_kwargs, self.app_name, self.namespace)


def by_first_word(resolver: URLResolver) -> ByFirstWord:
    if not isinstance(resolver.pattern, RoutePattern) or str(resolver.pattern):
        raise ValueError("An address is looked for by its first word where nothing stands before it.")
    parts = (resolver.urlconf_name, resolver.default_kwargs, resolver.app_name, resolver.namespace)
    return ByFirstWord(resolver.pattern, *parts)


def first_word(pattern: URLPattern | URLResolver) -> str | None:
    """What every address of a pattern has before its first slash; None where that differs."""
    route = getattr(pattern.pattern, "_route", None)
    if not isinstance(pattern.pattern, RoutePattern) or not isinstance(route, str):
        return ANY
    word, slash, _ = route.partition("/")
    is_whole = bool(slash) or isinstance(pattern, URLPattern)
    return word if is_whole and "<" not in word else ANY
