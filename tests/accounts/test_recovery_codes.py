"""Recovery codes are shown once and kept as hashes that are sealed; old ones go on working, each once."""

import json
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts import resealing, tasks
from accounts.guard import recovery_codes
from accounts.guard.session_store import SessionStore
from accounts.models import User
from accounts.sealing import is_current, is_sealed
from tests.accounts.people import confirm_it_is_me, log_in, make_user

pytestmark = pytest.mark.django_db

PAGE, SECRET = "/accounts/2fa/recovery-codes/", "JBSWY3DPEHPK3PXP"
OTHER = "other:" + "QUFB" * 10 + "QUE="


@pytest.fixture
def nadia() -> User:
    return make_user()


@pytest.fixture
def codes(nadia: User) -> list[str]:
    TOTP.activate(nadia, SECRET)
    return RecoveryCodes.activate(nadia).get_unused_codes()


@pytest.fixture
def inside(client: Client, nadia: User) -> Client:
    log_in(client)
    confirm_it_is_me(client)
    return client


def row(kind: str = "recovery_codes") -> Authenticator:
    return Authenticator.objects.get(type=kind)


def use(code: str) -> bool:
    return row().wrap().validate_code(code)


# --- Shown once ---


def test_the_page_shows_them_once_and_never_again(inside: Client, codes: list[str]) -> None:
    first, second = (inside.get(PAGE).content.decode() for _ in range(2))
    assert all(code in first for code in codes)
    assert not any(code in second for code in codes)
    assert "10 of 10 are left" in " ".join(second.split())
    assert "no copy that can be read" in second


def test_no_other_address_gives_them(inside: Client, codes: list[str]) -> None:
    assert inside.get(reverse("mfa_download_recovery_codes")).url == reverse("mfa_view_recovery_codes")
    assert reverse("mfa_view_recovery_codes") == PAGE
    page = inside.get(PAGE).content.decode()
    assert all(code in page for code in codes)


def test_a_stranger_is_led_to_the_log_in(client: Client, codes: list[str]) -> None:
    assert "/accounts/login/" in client.get(PAGE).url


# --- As they lie there ---


def test_from_then_on_the_database_holds_neither_seed_nor_code(inside: Client, codes: list[str]) -> None:
    inside.get(PAGE)
    kept = row().data
    assert set(kept) == {"migrated_codes", "viewed_at"}
    assert len(kept["migrated_codes"]) == len(codes)
    assert all(is_sealed(each) for each in kept["migrated_codes"])
    opened = [recovery_codes.open_seed(each) for each in kept["migrated_codes"]]
    assert not set(codes) & {str.__str__(each) for each in opened}
    assert all(not str.__str__(each).isdigit() for each in opened)


def test_each_works_once_and_no_other_does(inside: Client, codes: list[str]) -> None:
    inside.get(PAGE)
    assert use(codes[3])
    assert not use(codes[3])
    assert use(codes[0])
    assert not use("00000000")
    assert len(row().data["migrated_codes"]) == len(codes) - 2
    hashes = [str.__str__(recovery_codes.open_seed(each)) for each in row().data["migrated_codes"]]
    assert not any(use(each) for each in hashes)


def test_one_lets_in_at_the_log_in(inside: Client, codes: list[str]) -> None:
    inside.get(PAGE)
    browser = Client()
    log_in(browser)
    assert browser.post("/accounts/2fa/authenticate/", {"code": "00000000"}).status_code == 422
    browser.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert "_auth_user_id" in browser.session


def test_what_was_used_before_stays_used(inside: Client, codes: list[str]) -> None:
    assert use(codes[2])
    inside.get(PAGE)
    assert not use(codes[2])
    assert "9 of 10 are left" in " ".join(inside.get(PAGE).content.decode().split())


# --- From before ---


def test_codes_that_were_shown_before_are_hashed_by_a_worker_and_work_once(codes: list[str]) -> None:
    held = row()
    held.wrap().mark_as_viewed()
    assert use(codes[1])
    tasks.forget_what_is_over.func()
    assert "seed" not in row().data
    assert not use(codes[1])
    assert use(codes[0])
    assert not use(codes[0])


