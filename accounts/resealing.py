"""Sessions and second steps, sealed anew with the newest key.

A batch at a time by the key of the row, so that memory stays flat; each is replaced only while it holds what was read.
Running it again, or after it was stopped, is safe: what the newest key has sealed is passed by.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import models, transaction
from django.utils import timezone

from accounts.guard.recovery_codes import SEEDS
from accounts.guard.session_store import SessionStore
from accounts.guard.session_words import PLAIN, SealedWords
from accounts.sealing import CannotOpen, is_current, is_sealed, seal, unseal

BATCH = 200
SECRETS = ("secret", "seed")
"""Names under which the account library keeps one secret; recovery codes are a list of them."""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What came of one column. `closed` are the keys of rows that no key opens any more."""

    column: str
    resealed: int = 0
    current: int = 0
    closed: tuple[Any, ...] = ()


def reseal_accounts() -> list[Tally]:
    with_secrets = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    standing = Session.objects.filter(expire_date__gt=timezone.now())
    return [
        _each(Authenticator.objects.filter(type__in=with_secrets), "mfa.authenticator.data", _second_step),
        _each(standing, "sessions.session.session_data", _session),
    ]


def _each(rows: Any, column: str, reseal: Callable[[Any], bool]) -> Tally:
    done, passed, closed = 0, 0, []
    for row in _walk(rows):
        try:
            is_new = reseal(row)
        except CannotOpen:
            closed.append(row.pk)
            continue
        done, passed = done + is_new, passed + (not is_new)
    return Tally(column=column, resealed=done, current=passed, closed=tuple(closed))


def _walk(rows: Any) -> Iterator[models.Model]:
    after: Any = None
    while some := list((rows if after is None else rows.filter(pk__gt=after)).order_by("pk")[:BATCH]):
        yield from some
        after = some[-1].pk


def _second_step(row: Authenticator) -> bool:
    """One that was set up before seeds were sealed is sealed now."""
    if all(_is_new(kept) for kept in _secrets_of(row.data)):
        return False
    with transaction.atomic():
        held = Authenticator.objects.select_for_update().get(pk=row.pk)
        held.data |= {name: _anew(held.data[name]) for name in SECRETS if name in held.data}
        if "migrated_codes" in held.data:
            held.data["migrated_codes"] = [_anew(kept) for kept in held.data["migrated_codes"]]
        held.save(update_fields=["data"])
    return True


def _secrets_of(data: dict[str, Any]) -> list[str]:
    return [*(data[name] for name in SECRETS if name in data), *data.get("migrated_codes", [])]


def _is_new(kept: str) -> bool:
    return is_sealed(kept) and is_current(kept)


def _anew(kept: str) -> str:
    return seal(unseal(kept, SEEDS) if is_sealed(kept) else kept, SEEDS)


def _session(row: Session) -> bool:
    """One that no key opens is empty to whoever brings it, and lapses. Its key is never said: it opens an account."""
    try:
        lies = _as_it_lies(row.session_data)
        held = SealedWords().loads(lies)
    except (signing.BadSignature, CannotOpen):
        return False
    if not lies.startswith(PLAIN) and is_current(lies.decode()):
        return False
    same = Session.objects.filter(pk=row.pk, session_data=row.session_data)
    return bool(same.update(session_data=SessionStore().encode(held)))


def _as_it_lies(data: str) -> bytes:
    return signing.loads(data, salt=str(SessionStore().key_salt), serializer=AsItLies)


class AsItLies:
    """The bytes that the signature is put on, unopened."""

    def dumps(self, kept: bytes) -> bytes:
        return kept

    def loads(self, data: bytes) -> bytes:
        return data
