from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from accounts.core.countries import COUNTRIES
from accounts.models import Profile, User
from tests.accounts.people import log_in, make_subscriber, make_user

pytestmark = pytest.mark.django_db

PROFILE = "/accounts/profile/"
ANSWERS = {
    "name": "Nadia",
    "country": "GB",
    "time_zone": "Europe/London",
    "minutes_a_day": "20",
    "hide_pain_numbers": "on",
}


@pytest.fixture
def nadia(client: Client) -> User:
    user = make_user()
    log_in(client)
    return user


def save(client: Client, **answers: str) -> Any:
    return client.post(PROFILE, {**ANSWERS, **answers})


def test_a_new_profile_guesses_nothing(client: Client, nadia: User) -> None:
    client.get(PROFILE)
    profile = Profile.objects.get(user=nadia)
    assert (profile.name, profile.country, profile.time_zone) == ("", "", "")
    assert str(profile.zone) == "UTC"


def test_what_is_chosen_is_kept_and_said_to_be(client: Client, nadia: User) -> None:
    page = client.post(PROFILE, ANSWERS, follow=True).content.decode()
    profile = Profile.objects.get(user=nadia)
    assert "Saved." in page
    assert (profile.name, profile.country, str(profile.zone)) == ("Nadia", "GB", "Europe/London")
    assert (profile.minutes_a_day, profile.hide_pain_numbers) == (20, True)


def test_one_may_rather_not_say(client: Client, nadia: User) -> None:
    save(client)
    save(client, country="", time_zone="", name="")
    assert Profile.objects.get(user=nadia).country == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("country", "ZZ"),
        ("time_zone", "Mars/Olympus"),
        ("minutes_a_day", "7"),
        ("minutes_a_day", "ten"),
        ("name", "N" * 81),
    ],
)
def test_what_is_not_offered_is_refused_at_its_field(client: Client, nadia: User, field: str, value: str) -> None:
    answer = save(client, **{field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert 'value="Nadia"' in page or field == "name"


def test_an_empty_post_is_refused(client: Client, nadia: User) -> None:
    assert client.post(PROFILE, {}).status_code == 422


def test_the_page_leads_to_ones_reminders(client: Client, nadia: User) -> None:
    assert 'href="/reminders/"' in client.get(PROFILE).content.decode()


def test_the_page_leads_to_ones_letters(client: Client, nadia: User) -> None:
    assert "/newsletter/preferences/" not in client.get(PROFILE).content.decode()
    make_subscriber("nadia@example.org")
    assert "/newsletter/preferences/" in client.get(PROFILE).content.decode()


def test_the_page_needs_a_log_in(client: Client) -> None:
    assert client.get(PROFILE).url == "/accounts/login/?next=/accounts/profile/"


def test_the_database_itself_refuses_minutes_that_are_not_offered(nadia: User) -> None:
    with pytest.raises(IntegrityError):
        Profile.objects.create(user=nadia, minutes_a_day=7)


def test_every_country_has_one_code_of_two_letters() -> None:
    codes = [code for code, _ in COUNTRIES]
    assert len(codes) == len(set(codes)) == 249
    assert all(len(code) == 2 and code.isupper() for code in codes)
