"""Who is logged in comes in one answer with their session, and nobody is let in by it who would not be without it."""

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore as PlainSessions
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.backends import CAME_ALONG, WITH_PROFILE, MemberBackend
from accounts.guard.session_store import BY_KEY, SessionStore
from accounts.middleware import WhoIsLoggedIn
from accounts.models import OpenSession, Profile, User
from tests.accounts.people import log_in, make_user

pytestmark = pytest.mark.django_db

PAGE = "/accounts/data/"


@pytest.fixture
def nadia(client: Client) -> User:
    return logged_in(client, "nadia@example.org", "Nadia")


@pytest.fixture
def walter() -> User:
    return make_user("walter@example.org")


def logged_in(client: Client, email: str, name: str) -> User:
    user = make_user(email)
    Profile.objects.create(user=user, name=name)
    log_in(client, email)
    return user


def a_request(client: Client, store: Any = SessionStore) -> HttpRequest:
    """As it stands when it has passed the middleware, and nobody has looked who sends it."""
    request = RequestFactory().get("/")
    request.session = store(client.cookies["sessionid"].value)
    WhoIsLoggedIn(lambda _: HttpResponse()).process_request(request)
    return request


def asked_about_accounts(look: Callable[[], Any]) -> list[str]:
    """The first table of each question that names accounts."""
    with CaptureQueriesContext(connection) as asked:
        look()
    naming = [query["sql"] for query in asked.captured_queries if '"accounts_user"' in query["sql"]]
    return [sql.split(' FROM "')[1].split('"')[0] for sql in naming]


def all_of(user: User) -> dict[str, Any]:
    """All that an object of an account holds, and its profile, and where both came from."""
    profile = user._state.fields_cache["profile"]
    return {
        **vars(user),
        "_state": (user._state.adding, user._state.db, sorted(user._state.fields_cache)),
        "profile": profile and {**vars(profile), "_state": (profile._state.adding, profile._state.db)},
        "of profile": profile and profile._state.fields_cache["user"] is user,
    }


# --- Asked for once ----------------------------------------------------------------------------------


def test_a_page_of_a_member_asks_for_the_account_once_and_with_the_session(client: Client, nadia: User) -> None:
    request = a_request(client)
    assert asked_about_accounts(lambda: request.user.profile.name) == ["django_session"]
    assert request.user == nadia
    assert asked_about_accounts(lambda: client.get("/lessons/")) == ["django_session"]


@pytest.mark.parametrize("names", [["Nadia"], []])
def test_what_came_along_is_in_every_way_what_asking_for_it_gives(
    client: Client, nadia: User, names: list[str]
) -> None:
    """For whoever has no profile yet, too."""
    Profile.objects.exclude(name__in=names).delete()
    asked = MemberBackend().get_user(nadia.pk)
    request = a_request(client)
    assert request.user.is_authenticated
    came = vars(request)["_cached_user"]
    assert asked
    assert all_of(came) == all_of(asked)
    assert hasattr(came, "profile") == bool(names)


def test_every_column_of_an_account_is_brought_along() -> None:
    """In the order in which the log-in backend asks for them."""

    def columns(question: Any) -> list[str]:
        return [one[0].alias + "." + one[0].target.column for one in question._made().compiler.select]

    brought = [name.replace("accounts_opensession.user_id", "accounts_user.id") for name in columns(BY_KEY)]
    assert brought == ["django_session.session_data", *columns(WITH_PROFILE), "coaching_person.id"]


def test_a_session_of_which_no_line_is_kept_is_still_that_of_its_account(client: Client, nadia: User) -> None:
    OpenSession.objects.all().delete()
    request = a_request(client)
    assert asked_about_accounts(lambda: request.user.pk) == ["django_session", "accounts_user"]
    assert request.user == nadia
    assert client.get(PAGE).status_code == 200


def test_a_line_that_names_another_account_lets_nobody_in_as_that_one(
    client: Client, nadia: User, walter: User
) -> None:
    OpenSession.objects.update(user=walter)
    assert a_request(client).user == nadia


def test_a_visitors_session_comes_and_belongs_to_no_account(client: Client) -> None:
    session = client.session
    session["place"] = "here"
    session.save()
    client.cookies["sessionid"] = str(session.session_key)
    request = a_request(client)
    assert asked_about_accounts(lambda: request.user.is_authenticated) == ["django_session"]
    assert not request.user.is_authenticated
    assert request.session["place"] == "here"


