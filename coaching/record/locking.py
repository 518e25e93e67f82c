"""What a SMART Health Link carries, locked: JSON Web Encryption in its compact form, as the specification asks for.

`dir`: the key itself locks, and is the one in the link. `A256GCM` with a nonce that the library draws anew each time.
`DEF`: pressed together before it is locked.
"""

import json
from collections.abc import Mapping
from typing import Any

FHIR = "application/fhir+json"
ALGORITHMS = ("dir", "A256GCM")


def lock(content: Mapping[str, Any], key: str) -> str:
    # Two megabytes, for the few who hand out a record.
    from jwcrypto.jwe import JWE  # noqa: PLC0415
    from jwcrypto.jwk import JWK  # noqa: PLC0415

    header = {"alg": "dir", "enc": "A256GCM", "cty": FHIR, "zip": "DEF"}
    locked = JWE(json.dumps(content, separators=(",", ":")).encode(), protected=json.dumps(header), algs=[*ALGORITHMS])
    locked.add_recipient(JWK(kty="oct", k=key))
    return str(locked.serialize(compact=True))
