import pytest
from django.conf import settings as django_settings
from django.test import Client, RequestFactory

from config.views import server_error, too_many_requests

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def visitor() -> Client:
    """Sees the page that a person would see, where a test would see the exception."""
    return Client(raise_request_exception=False)


@pytest.mark.django_db
def test_an_address_that_leads_nowhere_offers_ways_on(visitor: Client) -> None:
    answer = visitor.get("/no-such-page/")
    assert answer.status_code == 404
    assert b'href="/lessons/"' in answer.content
    assert b'href="/help-now/"' in answer.content


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/lessons/breathng/", "/lessons/breathing/"),
        ("/lessons/panic-attacks/", "/lessons/panic/"),
        ("/lesson/yoga", "/lessons/yoga/"),
        ("/practice/bodyscan/", "/practice/body-scan/"),
    ],
)
def test_a_mistyped_address_is_guessed(visitor: Client, library: None, typed: str, meant: str) -> None:
    answer = visitor.get(typed, follow=True)
    assert answer.status_code == 404
    assert f'href="{meant}"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/wp-login.php", "/lessons/zzzzqqqq/", f"/lessons/{'x' * 300}/", "/%E2%82%AC/"])
def test_an_address_like_none_of_ours_gets_no_guess(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert b"Did you mean" not in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "latin-1"])
@pytest.mark.parametrize("checks_csrf", [True, False])
def test_a_form_in_another_encoding_is_refused_and_breaks_nothing(charset: str, checks_csrf: bool) -> None:  # noqa: FBT001
    visitor = Client(raise_request_exception=False, enforce_csrf_checks=checks_csrf)
    visitor.get("/accounts/login/")
    answer = visitor.generic("POST", "/accounts/login/", b"login=x", content_type=f"{FORM}; charset={charset}")
    assert answer.status_code == 400
    assert b"We could not read what you sent" in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"--x\r\nbroken", "multipart/form-data", 400),
        (b"&".join(b"a%d=1" % number for number in range(1000)), FORM, 400),
        (b"a=" + b"x" * (django_settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), FORM, 413),
    ],
    ids=["no boundary", "too many fields", "too large"],
)
def test_a_form_that_cannot_be_read_is_refused(visitor: Client, body: bytes, kind: str, status: int) -> None:
    answer = visitor.post("/newsletter/", body, content_type=kind)
    assert answer.status_code == status
    assert b"We could not read what you sent" in answer.content


@pytest.mark.django_db
def test_another_host_name_is_refused(visitor: Client) -> None:
    answer = visitor.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert b"elsewhere.example" not in answer.content


@pytest.mark.django_db
def test_a_form_whose_token_ran_out_says_how_to_go_on() -> None:
    reader = Client(enforce_csrf_checks=True)
    reader.get("/accounts/login/")
    answer = reader.post("/accounts/login/", {"login": "ada@example.org"})
    assert answer.status_code == 403
    assert b"open for a long time" in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/intake/goal/", "/tools/worry-time/", "/accounts/signup/"])
def test_a_browser_that_keeps_no_cookie_is_told_that_and_not_sent_in_a_circle(address: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(address, {"login": "ada@example.org"})
    words = answer.content.decode()
    assert answer.status_code == 403
    assert "Your browser sent no cookie back" in words
    assert "open for a long time" not in words
    assert 'href="/help-now/"' in words


def test_whoever_asks_for_an_icon_at_its_old_place_gets_it(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert "favicon" in answer.headers["location"]
    assert "public" in answer.headers["cache-control"]


@pytest.mark.django_db
@pytest.mark.urls("tests.urls_that_break")
def test_a_forbidden_page_says_so(visitor: Client) -> None:
    answer = visitor.get("/forbid/")
    assert answer.status_code == 403
    assert b"not open to you" in answer.content


@pytest.mark.urls("tests.urls_that_break")
def test_a_fault_of_ours_shows_the_page_that_stands_alone(visitor: Client) -> None:
    answer = visitor.get("/break/")
    assert answer.status_code == 500
    assert b"It is not your fault" in answer.content
    assert b"always breaks" not in answer.content


def test_that_page_asks_nothing_of_the_database(rf: RequestFactory) -> None:
    """No test without a mark may reach the database, so this one would fail if the page did."""
    assert server_error(rf.get("/")).status_code == 500


@pytest.mark.django_db
def test_too_many_requests_say_when_to_come_back(rf: RequestFactory) -> None:
    answer = too_many_requests(rf.get("/"))
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
