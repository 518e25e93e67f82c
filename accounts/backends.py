"""Who is logged in, read together with what they prefer: nearly every page of a member asks for both.

Both have come with the session where it is listed for its account. They are taken from there while Django works out who
sends this one request. Django alone judges whether they may be let in: nothing of its checks is known here.
"""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from content.reading.ready_made import ReadyMade

WITH_PROFILE = ReadyMade(lambda key: User.objects.select_related("profile").filter(pk=key), key=int)
Take = Callable[[int], Sequence[Any] | None]
CAME_ALONG: ContextVar[Take | None] = ContextVar("came_along", default=None)
"""Gives the columns of an account, by its number, where they came with the session whose account is being worked out:
for as long as that takes, and no longer (`accounts/middleware.py`)."""


class MemberBackend(AuthenticationBackend):
    def _check_password(self, user: User | None, password: str) -> User | None:
        """An address that is not proved opens nothing: whoever guessed it, or has it, is told what strangers are told,
        after as long a time."""
        return super()._check_password(user, password) if user and user.is_proved else None

    def get_user(self, user_id: Any) -> User | None:
        user = _came_along(user_id) or next(iter(WITH_PROFILE.objects(key=user_id)), None)
        return user if user and self.user_can_authenticate(user) else None


def _came_along(user_id: Any) -> User | None:
    take = CAME_ALONG.get()
    columns = take(user_id) if take else None
    return WITH_PROFILE.objects_of([columns])[0] if columns else None
