"""Signatures with the site's secret, as Django's `salted_hmac` makes them; what is the same for all is done once.

A letter holds five of them.
"""

from functools import lru_cache
from hmac import HMAC

from django.utils.crypto import salted_hmac


def keyed(salt: str, words: str, secret: str) -> HMAC:
    """`salted_hmac(salt, words, secret=secret, algorithm="sha256")`."""
    signature = _begun(salt, secret).copy()
    signature.update(words.encode())
    return signature


@lru_cache(maxsize=32)
def _begun(salt: str, secret: str) -> HMAC:
    return salted_hmac(salt, "", secret=secret, algorithm="sha256")
