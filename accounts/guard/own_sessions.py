"""Where an account is logged in, and how its log-ins end: one, all others, or all.

Ending all counts the account's own number up (`User.session_epoch`), which every session has proved itself against: so
those end too of which no line is kept. Ending one removes the session.
"""

from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db.models import F, QuerySet
from django.dispatch import Signal
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import OpenSession, User

log_ins_ended = Signal()
"""Sent with `user` when all log-ins, or all others, were ended: what a device may do without one ends too."""


def standing(user: User) -> QuerySet[OpenSession]:
    return OpenSession.objects.filter(user=user, session__expire_date__gt=timezone.now())


def end_one(user: User, number: int) -> None:
    """Of this account alone, whatever number is asked for."""
    _remove(standing(user).filter(pk=number))


def end_all(user: User) -> None:
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    _remove(OpenSession.objects.filter(user=user))
    log_ins_ended.send(User, user=user)


def _remove(lines: QuerySet[OpenSession]) -> None:
    Session.objects.filter(pk__in=list(lines.values_list("session_id", flat=True))).delete()


def end_others(request: HttpRequest, user: User) -> None:
    """All but the one at hand, which gets a new key."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    _remove(OpenSession.objects.filter(user=user).exclude(session_id=request.session.session_key))
    log_ins_ended.send(User, user=user)
    user.refresh_from_db(fields=["session_epoch"])
    if request.user.is_authenticated and request.user.pk == user.pk:
        request.user.session_epoch = user.session_epoch
        update_session_auth_hash(request, user)
