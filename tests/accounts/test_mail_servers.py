"""Each form of EMAIL_URL that `.env.example` documents sends a mail through a real server of that kind."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from config.machine.mail_settings import mail_server, mailbox, way_back
from tests.mail_server import Keeping
from tests.pgplugin import free_port

HERE = "127.0.0.1"
NAME, PASSWORD = "letters@example.org", "p@ss/word%"
IN_URL = "letters%40example.org:p%40ss%2Fword%25@"


pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # all of it is TLS there


def allow(server: Any, session: Any, envelope: Any, mechanism: str, told: Any) -> AuthResult:
    is_right = isinstance(told, LoginPassword) and (told.login, told.password) == (NAME.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)


@contextmanager
def server_of(kind: str, certificate: Path) -> Iterator[tuple[Keeping, int]]:
    """A server that speaks as the form of the address says, and takes nothing from who does not."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    # One way to log in is enough: who is refused tries no other, and hears why.
    tls = {"authenticator": allow, "auth_required": True, "auth_exclude_mechanism": ["LOGIN"]}
    spoken: dict[str, dict[str, Any]] = {
        "smtp": {},
        "submission": {"tls_context": context, "require_starttls": True, **tls},
        "smtps": {"ssl_context": context, "auth_require_tls": False, **tls},
    }
    keeping, port = Keeping(), free_port()
    controller = Controller(keeping, hostname=HERE, port=port, **spoken[kind])
    controller.start()
    try:
        yield keeping, port
    finally:
        controller.stop()


def use(settings: Any, url: str) -> None:
    for name, value in mail_server(url).items():
        setattr(settings, name, value)


@pytest.mark.parametrize(("kind", "who"), [("smtp", ""), ("submission", IN_URL), ("smtps", IN_URL)])
def test_a_mail_leaves_by_each_documented_form(
    kind: str, who: str, certificate: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    out = StringIO()
    with server_of(kind, certificate) as (keeping, port):
        use(settings, f"{kind}://{who}{HERE}:{port}")
        call_command("check_mail", "staff@example.org", stdout=out)
    assert [b"Subject: Unloop can send mail" in letter for letter in keeping.letters] == [True]
    assert f"Sent through {HERE}:{port}" in out.getvalue()


@pytest.mark.parametrize("kind", ["submission", "smtps"])
def test_a_server_that_nobody_vouches_for_gets_neither_name_nor_mail(
    kind: str, certificate: Path, settings: Any
) -> None:
    with server_of(kind, certificate) as (keeping, port):
        use(settings, f"{kind}://{IN_URL}{HERE}:{port}")
        with pytest.raises(CommandError, match="Not sent"):
            call_command("check_mail", "staff@example.org", stdout=StringIO())
    assert keeping.letters == []


def test_a_wrong_password_is_named_and_not_repeated(
    certificate: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with server_of("smtps", certificate) as (_keeping, port):
        use(settings, f"smtps://letters:guessed-word@{HERE}:{port}")
        with pytest.raises(CommandError, match="refused our name or password") as told:
            call_command("check_mail", "staff@example.org", stdout=StringIO())
    assert "guessed-word" not in str(told.value)


@pytest.mark.parametrize(("url", "port"), [("smtp://h", 25), ("submission://h", 587), ("smtps://h", 465)])
def test_each_form_has_its_own_port(url: str, port: int) -> None:
    assert mail_server(url)["EMAIL_PORT"] == port


@pytest.mark.parametrize(
    "url",
    [
        "smpt://me:secret-word@host",
        "mail.example.org",
        "smtp://",
        "smtps:///x",
        "https://me:secret-word@host",
        "smtps://me:secret-word@h:port",
    ],
)
def test_what_is_no_mail_server_is_named_at_once_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL") as told:
        mail_server(url)
    assert "secret-word" not in str(told.value)


def test_each_setting_that_names_a_server_is_named_by_its_own_name() -> None:
    with pytest.raises(ImproperlyConfigured, match="ALERTS_EMAIL_URL must be"):
        mail_server("mail.example.org", "ALERTS_EMAIL_URL")
    with pytest.raises(ImproperlyConfigured, match="The port in ALERTS_EMAIL_URL"):
        mail_server("smtp://h:port", "ALERTS_EMAIL_URL")


@pytest.mark.parametrize(
    "url", ["imap.example.org", "imaps://host", "imaps://me:secret-word@", "http://me:secret-word@h"]
)
def test_what_is_no_mailbox_is_named_at_once_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="BOUNCES_URL must be") as told:
        mailbox(url)
    assert "secret-word" not in str(told.value)
    with pytest.raises(ImproperlyConfigured, match="The port in BOUNCES_URL"):
        mailbox("imaps://me:secret-word@h:port")


@pytest.mark.parametrize("kind", ["imaps", "imap", "pop3s", "pop3"])
def test_each_documented_mailbox_is_one(kind: str) -> None:
    assert mailbox(f"{kind}://me:p%40ss@h:993/INBOX") == f"{kind}://me:p%40ss@h:993/INBOX"
    assert (mailbox(""), way_back(""), way_back("bounces@example.org")) == ("", "", "bounces@example.org")


@pytest.mark.parametrize("address", ["bounces", "@example.org", "bounces-of-all-the-letters-of-ours@example.org"])
def test_an_address_of_which_no_return_path_can_be_made_is_named(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="BOUNCE_ADDRESS must be"):
        way_back(address)


def test_without_a_mail_server_the_mail_is_a_file(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    out = StringIO()
    call_command("check_mail", "staff@example.org", stdout=out)
    assert "EMAIL_URL is not set" in out.getvalue()
    assert len(list(tmp_path.iterdir())) == 1
