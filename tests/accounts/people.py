"""Makers of made-up people, and what the mail waiting for them says."""

import re
from datetime import UTC, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.core.consent_words import NEWSLETTER_VERSION, NEWSLETTER_WORDS
from accounts.models import OutgoingMail, Subscriber, SubscriberStatus, User

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
PASSWORD = "seven quiet herons"


def make_user(email: str = "nadia@example.org", password: str = PASSWORD, **fields: Any) -> User:
    user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def make_subscriber(email: str = "walter@example.org", **fields: Any) -> Subscriber:
    proof = {
        "status": SubscriberStatus.ACTIVE,
        "asked_at": NOON,
        "consent_at": NOON,
        "consent_words": NEWSLETTER_WORDS[NEWSLETTER_VERSION],
        "consent_version": NEWSLETTER_VERSION,
        "confirmed_at": NOON,
    }
    return Subscriber.objects.create(email=email, **{**proof, **fields})


def log_in(client: Client, email: str = "nadia@example.org", password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def confirm_it_is_me(client: Client, password: str = PASSWORD) -> Any:
    """What the site asks for before a page that is for the account's owner alone."""
    return client.post(reverse("account_reauthenticate"), {"password": password})


def mail_to(address: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(to=address).order_by("pk"))


def code_sent_to(address: str) -> str:
    found = re.search(r"\b\d{4}-\d{4}\b", mail_to(address)[-1].text)
    assert found, mail_to(address)[-1].text
    return found.group()


def link_sent_to(address: str, part: str) -> str:
    """The path of the first link whose address holds this part, in the latest mail."""
    found = re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", mail_to(address)[-1].text)
    assert found, mail_to(address)[-1].text
    return found.group(1)
