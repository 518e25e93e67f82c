"""DKIM, for an operator whose mail server does not sign: checked as a receiver does."""

from io import StringIO
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.management import call_command
from django.test import override_settings
from dkim.canonicalization import Relaxed
from hypothesis import given
from hypothesis import strategies as st

from accounts.mail import outgoing
from accounts.mail.dkim_signature import relaxed, sign
from tests.accounts.people import make_subscriber
from tests.accounts.rounds import Clock, make_edition, send_due
from tests.accounts.test_sending_mail import make_mail
from tests.mail_server import Keeping, keeping_server

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def kept(settings: Any, key: rsa.RSAPrivateKey) -> Any:
    settings.DKIM_SELECTOR, settings.DKIM_DOMAIN = "letters", "example.org"
    settings.DKIM_KEY = pem_of(key, serialization.PrivateFormat.TraditionalOpenSSL)
    with keeping_server() as (kept, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield kept


def pem_of(key: rsa.RSAPrivateKey, form: serialization.PrivateFormat) -> str:
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def is_signed(content: bytes, key: rsa.RSAPrivateKey) -> bool:
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    body = b"".join(public.splitlines()[1:-1])
    return bool(dkim.verify(content, dnsfunc=lambda name, timeout=5: b"v=DKIM1; k=rsa; p=" + body))


def signed_headers(content: bytes) -> set[str]:
    signature = content.partition(b"\r\n\r\n")[0].decode().replace("\r\n ", " ").split("DKIM-Signature:")[1]
    names = next(part for part in signature.split(";") if part.strip().startswith("h="))
    return {name.strip().lower() for name in names.partition("=")[2].split(":")}


def test_a_letter_is_signed_with_the_headers_of_its_button(kept: Keeping, key: rsa.RSAPrivateKey) -> None:
    make_subscriber()
    make_edition()
    send_due(Clock())
    [content] = kept.letters
    assert is_signed(content, key)
    assert {"list-unsubscribe", "list-unsubscribe-post", "from", "to", "subject", "message-id"} <= signed_headers(
        content
    )


def test_a_changed_letter_does_not_pass(kept: Keeping, key: rsa.RSAPrivateKey) -> None:
    make_subscriber()
    make_edition()
    send_due(Clock())
    [content] = kept.letters
    assert not is_signed(content.replace(b"List-Unsubscribe: <http", b"List-Unsubscribe: <https"), key)
    assert not is_signed(content.replace(b"Hello", b"Hullo"), key)


def test_the_other_mail_of_the_site_is_signed_too(kept: Keeping, key: rsa.RSAPrivateKey) -> None:
    mail = make_mail()
    outgoing.deliver(mail.pk, at=mail.due_at)
    assert is_signed(kept.letters[0], key)


def test_a_mail_to_try_the_server_is_signed_too(kept: Keeping, key: rsa.RSAPrivateKey) -> None:
    call_command("check_mail", "you@example.org", stdout=StringIO())
    assert is_signed(kept.letters[0], key)


def test_a_key_in_the_newer_form_signs_as_well(kept: Keeping, key: rsa.RSAPrivateKey, settings: Any) -> None:
    settings.DKIM_KEY = pem_of(key, serialization.PrivateFormat.PKCS8)
    mail = make_mail()
    outgoing.deliver(mail.pk, at=mail.due_at)
    assert is_signed(kept.letters[0], key)


@given(pieces=st.lists(st.sampled_from([b"\r\n", b" ", b"\t", b"  ", b"a", b" \r\n", b"\r\n\r\n"]), max_size=12))
def test_a_body_is_read_as_the_library_reads_it(pieces: list[bytes]) -> None:
    body = b"".join(pieces)
    assert relaxed(body) == Relaxed.canonicalize_body(body)


@given(values=st.lists(st.text(st.characters(codec="ascii", exclude_characters="\r\n"), max_size=80), max_size=5))
def test_whatever_the_headers_and_the_body_the_signature_holds(key: rsa.RSAPrivateKey, values: list[str]) -> None:
    names = ("From", "Subject", "Reply-To", "List-Id", "X-Other")
    head = "".join(f"{name}: {value}\r\n" for name, value in zip(names, ["a@example.org", *values], strict=False))
    pem = pem_of(key, serialization.PrivateFormat.TraditionalOpenSSL)
    with override_settings(DKIM_KEY=pem, DKIM_SELECTOR="letters", DKIM_DOMAIN="example.org"):
        signed = sign(f"{head}\r\n{'  '.join(values)}\r\n\r\n".encode())
    assert is_signed(signed, key)
