"""The staff pages open to a session that has passed a second step, not to an account that has one."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.guard import second_factor
from accounts.models import User
from tests.accounts.people import confirm_it_is_me, log_in, make_user

pytestmark = pytest.mark.django_db

STAFF, SECRET = "/admin/accounts/user/", "JBSWY3DPEHPK3PXP"


@pytest.fixture
def staff(settings: Any) -> User:
    settings.STAFF_SECOND_FACTOR = True
    return make_user("staff@example.org", is_staff=True, is_superuser=True)


def code_now(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def with_an_app(user: User) -> None:
    TOTP.activate(user, SECRET)


def pass_second_step(client: Client) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code_now()})


def test_a_session_that_proved_a_password_alone_is_asked_for_the_second_step(client: Client, staff: User) -> None:
    """It was there before the second step was set up, on another device."""
    log_in(client, staff.email)
    with_an_app(staff)
    answer = client.get(STAFF)
    assert answer.url == f"{reverse('mfa_reauthenticate')}?next=/admin/accounts/user/"
    client.post(answer.url, {"code": code_now()})
    assert client.get(STAFF).status_code == 200


def test_without_any_second_step_one_is_set_up_first(client: Client, staff: User) -> None:
    log_in(client, staff.email)
    assert client.get(STAFF).url == reverse("mfa_index")


def test_recovery_codes_alone_are_no_second_step(client: Client, staff: User) -> None:
    RecoveryCodes.activate(staff)
    client.force_login(staff)
    assert client.get(STAFF).url == reverse("mfa_index")


def test_a_log_in_with_both_steps_opens_the_pages(client: Client, staff: User) -> None:
    with_an_app(staff)
    assert log_in(client, staff.email).url == reverse("mfa_authenticate")
    pass_second_step(client)
    assert client.get(STAFF).status_code == 200


def passed(client: Client, user: User, *, ago: timedelta) -> None:
    client.force_login(user)
    session = client.session
    at = (timezone.now() - ago).timestamp()
    session["account_authentication_methods_user"] = str(user.pk)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": at},
        {"method": "mfa", "type": "totp", "at": at, "reauthenticated": True},
    ]
    session.save()


def test_a_log_in_of_staff_ends_after_twelve_hours(client: Client, staff: User) -> None:
    with_an_app(staff)
    passed(client, staff, ago=second_factor.STAFF_WHOLE - timedelta(minutes=1))
    assert client.get(STAFF).status_code == 200
    passed(client, staff, ago=second_factor.STAFF_WHOLE + timedelta(minutes=1))
    assert "/accounts/login/" in client.get(STAFF).url
    assert "_auth_user_id" not in client.session


def test_and_after_an_hour_in_which_nobody_was_there(client: Client, staff: User) -> None:
    with_an_app(staff)
    passed(client, staff, ago=timedelta(minutes=5))
    client.get(STAFF)
    session = client.session
    session[second_factor.SEEN] -= second_factor.STAFF_IDLE.total_seconds() + 1
    session.save()
    assert "/accounts/login/" in client.get(STAFF).url


def test_no_log_in_stands_for_longer_than_half_a_year(client: Client) -> None:
    nadia = make_user()
    passed(client, nadia, ago=second_factor.MEMBER_WHOLE - timedelta(days=1))
    assert client.get("/accounts/data/").status_code == 200
    passed(client, nadia, ago=second_factor.MEMBER_WHOLE + timedelta(days=1))
    assert client.get("/accounts/data/").status_code == 302


# --- Adding, changing or taking away a second step ends the other sessions ---


@pytest.fixture
def phone() -> Client:
    return Client()


def is_in(client: Client) -> bool:
    return client.get("/accounts/data/").status_code == 200


def set_up_an_app(client: Client) -> None:
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer.status_code == 302


@pytest.mark.django_db(transaction=True)
def test_adding_a_second_step_ends_the_other_sessions(client: Client, phone: Client) -> None:
    make_user()
    log_in(phone)
    log_in(client)
    confirm_it_is_me(client)
    set_up_an_app(client)
    assert (is_in(client), is_in(phone)) == (True, False)


@pytest.mark.parametrize("change", ["mfa_deactivate_totp", "mfa_generate_recovery_codes"])
@pytest.mark.django_db(transaction=True)
def test_so_does_taking_it_away_or_making_new_codes(client: Client, phone: Client, change: str) -> None:
    nadia = make_user()
    with_an_app(nadia)
    RecoveryCodes.activate(nadia)
    passed(phone, nadia, ago=timedelta(0))
    passed(client, nadia, ago=timedelta(0))
    assert "reauthenticate" not in client.post(reverse(change), {}).url
    assert (is_in(client), is_in(phone)) == (True, False)


# --- What the database holds ---


def test_the_seeds_of_an_app_and_of_recovery_codes_are_sealed(client: Client) -> None:
    nadia = make_user()
    with_an_app(nadia)
    codes = RecoveryCodes.activate(nadia)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    assert codes.validate_code(codes.generate_codes()[0])
    assert not codes.validate_code(codes.generate_codes()[0])


def test_a_seed_from_before_still_opens() -> None:
    adapter = get_adapter()
    assert adapter.decrypt(SECRET) == SECRET
    assert adapter.decrypt(adapter.encrypt(SECRET)) == SECRET
    assert adapter.encrypt(SECRET) != adapter.encrypt(SECRET)
