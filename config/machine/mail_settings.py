"""Settings of mail that are more than one value each. They fail closed, and name what is missing."""

from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_email_url
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.core.exceptions import ImproperlyConfigured

# What each provider calls the key with which it signs its reports.
SIGNING_KEYS = (
    "MAILGUN_WEBHOOK_SIGNING_KEY",
    "MAILERSEND_SIGNING_SECRET",
    "MANDRILL_WEBHOOK_KEY",
    "RESEND_SIGNING_SECRET",
    "SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY",
)


def anymail(provider: str, *, secret: str, key: str) -> dict[str, str]:
    if provider and ":" not in secret:
        raise ImproperlyConfigured("MAIL_WEBHOOK_SECRET must be set, as name:password, when MAIL_PROVIDER is.")
    return {"WEBHOOK_SECRET": secret, **dict.fromkeys(SIGNING_KEYS, key)}


def dkim_key(file: str, *, selector: str) -> str:
    """The private key in PEM; empty when mail is not signed here."""
    if bool(file) != bool(selector):
        raise ImproperlyConfigured("DKIM_KEY_FILE and DKIM_SELECTOR are set together, or neither is.")
    try:
        pem = Path(file).read_text(encoding="ascii") if file else ""
        key = load_pem_private_key(pem.encode(), password=None) if file else None
    except OSError as error:
        raise ImproperlyConfigured(f"DKIM_KEY_FILE cannot be read: {error.strerror}.") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ImproperlyConfigured("DKIM_KEY_FILE must hold a private key in PEM, without a password.") from None
    if key and not isinstance(key, RSAPrivateKey):
        raise ImproperlyConfigured("DKIM_KEY_FILE must hold an RSA key: large providers read no other kind yet.")
    return pem


# How each form of EMAIL_URL is spoken, and on which port when it names none: RFC 8314 and IANA's list of ports.
MAIL_SERVERS = {
    "smtp": {"EMAIL_PORT": 25, "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False},  # plain, for a relay of one's own
    "submission": {"EMAIL_PORT": 587, "EMAIL_USE_TLS": True, "EMAIL_USE_SSL": False},  # STARTTLS
    "smtps": {"EMAIL_PORT": 465, "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": True},  # TLS from the first byte on
}
MAILBOXES = ("imaps", "imap", "pop3s", "pop3")
LONGEST_WAY_BACK = 20
NO_SERVER = ("dummy", "memory")
"""Django's own backends that send nothing: for measuring and for tests."""


def mail_server(url: str, setting: str = "EMAIL_URL") -> dict[str, Any]:
    """The EMAIL_ settings of such an URL; none when it is empty. The word before :// alone says how TLS is spoken.

    Raises ImproperlyConfigured for what cannot be a mail server, without repeating the address: it holds a password.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme in NO_SERVER:
        return {"EMAIL_BACKEND": dj_email_url.SCHEMES[parts.scheme]}
    if parts.scheme not in MAIL_SERVERS or not parts.hostname:
        raise ImproperlyConfigured(
            f"{setting} must be smtp://host:25, submission://name:password@host:587 (STARTTLS)"
            " or smtps://name:password@host:465 (TLS)."
        )
    port = _port(parts, setting) or MAIL_SERVERS[parts.scheme]["EMAIL_PORT"]
    known = {name: value for name, value in dj_email_url.parse(_plain(parts)).items() if value is not None}
    return {**known, **MAIL_SERVERS[parts.scheme], "EMAIL_PORT": port}


def _plain(parts: SplitResult) -> str:
    """The same server as dj_email_url reads it, which takes smtps for STARTTLS."""
    return parts._replace(scheme="smtp").geturl()


def _port(parts: SplitResult, setting: str) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise ImproperlyConfigured(f"The port in {setting} must be a number from 1 to 65535.") from None


def mailbox(url: str) -> str:
    """BOUNCES_URL, if a mailbox can be there. Its name and password are not repeated."""
    parts = urlsplit(url)
    if url and (parts.scheme not in MAILBOXES or not (parts.hostname and parts.username and parts.password)):
        raise ImproperlyConfigured(
            "BOUNCES_URL must be imaps://name:password@host:993/INBOX (STARTTLS: imap://)"
            " or pop3s://name:password@host:995 (STARTTLS: pop3://)."
        )
    _port(parts, "BOUNCES_URL")
    return url


def way_back(address: str) -> str:
    """BOUNCE_ADDRESS, if a return path can be made of it: some forty signs are added before its @."""
    local, _, domain = parseaddr(address)[1].rpartition("@")
    if address and not (domain and 0 < len(local) <= LONGEST_WAY_BACK):
        raise ImproperlyConfigured("BOUNCE_ADDRESS must be an address such as bounces@example.org, and not a long one.")
    return address


def hours_of_a_day(said: str) -> tuple[int, int]:
    """Of "7-21": letters come from 7:00 on and before 21:00."""
    opens, _, closes = said.partition("-")
    if not (opens.isdecimal() and closes.isdecimal() and int(opens) < int(closes) <= 24):
        raise ImproperlyConfigured("LETTERS_HOURS must be two hours of a day such as 7-21, the first one the earlier.")
    return int(opens), int(closes)


def time_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ImproperlyConfigured("LETTERS_TIME_ZONE must name a time zone such as Europe/Paris.") from None
