"""Which requests may be answered from what is kept: a stranger's, for a page, by this site's own name."""

import re
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from config.pages.compressed import coding_of
from config.ready.pages import asks_for_something

METHODS = ("GET", "HEAD")
NO_BODY = ("", "0")


class Asked(NamedTuple):
    path: str
    has_query: bool
    """Whether there is anything behind the question mark that may mean something."""

    is_head: bool
    secret: str
    """Of the cookie that protects forms; empty where none came."""

    coding: str
    """`br`, `gzip`, or nothing."""

    has: str
    """The tags of what the browser has already."""


def asked_of(environ: dict[str, Any]) -> Asked | None:
    """None where Django has to look."""
    get = environ.get
    method = get("REQUEST_METHOD")
    cookie = get("HTTP_COOKIE", "")
    if method not in METHODS or get("SCRIPT_NAME") or get("CONTENT_LENGTH", "") not in NO_BODY:
        return None
    if "HTTP_AUTHORIZATION" in environ or "HTTP_TRANSFER_ENCODING" in environ or not _is_this_site(environ):
        return None
    secret = secret_in(cookie) if cookie else ""
    if secret is None:
        return None
    query = get("QUERY_STRING", "")
    return Asked(
        get("PATH_INFO", ""),
        bool(query) and asks_for_something(query),
        method == "HEAD",
        secret,
        coding_of(get("HTTP_ACCEPT_ENCODING", "")),
        get("HTTP_IF_NONE_MATCH", ""),
    )


def _is_this_site(environ: dict[str, Any]) -> bool:
    """By the one name that stands in SITE_URL, and by its way: Django leads http to https, and knows other names."""
    scheme, host = _own(settings.SITE_URL)
    if environ.get("HTTP_HOST") != host:
        return False
    told = environ.get("wsgi.url_scheme")
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        if name in environ:
            told = "https" if environ[name].split(",")[0].strip() == secure else "http"
    return bool(told == scheme)


@lru_cache(maxsize=8)
def _own(site_url: str) -> tuple[str, str]:
    site = urlsplit(site_url)
    return site.scheme, site.netloc


def secret_in(cookies: str) -> str | None:
    """Of a header that holds the cookie of forms and nothing else, as Django sets it. None for every other."""
    match = _only_the_token(settings.CSRF_COOKIE_NAME).fullmatch(cookies)
    return match[1] if match else None


@lru_cache(maxsize=8)
def _only_the_token(name: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(name)}=([A-Za-z0-9]{{32}})")
