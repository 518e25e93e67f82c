"""Words a person typed are sealed before they reach the database.

AES-256-GCM with a fresh nonce. The value names the key that sealed it, so keys can be
rotated: the first of `FIELD_KEYS` seals, any of them opens. The context (model, field and
owner) is authenticated with it, so a value copied into another row does not open there.

    value   = key id "." base64(nonce, 12 bytes + ciphertext and tag)
    key     = "id:base64 of 32 bytes" in the environment, newest first
"""

import json
import os
import re
import secrets
from base64 import b64decode, b64encode
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES, NONCE_BYTES = 32, 12
SHORTEST = 40
MARKED = 24
"""Letters of base64 that hold the nonce, and as many that hold the tag."""

BASE64 = re.compile(r"[A-Za-z0-9+/]+=*")
NAME = re.compile(r"[\w-]{1,40}")


class CannotOpen(Exception):
    """The value was changed, moved to another row, or sealed with a key that is gone."""


@lru_cache(maxsize=4)
def _keys(spelled: tuple[str, ...]) -> dict[str, AESGCM]:
    keys = {}
    for entry in spelled:
        name, colon, secret = entry.partition(":")
        if not colon or not NAME.fullmatch(name) or name in keys:
            raise ImproperlyConfigured("FIELD_KEYS: each key is id:secret, and each id is short, plain and there once.")
        keys[name] = AESGCM(_secret(name, secret))
    return keys


def _secret(name: str, spelled: str) -> bytes:
    try:
        secret = b64decode(spelled, validate=True)
    except ValueError:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise ImproperlyConfigured(f"FIELD_KEYS: the key {name!r} is not {KEY_BYTES} bytes in base64.")
    return secret


def _ring() -> dict[str, AESGCM]:
    if settings.FIELD_KEYS:
        return _keys(tuple(settings.FIELD_KEYS))
    if settings.DEBUG:
        return _keys(("debug:" + b64encode(sha256(b"only for debug").digest()).decode(),))
    raise ImproperlyConfigured(
        "FIELD_KEYS is not set. Set it in the environment, or use script/serve, which makes one."
    )


def mark_of_keys() -> str:
    """Another one for other keys, and for each process: what was opened with some may not open with others."""
    return _mark(tuple(settings.FIELD_KEYS or ()))


@lru_cache(maxsize=4)
def _mark(spelled: tuple[str, ...]) -> str:
    return secrets.token_hex(8)


def check_keys() -> None:
    """ImproperlyConfigured unless every key can be used: at the start, not when the first words are to be kept."""
    _ring()


spelled = json.JSONEncoder(separators=(",", ":")).encode
"""As it is sealed: in JSON without a space between."""


def seal(value: Any, context: str) -> str:
    """Seal anything JSON can hold. Nothing (None, "" or {}) stays an empty string."""
    return "" if value in (None, "", {}, []) else seal_spelled(spelled(value), context)


def seal_spelled(json_text: str, context: str) -> str:
    """The same of what is spelled in JSON already."""
    ring = _ring()
    name = next(iter(ring))
    nonce = os.urandom(NONCE_BYTES)
    sealed = ring[name].encrypt(nonce, json_text.encode(), context.encode())
    return f"{name}.{b64encode(nonce + sealed).decode()}"


def unseal(value: str, context: str) -> Any:
    """Open what `seal` made for the same context; an empty string opens to None."""
    if not value:
        return None
    name, _, body = value.partition(".")
    ring = _ring()
    if name not in ring:
        raise CannotOpen(f"no key named {name!r}")
    raw = b64decode(body)
    try:
        return json.loads(ring[name].decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode()))
    except InvalidTag as error:
        raise CannotOpen(context.split(":")[0]) from error


def mark_of(sealed: str) -> str:
    """Of one sealing, without opening it: each begins with other random bytes, and ends with what vouches for it.

    Another text, another key, or the same text sealed once more has another mark.
    """
    name, _, body = sealed.partition(".")
    return f"{name}.{len(body)}.{body[:MARKED]}.{body[-MARKED:]}" if len(body) > 2 * MARKED else sealed


def is_sealed(value: str) -> bool:
    """Whether it has the form of what `seal` makes: a name, a point, and base64 that no plain word has."""
    name, point, body = value.partition(".")
    return bool(point and NAME.fullmatch(name) and len(body) >= SHORTEST and BASE64.fullmatch(body))


def is_current(value: str) -> bool:
    """Whether the newest key sealed it; the rotation command reseals the rest."""
    return not value or value.partition(".")[0] == next(iter(_ring()))
