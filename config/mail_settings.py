"""Settings of mail that are more than one value each. They fail closed, and name what is missing."""

from pathlib import Path

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
        return Path(file).read_text(encoding="ascii") if file else ""
    except OSError as error:
        raise ImproperlyConfigured(f"DKIM_KEY_FILE cannot be read: {error.strerror}.") from None
