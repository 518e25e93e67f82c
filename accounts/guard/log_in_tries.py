"""How often a password may be tried, and a code asked for to choose a new one. Whoever does it too often is slowed
down, and the owner is locked out by nobody.

- A browser in which the owner has logged in before: ten in ten minutes, counted for itself and for nobody else.
- Anybody else: ten a minute from one source, whatever the addresses, and five in five minutes for one address; then one
  every quarter of a minute. When an address has had thirty from all strangers in ten minutes, they have only the slow
  tries from the first on.

Codes: five an hour in a browser where the owner has logged in before, counted for itself. Anybody else: five an hour
from one source for one address, thirty for one address from all. Then one in two minutes.

The figures stand in `config/limits.py`.
"""

from allauth.core.internal.ratelimit import RateLimitUsage, consume
from django.http import HttpRequest

from accounts.guard.known_browser import known_as

APP = "allauth.account"


def take(request: HttpRequest, address: str, source: str) -> RateLimitUsage | None:
    """One try, to be given back when the password was right; None when it is too early for one."""
    browser = known_as(request, address)
    if browser:
        return consume(request, app=APP, action="login_failed_known", key=browser) or _slowly(request, browser)
    by_source = consume(request, app=APP, action="login_failed")
    taken = _of_stranger(request, address, f"{address}|{source}") if by_source else None
    return RateLimitUsage(usage=[*by_source.usage, *taken.usage]) if by_source and taken else None


def take_reset(request: HttpRequest, address: str, source: str) -> bool:
    """Whether a code may be sent now. It is the same for an address that has no account."""
    browser = known_as(request, address)
    key = browser or f"{address}|{source}"
    if browser:
        free = consume(request, app=APP, action="reset_known", key=key)
    else:
        by_all = consume(request, app=APP, action="reset_address", key=address)
        free = consume(request, app=APP, action="reset_stranger", key=key) if by_all else None
    return bool(free or consume(request, app=APP, action="reset_slow", key=key))


def _of_stranger(request: HttpRequest, address: str, key: str) -> RateLimitUsage | None:
    by_all = consume(request, app=APP, action="login_failed_address", key=address)
    free = consume(request, app=APP, action="login_failed_stranger", key=key) if by_all else None
    if by_all and free:
        return RateLimitUsage(usage=[*by_all.usage, *free.usage])
    return _slowly(request, key)


def _slowly(request: HttpRequest, key: str) -> RateLimitUsage | None:
    return consume(request, app=APP, action="login_failed_slow", key=key)