def test_a_session_that_is_kept_in_another_way_has_its_account_asked_for(client: Client, nadia: User) -> None:
    assert a_request(client, PlainSessions).user == nadia


def test_the_way_without_threads_asks_as_before(client: Client, nadia: User) -> None:
    request = a_request(client)
    assert async_to_sync(request.auser)() == nadia


# --- Nobody gets in by it ----------------------------------------------------------------------------


def test_two_people_at_once_in_one_thread_never_get_one_another(client: Client, nadia: User) -> None:
    other = Client()
    walter = logged_in(other, "walter@example.org", "Walter")
    of_nadia, of_walter = a_request(client), a_request(other)
    for request in (of_nadia, of_walter):
        request.session.get("both are read before anybody looks who sends them")
    assert (of_walter.user, of_nadia.user) == (walter, nadia)
    assert (of_walter.user.profile.name, of_nadia.user.profile.name) == ("Walter", "Nadia")


def test_who_is_worked_out_in_the_midst_of_another_changes_nothing_for_either(client: Client, nadia: User) -> None:
    other = Client()
    walter = logged_in(other, "walter@example.org", "Walter")
    inner = a_request(other)

    class Interrupted(SessionStore):
        key_salt = SessionStore().key_salt  # else it could not read what the other kind has sealed

        def load(self) -> dict[str, Any]:
            held = super().load()
            assert inner.user == walter
            return held

    outer = a_request(client, Interrupted)
    assert asked_about_accounts(lambda: outer.user.pk) == ["django_session", "django_session"]
    assert (outer.user, inner.user) == (nadia, walter)


def test_who_was_worked_out_is_there_for_that_one_request_alone(client: Client, nadia: User) -> None:
    assert a_request(client).user == nadia
    assert CAME_ALONG.get() is None
    User.objects.update(email="new@example.org")
    assert MemberBackend().get_user(nadia.pk).email == "new@example.org"
    assert a_request(client).user.email == "new@example.org"


def test_nothing_is_left_behind_where_the_session_cannot_be_read(client: Client, nadia: User) -> None:
    class Broken(SessionStore):
        def load(self) -> dict[str, Any]:
            raise OSError("no such place")

    with pytest.raises(OSError, match="no such place"):
        bool(a_request(client, Broken).user)
    assert CAME_ALONG.get() is None


def lock(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def change_password(user: User) -> None:
    user.set_password("nine loud sparrows sing")
    user.save()


def end_log_ins(user: User) -> None:
    User.objects.filter(pk=user.pk).update(session_epoch=7)


@pytest.mark.parametrize("happens", [lock, change_password, end_log_ins, User.delete])
def test_who_may_be_in_no_longer_is_out_at_the_next_request(
    client: Client, nadia: User, happens: Callable[[User], Any]
) -> None:
    assert client.get(PAGE).status_code == 200
    happens(nadia)
    assert not a_request(client).user.is_authenticated
    assert client.get(PAGE).status_code == 302


def test_what_came_is_taken_once_and_asked_for_from_then_on(client: Client, nadia: User) -> None:
    request = a_request(client)
    assert request.user.is_authenticated
    lock(nadia)
    del vars(request)["_cached_user"]
    WhoIsLoggedIn(lambda _: HttpResponse()).process_request(request)
    assert not request.user.is_authenticated


def test_whoever_else_asks_for_the_account_of_a_session_is_told_how_it_stands_now(client: Client, nadia: User) -> None:
    request = a_request(client)
    request.session.get("it is read here")
    lock(nadia)
    assert not get_user(request).is_authenticated


def test_under_another_key_the_account_is_asked_for_anew(client: Client, nadia: User) -> None:
    request = a_request(client)
    request.session.get("it is read under the old key")
    request.session.cycle_key()
    User.objects.update(email="new@example.org")
    assert request.user.email == "new@example.org"


def test_a_session_that_was_emptied_is_nobodys(client: Client, nadia: User) -> None:
    request = a_request(client)
    request.session.get("it is read before")
    request.session.flush()
    assert not request.user.is_authenticated
    assert not a_request(client).user.is_authenticated


def test_a_session_that_is_over_is_nobodys(client: Client, nadia: User) -> None:
    OpenSession.objects.get().session.delete()
    request = a_request(client)
    assert not request.user.is_authenticated
    assert request.session.session_key is None


def test_who_logs_in_where_somebody_was_is_themselves_from_then_on(client: Client, nadia: User, walter: User) -> None:
    client.force_login(walter)
    assert a_request(client).user == walter
    assert client.get(PAGE).wsgi_request.user == walter
