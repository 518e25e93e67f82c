"""Addresses that were typed into a form and stand in a session: of a reset or a sign-up that nobody finished.

They go when their code has lapsed, and with the erasing of whoever they are of. Compared are keyed hashes, so that no
task of the queue carries an address.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import QuerySet
from django.utils import timezone

from accounts.guard.session_store import SessionStore, addresses_in, note
from accounts.models import OpenSession, TypedAddress, User

GoesOn = Callable[[], bool]
UNFINISHED = (EMAIL_VERIFICATION_CODE_SESSION_KEY, PASSWORD_RESET_VERIFICATION_SESSION_KEY, LOGIN_SESSION_KEY)
LAPSED = timedelta(hours=1)
AT_ONCE = 500
FIRST_NOTED, UNTIL_ALL_ARE_NOTED = "_typed_addresses", timedelta(days=3)
"""The migration that brought the lines, and how long after it each session is opened."""


def end_sessions_of(user_id: int, address: str, *, after: str = "", goes_on: GoesOn = lambda: True) -> str:
    """Of an erased account: its log-ins, and the sessions in which its address was typed, by the keyed hash of that.
    They are found by their lines. The key to go on after where all have to be opened, empty at the end."""
    _end(OpenSession.objects.filter(user=user_id))
    _end(TypedAddress.objects.filter(mark=address))
    if all_are_noted(timezone.now()):
        return ""
    for session in _walk(after):
        after, held = session.session_key, session.get_decoded()
        if held.get(SESSION_KEY) == str(user_id) or address in addresses_in(held):
            session.delete()
        if not goes_on():
            return after
    return ""


def all_are_noted(at: datetime) -> bool:
    """Not while sessions may be there that a release wrote which noted nothing; `forget` goes over them each day."""
    steps: Any = MigrationRecorder(connection).migration_qs
    came = steps.filter(app="accounts", name__endswith=FIRST_NOTED)
    return not came.filter(applied__gt=at - UNTIL_ALL_ARE_NOTED).exists()


def _end(lines: QuerySet[Any]) -> None:
    """The sessions of these lines, and with them the lines."""
    while keys := list(lines.order_by().values_list("session", flat=True)[:AT_ONCE]):
        Session.objects.filter(pk__in=keys).delete()
        lines.filter(session__in=keys).delete()


def forget(*, at: datetime, after: str = "", goes_on: GoesOn = lambda: True) -> str:
    """Take out what was left unfinished an hour ago. The rest of the session stays, and with it somebody's place. Lines
    that are missing are written, and a log-in goes whose account is gone. The key to go on after, empty when all were
    looked at."""
    for some in _some_hundred(after):
        held = {session.session_key: session.get_decoded() for session in some}
        note({key: addresses_in(words) for key, words in held.items()})
        gone = _without_account(held)
        for session in some:
            after = session.session_key
            if after in gone:
                session.delete()
            else:
                _forget_in(session, held[after], at)
            if not goes_on():
                return after
    return ""


def _forget_in(session: Session, held: dict[str, Any], at: datetime) -> None:
    lapsed = [key for key in UNFINISHED if key in held and _since(held[key]) < (at - LAPSED).timestamp()]
    if lapsed and session.expire_date > at:
        _take_out(session, lapsed)


def _without_account(held: dict[str, dict[str, Any]]) -> set[str]:
    """The keys of log-ins whose account was erased."""
    owners = {key: str(words[SESSION_KEY]) for key, words in held.items() if SESSION_KEY in words}
    numbers = [owner for owner in owners.values() if owner.isdecimal()]
    stand = {str(number) for number in User.objects.filter(pk__in=numbers).values_list("pk", flat=True)}
    return {key for key, owner in owners.items() if owner not in stand}


def _walk(after: str) -> Iterator[Session]:
    """Some hundred in memory, however many there are."""
    for some in _some_hundred(after):
        yield from some


def _some_hundred(after: str) -> Iterator[list[Session]]:
    while some := list(Session.objects.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        after = some[-1].session_key
        yield some


def _take_out(session: Session, lapsed: list[str]) -> None:
    store = SessionStore(session.session_key)
    for key in lapsed:
        store.pop(key, None)
    store.save()


def _since(state: Any) -> float:
    return float(state.get("at") or state.get("initiated_at") or 0) if isinstance(state, dict) else 0.0
