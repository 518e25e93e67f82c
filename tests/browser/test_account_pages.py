"""The account and the letters in a real browser: open to everyone, and a passkey in place of a password."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from accounts.mail.links import Standing, standing_link
from accounts.models import SubscriberStatus, User
from tests.accounts.people import PASSWORD, make_subscriber, make_user
from tests.browser.watch import settled

PageAt = Callable[..., Page]
OWN = ["profile", "email", "password/change", "data", "data/erase", "2fa", "2fa/totp/activate", "2fa/webauthn/add"]
A_PASSKEY_OF_THE_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def log_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email address").fill("nadia@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url("**/today/")


def confirm_it_is_me(page: Page) -> None:
    page.goto("/accounts/reauthenticate/?next=/accounts/2fa/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/accounts/2fa/")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_the_pages_of_an_account_are_open_to_everyone(
    page_at: PageAt, axe: Callable[[Page], None], width: int, scheme: str
) -> None:
    make_user()
    page = page_at(width, scheme)
    log_in(page)
    confirm_it_is_me(page)
    for name in OWN:
        page.goto(f"/accounts/{name}/")
        axe(settled(page))


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_the_pages_behind_a_letter_are_open_to_everyone(
    page_at: PageAt, axe: Callable[[Page], None], width: int, scheme: str
) -> None:
    walter = make_subscriber()
    waiting = make_subscriber("nadia@example.org", status=SubscriberStatus.PENDING, confirmed_at=None)
    page = page_at(width, scheme)
    addresses = [standing_link(each, purpose) for each in (walter, waiting) for purpose in Standing]
    for address in [*addresses, "/newsletter/received/", "/newsletter/confirm/no-such-link/"]:
        page.goto(address)
        axe(settled(page))


def test_forms_that_were_refused_are_open_to_everyone(page: Page, axe: Callable[[Page], None]) -> None:
    for address, button in (
        ("/newsletter/", "Send me tips"),
        ("/accounts/signup/", "Sign up"),
        ("/accounts/login/", "Log in"),
    ):
        page.goto(address)
        page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
        page.get_by_role("alert").wait_for()
        assert page.title().startswith("Error:")
        axe(settled(page))


def test_a_passkey_opens_the_account_without_a_password(page: Page, axe: Callable[[Page], None]) -> None:
    make_user()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": A_PASSKEY_OF_THE_DEVICE})
    log_in(page)
    confirm_it_is_me(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("heading", name="Your recovery codes").or_(
        page.get_by_role("heading", name="Your passkeys")
    ).wait_for()
    for name in ("2fa", "2fa/webauthn", "2fa/recovery-codes"):
        page.goto(f"/accounts/{name}/")
        axe(settled(page))
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Log out").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Log in").click()
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url("**/today/")
    page.goto("/accounts/profile/")
    assert page.get_by_role("heading", name="Your profile").is_visible()
    assert User.objects.count() == 1
