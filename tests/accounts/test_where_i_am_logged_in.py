import pytest
from django.contrib.sessions.backends.db import SessionStore as PlainSessions
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.signing import JSONSerializer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.core.devices import device_of
from accounts.guard.session_store import SessionStore
from accounts.models import OpenSession, StaffAct, User
from tests.accounts.people import PASSWORD, code_sent_to, log_in, make_user

pytestmark = pytest.mark.django_db

PAGE = "/accounts/log-ins/"
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


@pytest.fixture
def nadia(client: Client) -> User:
    user = make_user()
    log_in(client)
    return user


def on_phone() -> Client:
    phone = Client(headers={"User-Agent": FIREFOX})
    log_in(phone)
    return phone


def is_in(client: Client) -> bool:
    return client.get("/accounts/data/").status_code == 200


def test_the_page_lists_each_log_in_by_its_kind_of_device(client: Client, nadia: User) -> None:
    on_phone()
    make_user("walter@example.org")
    log_in(Client(headers={"User-Agent": "Mozilla/5.0 (iPad) Safari/604.1"}), "walter@example.org")
    page = client.get(PAGE).content.decode()
    assert "Firefox on Android" in page
    assert "iPad" not in page
    assert (page.count("End this one"), page.count("· this one")) == (1, 1)


def test_one_can_be_ended(client: Client, nadia: User) -> None:
    phone = on_phone()
    number = OpenSession.objects.get(device="Firefox on Android").pk
    client.post(f"{PAGE}end/", {"number": number})
    assert (is_in(client), is_in(phone)) == (True, False)


def test_nobody_ends_a_log_in_of_somebody_else(client: Client, nadia: User) -> None:
    make_user("walter@example.org")
    walter = Client()
    log_in(walter, "walter@example.org")
    number = OpenSession.objects.get(user__email="walter@example.org").pk
    for asked in (number, "x", "", "9" * 40):
        client.post(f"{PAGE}end/", {"number": asked})
    assert is_in(walter)


def test_all_others_can_be_ended(client: Client, nadia: User) -> None:
    phone = on_phone()
    client.post(f"{PAGE}end-others/")
    assert (is_in(client), is_in(phone)) == (True, False)


def test_all_can_be_ended(client: Client, nadia: User) -> None:
    phone = on_phone()
    assert client.post(f"{PAGE}end-all/").url == reverse("coaching:home")
    assert (is_in(client), is_in(phone)) == (False, False)


def test_ending_all_reaches_a_log_in_of_which_no_line_was_kept(client: Client, nadia: User) -> None:
    """As every one from before this page was there."""
    phone = on_phone()
    OpenSession.objects.filter(device="Firefox on Android").delete()
    client.post(f"{PAGE}end-others/")
    assert (is_in(client), is_in(phone)) == (True, False)


def test_staff_can_end_all_log_ins_of_somebody(client: Client, nadia: User) -> None:
    staff = Client()
    staff.force_login(make_user("staff@example.org", is_staff=True, is_superuser=True))
    staff.post("/admin/accounts/user/", {"action": "end_log_ins", "_selected_action": [str(nadia.pk)]})
    assert not is_in(client)
    assert StaffAct.objects.filter(what="Ended all log-ins", whom=f"user {nadia.pk}").exists()
    log_in(client)
    assert is_in(client)


def test_a_line_goes_with_its_session(client: Client, nadia: User) -> None:
    client.post(reverse("account_logout"))
    assert not OpenSession.objects.exists()


def test_a_new_password_ends_the_others_and_keeps_this_one(client: Client, nadia: User) -> None:
    phone = on_phone()
    new = "nine loud sparrows sing"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_in(client), is_in(phone)) == (True, False)


def test_a_password_replaced_by_a_mailed_code_ends_them_all_in_the_browser_that_asked_too(
    client: Client, nadia: User
) -> None:
    phone, new = on_phone(), "nine loud sparrows sing"
    client.post("/accounts/password/reset/", {"email": nadia.email})
    client.post("/accounts/password/reset/confirm/", {"code": code_sent_to(nadia.email)})
    assert (is_in(client), is_in(phone)) == (True, True)
    client.post("/accounts/password/reset/complete/", {"password1": new, "password2": new})
    assert (is_in(client), is_in(phone)) == (False, False)
    assert User.objects.get().check_password(new)


def test_a_page_asks_no_question_for_the_list(client: Client, nadia: User) -> None:
    """It is there by which account a session comes with, in the question for the session."""
    with CaptureQueriesContext(connection) as asked:
        client.get("/accounts/data/")
    [naming] = [query["sql"] for query in asked.captured_queries if "opensession" in query["sql"]]
    assert ' FROM "django_session" ' in naming


def test_what_a_session_holds_is_sealed(client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": "nadia@example.org"})
    [row] = Session.objects.all()
    plain = signing.loads(row.session_data, salt="django.contrib.sessions.SessionStore", serializer=Bytes)
    assert b"nadia" not in plain
    assert "nadia@example.org" in str(row.get_decoded())


class Bytes:
    def loads(self, data: bytes) -> bytes:
        return data


def test_a_session_from_before_is_read_as_it_is(client: Client) -> None:
    old = PlainSessions()
    old.serializer = JSONSerializer
    old["person"] = "abc"
    old.save()
    now = SessionStore(old.session_key)
    assert now["person"] == "abc"
    now["more"] = 1
    now.save()
    assert SessionStore(old.session_key)["person"] == "abc"


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (FIREFOX, "Firefox on Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140.0 Safari/537 Edg/140.0", "Edge on Windows"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_named_in_two_plain_words(agent: str, said: str) -> None:
    assert device_of(agent) == said
