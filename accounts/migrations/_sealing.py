"""How values were sealed when the first migration needed it: AES-256-GCM, as in `accounts/sealing.py`."""

import json
import os
from base64 import b64decode, b64encode
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEYS = "FIELD_KEYS"
DEBUG_KEY = "debug:" + b64encode(sha256(b"only for debug").digest()).decode()


def seal(value, context):
    name, _, secret = (getattr(settings, KEYS) or [DEBUG_KEY])[0].partition(":")
    nonce = os.urandom(12)
    body = json.dumps(value, separators=(",", ":")).encode()
    sealed = AESGCM(b64decode(secret)).encrypt(nonce, body, context.encode())
    return f"{name}.{b64encode(nonce + sealed).decode()}"
