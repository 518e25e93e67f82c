import csv
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Consent, ConsentKind, OutgoingMail, Profile, Subscriber, SubscriberStatus, User
from accounts.newsletter.subscriber_csv import cell
from tests.accounts.people import NOON, PASSWORD, log_in, mail_to, make_subscriber, make_user

pytestmark = pytest.mark.django_db

SUBSCRIBERS = "/admin/accounts/subscriber/"
USERS = "/admin/accounts/user/"


@pytest.fixture
def staff(client: Client) -> User:
    user = make_user("staff@example.org", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def act(client: Client, action: str, *subscribers: Subscriber) -> Any:
    chosen = [str(subscriber.pk) for subscriber in subscribers]
    return client.post(SUBSCRIBERS, {"action": action, "_selected_action": chosen})


@pytest.mark.parametrize("model", ["user", "profile", "consent", "subscriber", "suppression", "outgoingmail"])
def test_every_list_opens_and_can_be_searched(client: Client, staff: User, model: str) -> None:
    Profile.objects.create(user=staff)
    Consent.objects.give(staff, ConsentKind.NEWSLETTER, words="Yes", words_version="1", at=NOON)
    make_subscriber()
    client.post("/newsletter/", {"email": "nadia@example.org"})
    address = f"/admin/accounts/{model}/"
    assert client.get(address).status_code == 200
    if model != "suppression":
        assert client.get(address, {"q": "example"}).status_code == 200


def test_staff_find_an_account_and_lock_it(client: Client, staff: User) -> None:
    nadia = make_user()
    assert "nadia@example.org" in client.get(USERS, {"q": "nadia"}).content.decode()
    client.post(f"{USERS}{nadia.pk}/change/", {"email": "Nadia@Example.org", "is_active": ""})
    nadia.refresh_from_db()
    assert (nadia.is_active, nadia.email) == (False, "nadia@example.org")


def test_staff_add_an_account(client: Client, staff: User) -> None:
    answers = {"email": "Editor@Example.org", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    client.post(f"{USERS}add/", answers)
    assert User.objects.get(email="editor@example.org").check_password(PASSWORD)


def test_no_account_is_added_or_left_without_an_address_by_hand(client: Client, staff: User) -> None:
    answers = {"email": "", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    assert "errorlist" in client.post(f"{USERS}add/", answers).content.decode()
    nadia = make_user()
    assert "errorlist" in client.post(f"{USERS}{nadia.pk}/change/", {"email": "", "is_active": "on"}).content.decode()
    assert User.objects.filter(email=None).count() == 0


def test_staff_lock_an_account_whose_address_is_not_proved(client: Client, staff: User) -> None:
    Client().post("/accounts/signup/", {"email": "nadia@example.org", "password1": PASSWORD})
    nadia = User.objects.get(email=None)
    client.post(f"{USERS}{nadia.pk}/change/", {"email": "", "is_active": ""})
    nadia.refresh_from_db()
    assert (nadia.is_active, nadia.email) == (False, None)


def test_an_account_erased_by_staff_goes_as_wholly_as_by_its_owner(client: Client, staff: User) -> None:
    nadia = make_user()
    make_subscriber("nadia@example.org")
    client.post(f"{USERS}{nadia.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=nadia.pk).exists()
    assert not Subscriber.objects.exists()


def test_nobody_is_signed_up_or_brought_back_by_hand(client: Client, staff: User) -> None:
    assert client.get(f"{SUBSCRIBERS}add/").status_code == 403
    walter = make_subscriber(status=SubscriberStatus.UNSUBSCRIBED)
    client.post(
        f"{SUBSCRIBERS}{walter.pk}/change/",
        {"status": "active", "topics": ["sleep"], "pace": "weekly", "language": "en"},
    )
    walter.refresh_from_db()
    assert (walter.status, walter.topics) == (SubscriberStatus.UNSUBSCRIBED, ["sleep"])


def test_the_confirmation_goes_again_to_those_still_waiting(client: Client, staff: User) -> None:
    waiting = make_subscriber("nadia@example.org", status=SubscriberStatus.PENDING, confirmed_at=None)
    act(client, "send_confirmation_again", waiting, make_subscriber())
    assert len(mail_to("nadia@example.org")) == 1
    assert not mail_to("walter@example.org")


def test_staff_unsubscribe_whoever_wrote_to_them(client: Client, staff: User) -> None:
    walter = make_subscriber()
    act(client, "unsubscribe", walter)
    walter.refresh_from_db()
    assert walter.status == SubscriberStatus.UNSUBSCRIBED


def test_the_csv_holds_the_proof_of_consent(client: Client, staff: User) -> None:
    answer = act(client, "export_csv", make_subscriber())
    [row] = csv.DictReader(StringIO(answer.getvalue().decode()))
    assert (row["email"], row["status"]) == ("walter@example.org", "active")
    assert row["consent_words"].startswith("Send me free tips")
    assert row["consent_at"] == str(NOON)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋"])
def test_no_cell_is_run_as_a_formula(start: str) -> None:
    assert cell(f"{start}cmd") == f"'{start}cmd"


def test_mail_is_shown_without_its_words(client: Client, staff: User) -> None:
    client.post("/newsletter/", {"email": "nadia@example.org"})
    mail = OutgoingMail.objects.get()
    page = client.get(f"/admin/accounts/outgoingmail/{mail.pk}/change/").content.decode()
    assert "nadia@example.org" in page
    assert "/newsletter/confirm/" not in page


def test_lists_ask_no_more_questions_for_more_rows(
    client: Client, staff: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        make_subscriber(f"person{number}@example.org")
    with django_assert_max_num_queries(11):
        client.get(SUBSCRIBERS)


def test_staff_log_in_where_everyone_does(client: Client) -> None:
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").url == "/accounts/login/?next=%2Fadmin%2F"


def test_whoever_is_not_staff_is_shown_nothing(client: Client) -> None:
    make_user()
    log_in(client)
    assert client.get("/admin/login/?next=/admin/").status_code == 403


def test_on_a_public_site_staff_need_a_second_step(client: Client, staff: User, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = True
    assert client.get(USERS).url == reverse("mfa_index")
    Authenticator.objects.create(user=staff, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get(USERS).url.startswith(reverse("mfa_reauthenticate"))


def make_staff(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    call_command("make_staff", *options)
    return capsys.readouterr().out


def test_the_first_staff_account_can_log_in_at_once(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    printed = make_staff(capsys)
    password = printed.split()[-1]
    assert "staff@example.org" in printed
    log_in(client, "staff@example.org", password)
    assert client.get("/admin/").status_code == 200


def test_there_is_a_first_staff_account_only_once(capsys: pytest.CaptureFixture[str]) -> None:
    make_staff(capsys)
    printed = make_staff(capsys, "--email", "other@example.org")
    assert "already" in printed
    assert "assword" not in printed
    assert User.objects.count() == 1


def test_an_account_that_exists_is_not_made_staff() -> None:
    make_user()
    with pytest.raises(CommandError, match=r"nadia@example.org has an account already"):
        call_command("make_staff", "--email", "nadia@example.org")
    with pytest.raises(CommandError, match=r"such as name@example.org"):
        call_command("make_staff", "--email", "nadia")
