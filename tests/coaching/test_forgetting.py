"""Answers without an account are forgotten when the visit is over, or at once on a person's wish."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Consent, ConsentKind, User
from coaching.belongings.my_data import forget_strangers
from coaching.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def last_seen(days_ago: int, user: User | None = None) -> Person:
    person = Person.objects.create(user=user)
    Person.objects.filter(pk=person.pk).update(seen_on=timezone.localdate() - timedelta(days=days_ago))
    return person


def account() -> User:
    return User.objects.create_user("person@example.org", "a-made-up-password")


def test_a_stranger_is_forgotten_when_the_cookie_has_lapsed() -> None:
    last_seen(92)

    assert forget_strangers(timezone.now()) == 1
    assert not Person.objects.exists()


def test_a_stranger_who_came_lately_is_kept() -> None:
    last_seen(89)

    assert forget_strangers(timezone.now()) == 0


def test_whoever_has_an_account_is_kept_however_long_they_stay_away() -> None:
    last_seen(900, user=account())

    assert forget_strangers(timezone.now()) == 0


def test_a_visit_is_noted_once_a_day(client: Client) -> None:
    client.post("/practice/breathing/", {"client_id": "a-made-up-client-id"})
    person = Person.objects.get()
    Person.objects.update(seen_on=timezone.localdate() - timedelta(days=40))

    client.get(reverse("coaching:recommendations"))

    person.refresh_from_db()
    assert person.seen_on == timezone.localdate()


def test_a_stranger_can_erase_it_all_at_once(client: Client) -> None:
    client.post("/practice/breathing/", {"client_id": "a-made-up-client-id"})

    page = client.post(reverse("coaching:privacy"), follow=True)

    assert not Person.objects.exists()
    assert "Erased." in page.content.decode()


def test_that_button_never_erases_an_account(client: Client) -> None:
    user = account()
    Person.objects.create(user=user)
    client.force_login(user)

    client.post(reverse("coaching:privacy"))

    assert Person.objects.filter(user=user).exists()


def test_answers_that_come_into_an_account_bring_their_consent(client: Client) -> None:
    client.post("/practice/breathing/", {"client_id": "a-made-up-client-id"})
    user = account()
    client.force_login(user)

    client.get(reverse("coaching:today"))

    consent = Consent.objects.standing().get(user=user)
    assert consent.kind == ConsentKind.HEALTH
    assert "keep my answers" in consent.words
