"""Addresses that were typed into a form and stand in a session: of a reset or a sign-up that nobody finished.

They go when their code has lapsed, and with the erasing of whoever they are of. Compared are keyed hashes, so that no
task of the queue carries an address.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from django.contrib.sessions.models import Session

from accounts.core.addresses import normal_address
from accounts.guard.marks import address_mark
from accounts.guard.session_store import SessionStore

UNFINISHED = (EMAIL_VERIFICATION_CODE_SESSION_KEY, PASSWORD_RESET_VERIFICATION_SESSION_KEY, LOGIN_SESSION_KEY)
LAPSED = timedelta(hours=1)
ADDRESS = re.compile(r"[^\s\"'<>(),;:]+@[^\s\"'<>(),;:]+")


def addresses_in(held: Any) -> set[str]:
    """The keyed hash of each address that a session holds, wherever in it."""
    return {address_mark(normal_address(address)) for text in _texts(held) for address in ADDRESS.findall(text)}


def forget(*, at: datetime) -> None:
    """Take out what was left unfinished an hour ago. The rest of the session stays, and with it somebody's place."""
    for session in Session.objects.filter(expire_date__gt=at).iterator():
        held = session.get_decoded()
        lapsed = [key for key in UNFINISHED if key in held and _since(held[key]) < (at - LAPSED).timestamp()]
        if lapsed:
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
