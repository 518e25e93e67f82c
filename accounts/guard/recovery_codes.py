"""Seeds of second steps, sealed, and recovery codes, of which no readable copy is kept once they were shown.

Codes are shown once. Until then the library makes them from a seed, which is sealed; from then on each that is left
lies there as a password does: hashed, and the hash sealed, so that a thief of the database cannot even guess. The
library knows such a list as `migrated_codes`; it opens each with `open_seed` and asks whether it is the one typed.
"""

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from accounts.sealing import is_sealed, seal, unseal

SEEDS = "mfa.authenticator.seed"
HASH = "hash"
AT_ONCE = 20
GoesOn = Callable[[], bool]


class HashedCode(str):
    """Equal to the code that it is the hash of, and to nothing else."""

    __slots__ = ()

    def __eq__(self, typed: object) -> bool:
        return isinstance(typed, str) and check_password(typed, str(self))

    __hash__ = None  # type: ignore[assignment]


def open_seed(kept: str) -> str:
    """A seed, or a code that can only be compared. Seeds from before they were sealed are as they were."""
    opened = unseal(kept, SEEDS) if is_sealed(kept) else kept
    return HashedCode(opened[HASH]) if isinstance(opened, dict) else str(opened)


def keep_hashes_alone(codes: Authenticator) -> None:
    """Of the codes that are left. Nobody can be shown them again."""
    with transaction.atomic():
        held = Authenticator.objects.select_for_update().get(pk=codes.pk)
        if "seed" in held.data:
            held.data = {
                "migrated_codes": [hashed(code) for code in RecoveryCodes(held).get_unused_codes()],
                "viewed_at": held.data.get("viewed_at") or time.time(),
            }
            held.save(update_fields=["data"])


def hashed(code: str) -> str:
    return seal({HASH: make_password(code)}, SEEDS)


def forget_what_was_shown(goes_on: GoesOn) -> None:
    """Codes that were shown before only hashes were kept. They go on working, each once."""
    shown: Any = Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES)
    shown = shown.filter(data__has_keys=["seed", "viewed_at"]).order_by("pk")
    while goes_on() and (some := list(shown[:AT_ONCE])):
        for codes in some:
            keep_hashes_alone(codes)
