"""What a session holds is sealed in the database: codes on their way, addresses that were typed, whose visit it is.

Sessions from before are read as they are, and sealed the next time they are kept.
"""

from typing import Any

from django.core.signing import JSONSerializer

from accounts.sealing import seal, unseal

CONTEXT = "accounts.session"
PLAIN = b"{"


class SealedWords:
    def dumps(self, kept: dict[str, Any]) -> bytes:
        return seal(kept, CONTEXT).encode()

    def loads(self, data: bytes) -> dict[str, Any]:
        if data.startswith(PLAIN):
            return JSONSerializer().loads(data)
        return unseal(data.decode(), CONTEXT) or {}
