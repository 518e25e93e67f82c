"""Who is logged in, read together with what they prefer: nearly every page of a member asks for both."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from content.reading.ready_made import ReadyMade

WITH_PROFILE = ReadyMade(lambda key: User.objects.select_related("profile").filter(pk=key), key=int)


class MemberBackend(AuthenticationBackend):
    def _check_password(self, user: User | None, password: str) -> User | None:
        """An address that is not proved opens nothing: whoever guessed it, or has it, is told what strangers are told,
        after as long a time."""
        return super()._check_password(user, password) if user and user.is_proved else None

    def get_user(self, user_id: Any) -> User | None:
        user = next(iter(WITH_PROFILE.objects(key=user_id)), None)
        return user if user and self.user_can_authenticate(user) else None
