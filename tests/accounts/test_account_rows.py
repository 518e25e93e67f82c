"""What the database itself refuses, and what is kept no longer than it is of use."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import Consent, ConsentKind, Subscriber, SubscriberStatus, Suppression, SuppressionReason, User
from accounts.newsletter.pruning import prune
from tests.accounts.people import NOON, make_subscriber, make_user

pytestmark = pytest.mark.django_db


def test_one_address_is_one_account_in_any_case() -> None:
    make_user()
    with pytest.raises(IntegrityError):
        User.objects.create_user("NADIA@example.org")


def test_no_account_is_kept_with_capitals() -> None:
    with pytest.raises(IntegrityError):
        User.objects.create(email="Nadia@example.org")


def test_an_account_is_found_by_its_address_in_any_case() -> None:
    user = make_user()
    assert User.objects.get_by_natural_key("Nadia@Example.ORG") == user


def test_an_account_needs_an_address() -> None:
    with pytest.raises(ValueError, match="needs an email address"):
        User.objects.create_user("")


def test_nobody_is_active_without_proof() -> None:
    with pytest.raises(IntegrityError):
        make_subscriber(consent_at=None)


def test_a_consent_stands_once_for_each_kind() -> None:
    user = make_user()
    Consent.objects.create(user=user, kind=ConsentKind.HEALTH, words="Yes", words_version="1", given_at=NOON)
    with pytest.raises(IntegrityError):
        Consent.objects.create(user=user, kind=ConsentKind.HEALTH, words="Yes", words_version="1", given_at=NOON)


def test_giving_a_consent_twice_keeps_the_first_proof() -> None:
    user = make_user()
    for minutes in (0, 5):
        at = NOON + timedelta(minutes=minutes)
        Consent.objects.give(user, ConsentKind.HEALTH, words="Yes", words_version="1", at=at)
    assert Consent.objects.get().given_at == NOON


def test_a_consent_can_be_given_again_after_it_was_taken_back() -> None:
    user = make_user()
    for day in (0, 2):
        at = NOON + timedelta(days=day)
        Consent.objects.give(user, ConsentKind.HEALTH, words="Yes", words_version="1", at=at)
        Consent.objects.withdraw(user, ConsentKind.HEALTH, at=at + timedelta(days=1))
    assert Consent.objects.count() == 2
    assert not Consent.objects.standing().exists()


def test_public_ids_hold_128_random_bits() -> None:
    ids = {make_subscriber(f"person{number}@example.org").public_id for number in range(20)}
    assert len(ids) == 20
    assert {len(public_id) for public_id in ids} == {22}


def test_a_suppressed_address_is_not_readable_and_counts_after_a_change_of_secret(settings: Any) -> None:
    Suppression.objects.add_address("walter@example.org", SuppressionReason.BOUNCED)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert Suppression.objects.of("Walter@Example.org").exists()
    assert "walter" not in Suppression.objects.get().address_hash


def test_what_was_never_confirmed_is_removed_in_time() -> None:
    now = timezone.now()
    for name, days in (("old", 31), ("new", 29)):
        make_subscriber(
            f"{name}@example.org",
            status=SubscriberStatus.PENDING,
            confirmed_at=None,
            asked_at=now - timedelta(days=days),
        )
    make_subscriber("active@example.org", asked_at=now - timedelta(days=400))
    prune(at=now)
    assert {subscriber.email for subscriber in Subscriber.objects.all()} == {"new@example.org", "active@example.org"}


def test_accounts_whose_address_was_never_proved_are_removed_in_time() -> None:
    now = timezone.now()
    for name, days in (("old", 8), ("new", 6)):
        User.objects.create_user(f"{name}@example.org", date_joined=now - timedelta(days=days))
    make_user("proved@example.org", date_joined=now - timedelta(days=400))
    User.objects.create_user("staff@example.org", is_staff=True, date_joined=now - timedelta(days=400))
    prune(at=now)
    left = {user.email for user in User.objects.all()}
    assert left == {"new@example.org", "proved@example.org", "staff@example.org"}