def test_codes_that_nobody_has_seen_stay_until_they_are_shown(codes: list[str]) -> None:
    tasks.forget_what_is_over.func()
    assert row().wrap().get_unused_codes() == codes
    assert SECRET not in json.dumps(row("totp").data)


def test_without_time_left_nothing_is_hashed(codes: list[str]) -> None:
    row().wrap().mark_as_viewed()
    recovery_codes.forget_what_was_shown(lambda: False)
    assert "seed" in row().data


def in_clear(nadia: User) -> None:
    """As the library wrote them before seeds were sealed."""
    for kind, data in (("totp", {"secret": SECRET}), ("recovery_codes", {"seed": "5eed" * 20, "used_mask": 0})):
        Authenticator.objects.create(user=nadia, type=kind, data=data)


def test_seeds_in_clear_are_sealed_by_the_migration(nadia: User, monkeypatch: pytest.MonkeyPatch) -> None:
    in_clear(nadia)
    codes = row().wrap().get_unused_codes()
    step = import_module("accounts.migrations.0025_seal_second_steps")
    monkeypatch.setattr(step, "BATCH", 1)
    step.seal_all(apps, None)
    kept = row("totp").data["secret"], row().data["seed"]
    assert all(is_sealed(each) and is_current(each) for each in kept)
    assert row("totp").wrap().instance.data and recovery_codes.open_seed(kept[0]) == SECRET
    assert row().wrap().get_unused_codes() == codes
    step.seal_all(apps, None)
    assert (row("totp").data["secret"], row().data["seed"]) == kept


# --- A new key ---


def resealed() -> str:
    told = StringIO()
    call_command("reseal", stdout=told)
    return told.getvalue()


def test_a_new_key_seals_second_steps_anew(
    inside: Client, codes: list[str], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing, "BATCH", 1)
    inside.get(PAGE)
    settings.FIELD_KEYS = [OTHER, *settings.FIELD_KEYS]
    assert "mfa.authenticator.data: 2 sealed anew, 0 already were." in resealed()
    assert "mfa.authenticator.data: 0 sealed anew, 2 already were." in resealed()
    settings.FIELD_KEYS = [OTHER]
    assert recovery_codes.open_seed(row("totp").data["secret"]) == SECRET
    assert use(codes[4]) and not use(codes[4])


def test_it_seals_what_stands_in_clear_as_well(nadia: User) -> None:
    in_clear(nadia)
    assert "mfa.authenticator.data: 2 sealed anew" in resealed()
    assert is_sealed(row("totp").data["secret"]) and is_sealed(row().data["seed"])


def test_a_second_step_that_no_key_opens_is_named(nadia: User) -> None:
    lost = Authenticator.objects.create(user=nadia, type="totp", data={"secret": "gone." + "A" * 60})
    with pytest.raises(Exception, match=rf"mfa\.authenticator\.data: rows {lost.pk}"):
        resealed()


def test_a_new_key_seals_sessions_anew_and_everybody_stays_in(
    inside: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing, "BATCH", 1)
    Client().get("/intake/")
    many = Session.objects.count()
    settings.FIELD_KEYS = [OTHER, *settings.FIELD_KEYS]
    assert f"sessions.session.session_data: {many} sealed anew, 0 already were." in resealed()
    assert f"sessions.session.session_data: 0 sealed anew, {many} already were." in resealed()
    settings.FIELD_KEYS = [OTHER]
    assert inside.get("/accounts/data/").status_code == 200


def test_a_session_that_no_key_opens_is_passed_by_without_its_key_being_said(inside: Client, settings: Any) -> None:
    settings.FIELD_KEYS = [OTHER]
    told = resealed()
    assert "sessions.session.session_data: 0 sealed anew" in told
    assert not any(each.session_key in told for each in Session.objects.all())


def test_a_session_that_was_written_meanwhile_is_left_alone(inside: Client, settings: Any) -> None:
    read_before = Session.objects.latest("expire_date")
    settings.FIELD_KEYS = [OTHER, *settings.FIELD_KEYS]
    store = SessionStore(read_before.session_key)
    store["place"] = "meanwhile"
    store.save()
    assert resealing._session(read_before) is False
    assert SessionStore(read_before.session_key)["place"] == "meanwhile"
