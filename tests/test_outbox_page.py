from pathlib import Path
from typing import Any

import pytest
from django.core.mail import send_mail
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def laptop(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.SHOWS_OUTBOX = True


def write(subject: str, text: str = "Hello.") -> None:
    send_mail(subject, text, None, ["ada@example.org"])


def test_before_the_first_letter_the_page_says_how_to_get_one(client: Client) -> None:
    assert b"No letter has been written yet" in client.get("/outbox/").content


def test_the_newest_letter_is_on_top(client: Client) -> None:
    write("The first")
    write("The second")
    page = client.get("/outbox/").content.decode()
    assert page.index("The second") < page.index("The first")


def test_links_of_a_letter_can_be_followed(client: Client) -> None:
    write("Confirm", "Open http://localhost:8000/newsletter/confirm/abc/ to go on.")
    assert 'href="http://localhost:8000/newsletter/confirm/abc/"' in client.get("/outbox/").content.decode()


def test_a_letter_cannot_write_into_the_page(client: Client) -> None:
    write("<b>Subject</b>", "<script>alert(1)</script>")
    page = client.get("/outbox/").content
    assert b"<b>Subject" not in page
    assert b"<script>alert" not in page


def test_letters_in_other_scripts_stay_readable(client: Client) -> None:
    write("Ξεμπλέξιμο", "Aliento lento, año tras año.")
    page = client.get("/outbox/").content.decode()
    assert "Ξεμπλέξιμο" in page
    assert "año tras año" in page


def test_nobody_else_on_the_network_may_read_them(client: Client) -> None:
    write("A log-in code")
    assert client.get("/outbox/", REMOTE_ADDR="192.0.2.7").status_code == 404


def test_a_site_with_a_mail_server_has_no_such_page(client: Client, settings: Any) -> None:
    settings.SHOWS_OUTBOX = False
    assert client.get("/outbox/").status_code == 404
