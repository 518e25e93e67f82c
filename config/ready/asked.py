"""Which requests may be answered from what is kept: a stranger's, for a page, by this site's own name."""

import re
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signals import setting_changed

from config.pages.compressed import coding_of
from config.ready.pages import asks_for_something

METHODS = ("GET", "HEAD")
NO_BODY = ("", "0")


class Site(NamedTuple):
    """What of the settings each request is held against."""

    scheme: str
    host: str
    told_by: str
    """Where a proxy of ours says how it was called; empty without one."""

    secure: str
    only_the_token: re.Pattern[str]


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
    method, cookie, query = get("REQUEST_METHOD"), get("HTTP_COOKIE"), get("QUERY_STRING", "")
    if method not in METHODS or get("SCRIPT_NAME") or get("CONTENT_LENGTH", "") not in NO_BODY:
        return None
    if "HTTP_AUTHORIZATION" in environ or "HTTP_TRANSFER_ENCODING" in environ or "HTTP_IF_MATCH" in environ:
        return None
    if not _is_this_site(environ):
        return None
    secret = secret_in(cookie) if cookie else ""
    if secret is None:
        return None
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
    scheme, host, told_by, secure, _ = this_site()
    if environ.get("HTTP_HOST") != host:
        return False
    told = environ.get("wsgi.url_scheme")
    if told_by in environ:
        told = "https" if environ[told_by].split(",")[0].strip() == secure else "http"
    return bool(told == scheme)


def secret_in(cookies: str) -> str | None:
    """Of a header that holds the cookie of forms and nothing else, as Django sets it. None for every other."""
    match = this_site().only_the_token.fullmatch(cookies)
    return match[1] if match else None


@cache
def this_site() -> Site:
    """Read once: to ask Django for three settings takes as long as all else that is asked here."""
    site = urlsplit(settings.SITE_URL)
    by_a_proxy: tuple[str, str] | None = settings.SECURE_PROXY_SSL_HEADER
    told_by, secure = by_a_proxy or ("", "")
    token = re.compile(rf"{re.escape(settings.CSRF_COOKIE_NAME)}=([A-Za-z0-9]{{32}})")
    return Site(site.scheme, site.netloc, told_by, secure, token)


setting_changed.connect(lambda **told: this_site.cache_clear(), weak=False)
