"""Staff take away a second step that somebody lost: with the right to it, one at a time, once they checked who asks."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import StaffAct, User
from tests.accounts.people import log_in, mail_to, make_user

pytestmark = pytest.mark.django_db

USERS = "/admin/accounts/user/"
CHECKED = {"checked": "yes", "asked": "yes"}


@pytest.fixture
def nadia() -> User:
    user = make_user()
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


@pytest.fixture
def staff(client: Client) -> User:
    return of_staff(client, "take_away_second_step")


def of_staff(client: Client, *more: str) -> User:
    user = make_user("staff@example.org", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_user", *more]))
    client.force_login(user)
    return user


def take_away(client: Client, *people: User, **sent: str) -> Any:
    chosen = {"action": "take_away_second_step", "_selected_action": [str(user.pk) for user in people]}
    return client.post(USERS, {**chosen, **sent}, follow=True)


def has_one(user: User) -> bool:
    return Authenticator.objects.filter(user=user).exists()


def test_it_goes_with_every_log_in_and_the_mailbox_is_told(client: Client, staff: User, nadia: User) -> None:
    phone = Client()
    phone.force_login(nadia)
    take_away(client, nadia, **CHECKED)
    assert not has_one(nadia)
    assert phone.get("/accounts/profile/").status_code == 302
    [mail] = mail_to(nadia.email or "")
    assert "second step" in mail.subject and "/accounts/password/reset/" in mail.text
    assert StaffAct.objects.filter(what="Took away a second step", whom=f"user {nadia.pk}", by=staff.pk).exists()
    assert log_in(Client()).url == "/today/"


def test_the_password_stays(client: Client, staff: User, nadia: User) -> None:
    before = nadia.password
    take_away(client, nadia, **CHECKED)
    nadia.refresh_from_db()
    assert nadia.password == before


def test_nothing_goes_before_somebody_says_that_they_checked(client: Client, staff: User, nadia: User) -> None:
    assert "I have checked who asks" in take_away(client, nadia).content.decode()
    assert "Tick the box" in take_away(client, nadia, asked="yes").content.decode()
    assert has_one(nadia) and not StaffAct.objects.filter(what="Took away a second step").exists()


def test_without_the_right_to_it_nothing_happens(client: Client, nadia: User) -> None:
    of_staff(client, "change_user")
    take_away(client, nadia, **CHECKED)
    assert has_one(nadia)


def test_not_for_two_at_once_nor_for_oneself_nor_for_who_may_do_more(client: Client, staff: User, nadia: User) -> None:
    anna = make_user("anna@example.org", is_staff=True, is_superuser=True)
    for user in (staff, anna):
        TOTP.activate(user, generate_totp_secret())
    for people in ([nadia, anna], [staff], [anna]):
        take_away(client, *people, **CHECKED)
        assert all(map(has_one, people))


def test_where_there_is_none_it_is_said(client: Client, staff: User) -> None:
    page = take_away(client, make_user(), **CHECKED).content.decode()
    assert "has no second step" in page
