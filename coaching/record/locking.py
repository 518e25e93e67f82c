"""What a SMART Health Link carries, locked: JSON Web Encryption in its compact form, as the specification asks for.

`dir`: the key itself locks, and is the one in the link. `A256GCM` with a nonce that the library draws anew each time.
`DEF`: pressed together before it is locked.
"""

import json
from collections.abc import Mapping
from typing import Any

from jwcrypto.jwe import JWE
from jwcrypto.jwk import JWK

FHIR = "application/fhir+json"


def lock(content: Mapping[str, Any], key: str) -> str:
    header = {"alg": "dir", "enc": "A256GCM", "cty": FHIR, "zip": "DEF"}
    locked = JWE(json.dumps(content, separators=(",", ":")).encode(), protected=json.dumps(header), algs=[*ALGORITHMS])
    locked.add_recipient(_key(key))
    return str(locked.serialize(compact=True))


ALGORITHMS = ("dir", "A256GCM")


def _key(key: str) -> JWK:
    return JWK(kty="oct", k=key)
