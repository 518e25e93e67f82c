"""Sessions in the database, and beside each that belongs to an account a line that its owner can see and end.

Beside each in which an address was typed stands a keyed hash of it, so that it is found when that address is erased. A
line is written once for each key, with the session itself, so that no page pays for it. It goes with its session.

By that line the account comes with its session, in one answer of the database, for whoever asks next who is logged in.
So does what another app hangs on an account, where that app says so when it is ready (`bring`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from accounts.core.addresses import normal_address
from accounts.guard.marks import address_mark
from accounts.models import OpenSession, Profile, TypedAddress, User
from content.reading.ready_made import ReadyMade

_besides: list[str] = []
LISTED_AS = "listed_as"
DEVICE = "device"
NOTED_AS = "noted_as"
ADDRESS = re.compile(r"[^\s\"'<>(),;:]+@[^\s\"'<>(),;:]+")


def bring(path: str) -> None:
    """One value more comes with each session of an account: by its path from there, over relations to one row alone."""
    if path not in _besides:
        _besides.append(path)


def _by_key(key: str, at: datetime) -> QuerySet[Session, Any]:
    """What the session holds, and of the account it is listed for what `WITH_PROFILE` of the log-in backend asks for,
    in that order, then what is brought besides; None for all of it where there is no such line."""
    user = [f"open_session__user__{field.attname}" for field in User._meta.concrete_fields]
    profile = [f"open_session__user__profile__{field.attname}" for field in Profile._meta.concrete_fields]
    besides = [f"open_session__user__{path}" for path in _besides]
    sessions = Session.objects.filter(session_key=key, expire_date__gt=at)
    return sessions.values_list("session_data", *user, *profile, *besides)


BY_KEY = ReadyMade(_by_key, key=str, at=datetime)
NUMBER = [field.attname for field in User._meta.concrete_fields].index("id")
OF_AN_ACCOUNT = len(User._meta.concrete_fields) + len(Profile._meta.concrete_fields)


class SessionStore(DatabaseSessions):
    _came_along: tuple[str | None, Sequence[Any]] | None = None
    """The columns of the account that came with the session, and under which key it was."""
    _brought: tuple[str | None, int | None, Sequence[Any]] | None = None
    """Under which key, of which account, and what was brought besides."""

    def load(self) -> dict[str, Any]:
        """Nothing, and no key any more, where there is no such session or it is over."""
        row = next(iter(BY_KEY.rows(key=str(self.session_key), at=timezone.now())), None)
        if row is None:
            self._came_along = self._brought = self._session_key = None
            return {}
        account, besides = row[1 : 1 + OF_AN_ACCOUNT], row[1 + OF_AN_ACCOUNT :]
        self._came_along = (self.session_key, account)
        self._brought = (self.session_key, account[NUMBER], besides)
        return self.decode(row[0])

    def take_account(self, number: int) -> Sequence[Any] | None:
        """The columns of that account and its profile if they came with this session: once, and no more under another
        key. Whether it may be logged in is for whoever asks to say."""
        came, self._came_along = self._came_along, None
        return came[1] if came and came[0] == self.session_key and came[1][NUMBER] == number else None

    def brought(self, path: str, number: int) -> Any:
        """What stands at this path from that account (`bring`), as it stood when this session was read. None where
        nothing does, and where it did not come: whoever needs it asks for it then."""
        key, account, besides = self._brought or (None, None, ())
        return besides[_besides.index(path)] if account == number and key == self.session_key else None

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - as Django spells it
        account = self._account_to_list(no_load=must_create)
        typed = self._addresses_to_note(no_load=must_create)
        super().save(must_create=must_create)
        if account:
            self._list(account)
        if typed is not None:
            note({str(self.session_key): typed})

    def _account_to_list(self, *, no_load: bool) -> str:
        held: dict[str, Any] = self._get_session(no_load=no_load)  # type: ignore[attr-defined]
        account = held.get(SESSION_KEY, "")
        if not account or held.get(LISTED_AS) == account + ":" + (self.session_key or ""):
            return ""
        if self.session_key:
            held[LISTED_AS] = f"{account}:{self.session_key}"
        return str(account) if self.session_key else ""

    def _addresses_to_note(self, *, no_load: bool) -> set[str] | None:
        """None where what is noted is what the session holds."""
        held: dict[str, Any] = self._get_session(no_load=no_load)  # type: ignore[attr-defined]
        typed = addresses_in(held)
        noted = [self.session_key, *sorted(typed)] if typed else None
        if not self.session_key or held.get(NOTED_AS) == noted:
            return None
        held.pop(NOTED_AS, None)
        if noted:
            held[NOTED_AS] = noted
        return typed

    def _list(self, account: str) -> None:
        if User.objects.filter(pk=account).exists():
            kept = {"user_id": int(account), "began_at": timezone.now(), "device": self.get(DEVICE, "")[:60]}
            OpenSession.objects.bulk_create([OpenSession(session_id=self.session_key, **kept)], ignore_conflicts=True)


def addresses_in(held: Any) -> set[str]:
    """The keyed hash of each address that a session holds, wherever in it."""
    return {address_mark(normal_address(address)) for text in _texts(held) for address in ADDRESS.findall(text)}


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


def note(typed: Mapping[str, set[str]]) -> None:
    """What stands in these sessions, by their keys; what stands there no longer goes."""
    wanted = {(key, mark) for key, marks in typed.items() for mark in marks}
    lines = TypedAddress.objects.filter(session__in=typed)
    stand = {(line.session_id, line.mark): line.pk for line in lines}
    if over := [number for line, number in stand.items() if line not in wanted]:
        TypedAddress.objects.filter(pk__in=over).delete()
    if new := sorted(wanted - set(stand)):
        TypedAddress.objects.bulk_create(
            [TypedAddress(session_id=key, mark=mark) for key, mark in new], ignore_conflicts=True
        )
