"""An address, a code and a password are what the person meant, in any Unicode form, from any keyboard."""

import unicodedata
from typing import Literal

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.core.addresses import address_fault, normal_address
from accounts.core.typed import code_as_meant, password_everywhere, passwords_meant
from accounts.forms.account import ConfirmPasswordResetCodeForm
from accounts.members.hashers import LeanArgon2PasswordHasher
from tests.accounts.people import PASSWORD, make_user

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]
UNSEEN = "\u200b\u200e\u00ad\ufeff\u2060\u202a\u2069"
SPACES = f"{UNSEEN}\u00a0\u3000\t\n "
ZEROS = [
    sign for sign in map(chr, range(0x110000)) if unicodedata.category(sign) == "Nd" and unicodedata.digit(sign) == 0
]
"""One of each script that writes numbers in digits of its own."""

FORMS = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
LOCAL = st.text("abcdefghijklmnopqrstuvwxyz0123456789+-_", min_size=1, max_size=20)
LETTERS = st.text(
    st.characters(categories=["Ll"], max_codepoint=0x4FF, exclude_characters="ʼ"), min_size=1, max_size=12
)
TO_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(before=st.text(SPACES, max_size=4), after=st.text(SPACES, max_size=4), within=st.sampled_from(UNSEEN))
def test_an_address_with_unseen_signs_in_and_around_it_is_the_address(before: str, after: str, within: str) -> None:
    typed = f"{before}Nadia{within}@example.org{after}"
    assert address_fault(typed) is None
    assert normal_address(typed) == "nadia@example.org"


@pytest.mark.parametrize(
    "typed",
    [
        "<nadia@example.org>",
        "mailto:nadia@example.org?subject=hello",
        "nadia@example.org,",
        "\u201cnadia@example.org\u201d",
        "nadia＠example.org",
        "NADIA@EXAMPLE.ORG;",
    ],
)
def test_an_address_copied_with_what_stood_around_it_is_the_address(typed: str) -> None:
    assert address_fault(typed) is None
    assert normal_address(typed) == "nadia@example.org"


@given(WORDS)
def test_the_normal_form_of_an_address_is_its_own_normal_form(typed: str) -> None:
    assert normal_address(normal_address(typed)) == normal_address(typed)


@given(LOCAL, LETTERS, FORMS, FORMS)
@example("nadia", "bücher", "NFC", "NFD")
def test_an_address_is_one_mailbox_in_every_unicode_form(local: str, letters: str, one: Form, other: Form) -> None:
    address = f"{local}@{letters}.example"
    typed, pasted = unicodedata.normalize(one, address), unicodedata.normalize(other, address)
    assert normal_address(typed) == normal_address(pasted)
    assert address_fault(typed) == address_fault(pasted)


@given(LOCAL, LOCAL)
def test_an_address_in_full_width_signs_is_the_same_mailbox(local: str, domain: str) -> None:
    address = f"{local}@{domain}.example"
    assert normal_address(address.translate(TO_FULL_WIDTH)) == normal_address(address)


@given(
    code=st.text("0123456789", min_size=6, max_size=8),
    zero=st.sampled_from(ZEROS),
    form=FORMS,
    between=st.sampled_from(["", " ", "-", "\u2013", "\u00a0", "\u200b"]),
)
def test_a_code_is_read_however_it_was_typed_or_pasted(code: str, zero: str, form: Form, between: str) -> None:
    typed = f" {between.join(chr(ord(zero) + int(digit)) for digit in code)}.\u200f"
    assert code_as_meant(unicodedata.normalize(form, typed)) == code


def test_the_form_of_a_code_takes_it_with_spaces_and_cuts_nothing() -> None:
    form = ConfirmPasswordResetCodeForm({"code": "1234 5678"}, code="12345678")
    assert form.is_valid(), form.errors
    assert "maxlength" not in form.fields["code"].widget.attrs


@given(WORDS, st.sampled_from(["NFC", "NFD"]), st.sampled_from(["NFC", "NFD"]))
@example("contraseña muy larga", "NFC", "NFD")
@example("한글 비밀번호", "NFD", "NFC")
def test_a_password_opens_on_every_system_whichever_it_was_chosen_on(password: str, chosen: str, typed: str) -> None:
    kept = make_password(unicodedata.normalize(chosen, password))
    assert check_password(unicodedata.normalize(typed, password), kept)


@given(WORDS, st.sampled_from(["NFC", "NFD"]))
@example("contraseña", "NFD")
def test_a_hash_from_before_opens_with_what_was_typed_then(password: str, chosen: str) -> None:
    as_typed = unicodedata.normalize(chosen, password)
    before = super(LeanArgon2PasswordHasher, LeanArgon2PasswordHasher()).encode(as_typed, "a-salt-of-a-test")
    assert check_password(as_typed, before)
    assert check_password(unicodedata.normalize("NFC", as_typed), before)


@given(WORDS, WORDS)
def test_another_password_stays_another(one: str, other: str) -> None:
    if password_everywhere(one) not in passwords_meant(other) and not {*passwords_meant(one)} & {
        *passwords_meant(other)
    }:
        assert not check_password(other, make_password(one))


def test_capitals_and_spaces_within_a_password_count() -> None:
    kept = make_password("three brown Hares")
    assert check_password("three\u00a0brown\u3000Hares", kept)
    assert not check_password("three brown hares", kept)
    assert not check_password("threebrownHares", kept)


@pytest.mark.django_db
def test_somebody_logs_in_with_an_address_pasted_from_a_letter(client: Client) -> None:
    make_user()
    answer = client.post("/accounts/login/", {"login": "\u200b<Nadia@Example.org>\u00a0", "password": PASSWORD})
    assert answer.status_code == 302
