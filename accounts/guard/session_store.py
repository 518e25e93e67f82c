"""Sessions in the database, and beside each that belongs to an account a line that its owner can see and end.

The line is written once for each key, with the session itself, so that no page pays for it. It goes with its session.
"""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

from accounts.models import OpenSession, User

LISTED_AS = "listed_as"
DEVICE = "device"


class SessionStore(DatabaseSessions):
    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - as Django spells it
        account = self._account_to_list(no_load=must_create)
        super().save(must_create=must_create)
        if account:
            self._list(account)

    def _account_to_list(self, *, no_load: bool) -> str:
        held: dict[str, Any] = self._get_session(no_load=no_load)  # type: ignore[attr-defined]
        account = held.get(SESSION_KEY, "")
        if not account or held.get(LISTED_AS) == account + ":" + (self.session_key or ""):
            return ""
        if self.session_key:
            held[LISTED_AS] = f"{account}:{self.session_key}"
        return str(account) if self.session_key else ""

    def _list(self, account: str) -> None:
        if User.objects.filter(pk=account).exists():
            kept = {"user_id": int(account), "began_at": timezone.now(), "device": self.get(DEVICE, "")[:60]}
            OpenSession.objects.bulk_create([OpenSession(session_id=self.session_key, **kept)], ignore_conflicts=True)
