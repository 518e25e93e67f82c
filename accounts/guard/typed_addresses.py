"""Addresses that were typed into a form and stand in a session: of a reset or a sign-up that nobody finished.

They go when their code has lapsed, and with the erasing of whoever they are of. Compared are keyed hashes, so that no
task of the queue carries an address.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from accounts.core.addresses import normal_address
from accounts.guard.marks import address_mark
from accounts.guard.session_store import SessionStore

GoesOn = Callable[[], bool]
UNFINISHED = (EMAIL_VERIFICATION_CODE_SESSION_KEY, PASSWORD_RESET_VERIFICATION_SESSION_KEY, LOGIN_SESSION_KEY)
LAPSED = timedelta(hours=1)
AT_ONCE = 500
ADDRESS = re.compile(r"[^\s\"'<>(),;:]+@[^\s\"'<>(),;:]+")


def addresses_in(held: Any) -> set[str]:
    """The keyed hash of each address that a session holds, wherever in it."""
    return {address_mark(normal_address(address)) for text in _texts(held) for address in ADDRESS.findall(text)}


def end_sessions_of(user_id: int, address: str, *, after: str = "", goes_on: GoesOn = lambda: True) -> str:
    """Of an erased account: its log-ins, and the sessions in which its address was typed, by the keyed hash of that.
    The key to go on after, empty when all were looked at."""
    for session in _walk(after):
        after, held = session.session_key, session.get_decoded()
        if held.get(SESSION_KEY) == str(user_id) or address in addresses_in(held):
            session.delete()
        if not goes_on():
            return after
    return ""


def forget(*, at: datetime, after: str = "", goes_on: GoesOn = lambda: True) -> str:
    """Take out what was left unfinished an hour ago. The rest of the session stays, and with it somebody's place. The
    key to go on after, empty when all were looked at."""
    for session in _walk(after):
        after, held = session.session_key, session.get_decoded()
        lapsed = [key for key in UNFINISHED if key in held and _since(held[key]) < (at - LAPSED).timestamp()]
        if lapsed and session.expire_date > at:
            _take_out(session, lapsed)
        if not goes_on():
            return after
    return ""


def _walk(after: str) -> Iterator[Session]:
    """Some hundred in memory, however many there are."""
    while some := list(Session.objects.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        after = some[-1].session_key
        yield from some


def _take_out(session: Session, lapsed: list[str]) -> None:
    store = SessionStore(session.session_key)
    for key in lapsed:
        store.pop(key, None)
    store.save()


def _since(state: Any) -> float:
    return float(state.get("at") or state.get("initiated_at") or 0) if isinstance(state, dict) else 0.0


def _texts(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        for key, value in held.items():
            yield from _texts(key)
            yield from _texts(value)
    elif isinstance(held, list):
        for value in held:
            yield from _texts(value)
