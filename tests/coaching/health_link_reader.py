"""A reader of SMART Health Links, as a clinic's software has one: what a link says, and what it locks."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any

from jwcrypto.common import JWException
from jwcrypto.jwe import JWE
from jwcrypto.jwk import JWK

from coaching.core.record.health_link import SCHEME, HealthLink, NoHealthLink
from coaching.record.locking import ALGORITHMS


class CannotOpen(Exception):
    """It was changed on its way, the key is another, or it is locked in another way than the specification's."""


def unlock(locked: str, key: str) -> dict[str, Any]:
    opened = JWE(algs=[*ALGORITHMS])
    try:
        opened.deserialize(locked, key=JWK(kty="oct", k=key))
        content: dict[str, Any] = json.loads(opened.payload)
    except (JWException, ValueError) as error:
        raise CannotOpen from error
    return content


def read_link(written: str) -> HealthLink:
    """Anybody's link. What it says beyond what we know is passed by, as the specification asks."""
    _viewer, found, body = written.partition(SCHEME)
    try:
        told: Mapping[str, Any] = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4))) if found else {}
        return HealthLink(
            url=told["url"],
            key=told["key"],
            label=told.get("label", ""),
            flag=told.get("flag", ""),
            expires=told.get("exp"),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NoHealthLink("no SMART Health Link") from error
