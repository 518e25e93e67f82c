"""Who came in, who was refused and what changed leaves a line in the log, and no line says who it was."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.guard.marks import account_mark, address_mark
from tests.accounts.people import PASSWORD, code_sent_to, log_in, make_user

pytestmark = pytest.mark.django_db

NEW = "nine loud sparrows sing"


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Any:
    caplog.set_level("INFO", "unloop.accounts")
    yield lambda: [record.getMessage() for record in caplog.records]
    assert "nadia" not in caplog.text
    assert "herons" not in caplog.text


def change_password(client: Client, **wrong: str) -> Any:
    told = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW, **wrong}
    return client.post(reverse("account_change_password"), told)


def test_a_log_in_a_new_password_and_a_log_out(client: Client, lines: Any) -> None:
    mark = account_mark(make_user().pk)
    log_in(client)
    change_password(client)
    client.post(reverse("account_logout"))
    said = "\n".join(lines())
    for happened in (f"{mark} logged in", f"{mark} has a new password", f"{mark} logged out"):
        assert happened in said


def test_a_form_that_is_refused_says_its_page_and_its_fields(client: Client, lines: Any) -> None:
    make_user()
    log_in(client)
    change_password(client, oldpassword="not my herons")
    assert "A form was refused: account_change_password (oldpassword)." in lines()


def test_too_many_tries(client: Client, lines: Any) -> None:
    make_user()
    for _ in range(7):
        log_in(client, password="not this one at all")
    assert any(line.startswith(f"Too many tries: address {address_mark('nadia@example.org')}") for line in lines())


def test_a_wrong_code_and_the_right_one(client: Client, lines: Any) -> None:
    client.post("/accounts/signup/", {"email": "nadia@example.org", "password1": PASSWORD})
    code = code_sent_to("nadia@example.org")
    client.post("/accounts/confirm-email/", {"code": "0000-0000" if code != "0000-0000" else "1111-1111"})
    client.post("/accounts/confirm-email/", {"code": code})
    said = "\n".join(lines())
    assert "another was typed" in said
    assert "proved its address" in said
    assert "logged in" in said
