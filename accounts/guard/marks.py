"""Keyed hashes for the log: lines of the same account, or from the same source, can be told to belong together, and
neither can be read from them."""

from django.utils.crypto import salted_hmac

SIGNS = 12


def account_mark(number: object) -> str:
    return _mark("account", str(number))


def address_mark(address: str) -> str:
    return _mark("address", address)


def source_mark(source: str) -> str:
    return _mark("source", source)


def _mark(kind: str, said: str) -> str:
    return salted_hmac(f"accounts.guard.{kind}", said, algorithm="sha256").hexdigest()[:SIGNS]
