"""The rules for addresses, called straight."""

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from hypothesis import given
from hypothesis import strategies as st

from accounts.core.addresses import (
    MAIL_SYSTEM,
    MAX_LENGTH,
    NOT_AN_ADDRESS,
    NOT_ASCII,
    PASSING,
    TOO_LONG,
    address_fault,
    is_shared,
    letter_address_fault,
    normal_address,
    passing_domains,
)


@pytest.mark.parametrize(
    "address",
    [
        "nadia@example.org",
        "nadia.khan+tips@mail.example.co.uk",
        "o'neil_99@example.org",
        "nadia@bücher.example",
        "nadia@例え.テスト",
        "n@e.io",
        "n" * 64 + "@example.org",
    ],
)
def test_what_people_really_have_is_accepted(address: str) -> None:
    assert address_fault(address) is None


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("", NOT_AN_ADDRESS),
        ("@", NOT_AN_ADDRESS),
        ("nadia@", NOT_AN_ADDRESS),
        ("@example.org", NOT_AN_ADDRESS),
        ("nadia@example", NOT_AN_ADDRESS),
        ("nadia@example..org", NOT_AN_ADDRESS),
        (".nadia@example.org", NOT_AN_ADDRESS),
        ("nadia khan@example.org", NOT_AN_ADDRESS),
        ("nadia@example.org.", NOT_AN_ADDRESS),
        ("nadia@-example.org", NOT_AN_ADDRESS),
        ("nadia@127.0.0.1", NOT_AN_ADDRESS),
        ("Nadia <nadia@example.org>", NOT_AN_ADDRESS),
        ("nadia@example.org\x00", NOT_AN_ADDRESS),
        ("надя@example.org", NOT_ASCII),
        ("n" * 65 + "@example.org", TOO_LONG),
        ("n@" + "e" * 260 + ".org", TOO_LONG),
    ],
)
def test_what_cannot_be_an_address_is_refused(address: str, fault: str) -> None:
    assert address_fault(address) == fault


@pytest.mark.parametrize("domain", ["yopmail.com", "YOPMAIL.com", "mail.yopmail.com", "nadia.guerrillamail.com"])
def test_a_passing_mailbox_is_refused_for_letters_only(domain: str) -> None:
    assert address_fault(f"nadia@{domain}") is None
    assert letter_address_fault(f"nadia@{domain}") == PASSING


def test_the_list_of_passing_mailboxes_is_one_that_others_keep() -> None:
    assert len(passing_domains()) > 5000
    kept = "gmail.com outlook.com proton.me icloud.com duck.com mozmail.com privaterelay.appleid.com gmx.de".split()
    assert not passing_domains().intersection(kept)


def test_a_domain_that_only_sounds_like_a_passing_one_is_accepted() -> None:
    assert letter_address_fault("nadia@notyopmail.com") is None


@pytest.mark.parametrize("name", ["postmaster", "MAILER-DAEMON", "no-reply", "abuse"])
def test_a_mailbox_of_a_mail_system_is_refused(name: str) -> None:
    assert address_fault(f"{name}@example.org") == MAIL_SYSTEM


@pytest.mark.parametrize(
    ("name", "shared"), [("info", True), ("Support", True), ("nadia", False), ("nadia.info", False)]
)
def test_a_mailbox_that_several_people_read_is_known_by_its_name(name: str, *, shared: bool) -> None:
    assert is_shared(f"{name}@example.org") is shared
    assert letter_address_fault(f"{name}@example.org") is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nadia@Example.ORG", "nadia@example.org"),
        ("nadia@BÜCHER.example", "nadia@xn--bcher-kva.example"),
        ("nadia@straße.example", "nadia@xn--strae-oqa.example"),
        ("nadia@例え。テスト", "nadia@xn--r8jz45g.xn--zckzah"),
    ],
)
def test_one_mailbox_has_one_form_in_any_case_and_script(typed: str, kept: str) -> None:
    assert normal_address(typed) == kept


@pytest.mark.parametrize(
    "end", ["\r\nBcc: mateo@example.org", "\nX: y", "%0aBcc:mateo@example.org", "\u2028x", "\x0bx"]
)
def test_no_address_carries_a_header_along(end: str) -> None:
    assert address_fault(f"nadia@example.org{end}") == NOT_AN_ADDRESS
    assert address_fault(f"nadia{end}@example.org") in (NOT_AN_ADDRESS, NOT_ASCII)


@given(st.text(max_size=300))
def test_no_text_breaks_the_rules_and_none_that_passes_can_carry_a_header(text: str) -> None:
    normal = normal_address(text)
    assert normal == normal_address(normal)
    if address_fault(text) is None:
        assert normal.isascii() and normal == normal.lower() and len(normal) <= MAX_LENGTH
        assert not set(normal) & set(' \r\n\t"<>()[],;:\\')


@given(st.emails())
def test_nothing_passes_that_the_framework_would_refuse(address: str) -> None:
    if address_fault(address) is None:
        try:
            validate_email(normal_address(address))
        except ValidationError as error:
            raise AssertionError(address) from error
