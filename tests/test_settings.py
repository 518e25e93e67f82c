"""The settings in a process of their own, with an environment that the test spells out."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks

ROOT = Path(__file__).resolve().parent.parent
KEY = "a-long-key-that-is-made-up-for-these-tests-of-settings"
FIELD_KEY = "test:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE="
SAFE = {"SITE_URL": "https://unloop.example", "SECRET_KEY": KEY, "FIELD_KEYS": FIELD_KEY}
ED25519_BYTES = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g"
ED25519 = f"-----BEGIN PRIVATE KEY-----\n{ED25519_BYTES}\n-----END PRIVATE KEY-----\n"
LAPTOP = {**SAFE, "SITE_URL": "http://localhost:8000"}


def read_settings(folder: Path, *expressions: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Print the expressions, with the settings as `s`. They are copied away from the .env of this machine."""
    shutil.copytree(ROOT / "config" / "machine", folder / "config" / "machine", dirs_exist_ok=True)
    for name in ("settings.py", "limits.py"):
        shutil.copy(ROOT / "config" / name, folder / "config" / name)
    lines = ["from config import settings as s", *(f"print({expression})" for expression in expressions)]
    return subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def say(folder: Path, *expressions: str, **environment: str) -> list[str]:
    done = read_settings(folder, *expressions, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def refuse(folder: Path, **environment: str) -> str:
    done = read_settings(folder, **environment)
    assert done.returncode != 0, "the settings were accepted"
    return done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS"])
def test_outside_debug_a_missing_secret_is_named(tmp_path: Path, name: str) -> None:
    assert f"{name} is not set" in refuse(tmp_path, **{**SAFE, name: ""})


def test_outside_debug_a_site_on_the_network_must_be_https(tmp_path: Path) -> None:
    assert "SITE_URL must start with https://" in refuse(tmp_path, **{**SAFE, "SITE_URL": "http://unloop.example"})


def test_a_site_address_without_a_host_is_refused(tmp_path: Path) -> None:
    assert "SITE_URL must be a full address" in refuse(tmp_path, **{**SAFE, "SITE_URL": "unloop.example"})


def test_a_switch_that_is_neither_true_nor_false_is_refused(tmp_path: Path) -> None:
    assert "DEBUG" in refuse(tmp_path, **SAFE, DEBUG="perhaps")


def test_debug_is_off_unless_asked_for(tmp_path: Path) -> None:
    assert say(tmp_path, "s.DEBUG", **SAFE) == ["False"]


def test_debug_needs_nothing_else(tmp_path: Path) -> None:
    assert say(tmp_path, "s.DEBUG", DEBUG="true") == ["True"]


def test_on_https_cookies_are_bound_to_the_host_and_every_page_is_https(tmp_path: Path) -> None:
    names = ["SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
    said = say(tmp_path, *(f"s.{name}" for name in names), "s.SECURE_HSTS_SECONDS >= 31536000", **SAFE)
    assert said == ["__Host-sessionid", "True", "True", "True", "True"]


def test_on_a_laptop_cookies_work_without_https(tmp_path: Path) -> None:
    names = ["SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"]
    assert say(tmp_path, *(f"s.{name}" for name in names), **LAPTOP) == ["sessionid", "False", "False", "0"]


def test_on_https_the_site_answers_to_its_own_name_alone(tmp_path: Path) -> None:
    assert say(tmp_path, "s.ALLOWED_HOSTS", **SAFE) == ["['unloop.example']"]


def test_letters_are_never_shown_on_a_public_site(tmp_path: Path) -> None:
    assert say(tmp_path, "s.SHOWS_OUTBOX", **SAFE) == ["False"]
    assert say(tmp_path, "s.SHOWS_OUTBOX", **LAPTOP) == ["True"]


def test_letters_are_not_shown_where_a_mail_server_is_set(tmp_path: Path) -> None:
    said = say(tmp_path, "s.SHOWS_OUTBOX", "s.EMAIL_HOST", **LAPTOP, EMAIL_URL="submission://me:word@mail.example:587")
    assert said == ["False", "mail.example"]


def test_a_proxy_is_believed_only_when_told_to(tmp_path: Path) -> None:
    asked = 'getattr(s, "SECURE_PROXY_SSL_HEADER", None) is None'
    assert say(tmp_path, asked, **SAFE) == ["True"]
    assert say(tmp_path, asked, **SAFE, BEHIND_TLS_PROXY="true") == ["False"]


def test_the_secrets_that_serve_made_are_read_on_a_laptop_and_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "secrets.env").write_text("SECRET_KEY=made-here\nFIELD_KEYS=first:dGhlLWtleQ==\n", encoding="utf-8")
    laptop = {name: value for name, value in LAPTOP.items() if name not in ("SECRET_KEY", "FIELD_KEYS")}
    public = {name: value for name, value in SAFE.items() if name not in ("SECRET_KEY", "FIELD_KEYS")}

    assert say(tmp_path, "s.SECRET_KEY", **laptop, VAR_DIR=str(tmp_path)) == ["made-here"]
    assert say(tmp_path, "s.SECRET_KEY", **laptop, VAR_DIR=str(tmp_path), SECRET_KEY="own") == ["own"]
    assert "SECRET_KEY is not set" in refuse(tmp_path, **public, VAR_DIR=str(tmp_path))


@pytest.mark.parametrize(("proxy", "counted", "faults"), [("tls", 0, 1), ("tls", 1, 0), ("tls", 2, 0), ("", 0, 0)])
def test_a_proxy_that_ends_tls_has_to_be_counted(settings: Any, proxy: str, counted: int, faults: int) -> None:
    settings.BEHIND_TLS_PROXY, settings.ALLAUTH_TRUSTED_PROXY_COUNT = bool(proxy), counted
    found = run_checks(tags=["security"], include_deployment_checks=True)
    assert len([message for message in found if message.id == "unloop.E010" and message.is_serious()]) == faults


def test_sqlite_waits_for_its_turn_to_write(tmp_path: Path) -> None:
    options = 's.DATABASES["default"]["OPTIONS"]'
    asked = [f'{options}["transaction_mode"]', f'"journal_mode=WAL" in {options}["init_command"]']
    assert say(tmp_path, *asked, **LAPTOP) == ["IMMEDIATE", "True"]


def test_postgresql_is_reached_through_a_pool(tmp_path: Path) -> None:
    database = {"DATABASE_URL": "postgres://me:word@db.example/unloop", "DATABASE_POOL": "7"}
    asked = ['s.DATABASES["default"]["OPTIONS"]["pool"]["max_size"]', 's.DATABASES["default"]["CONN_MAX_AGE"]']
    assert say(tmp_path, *asked, **LAPTOP, **database) == ["7", "0"]


@pytest.mark.parametrize("directive", ["script-src", "style-src", "default-src"])
def test_pages_may_load_nothing_that_is_inline_or_from_elsewhere(tmp_path: Path, directive: str) -> None:
    asked = f's.CONTENT_SECURITY_POLICY["DIRECTIVES"]["{directive}"]'
    assert say(tmp_path, asked, **SAFE) == ["[\"'self'\"]"]


def test_the_example_names_every_variable_that_is_read_and_no_other() -> None:
    settings = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    scripts = "".join(
        (ROOT / "script" / name).read_text(encoding="utf-8") for name in ("serve", "dev", "_common.sh", "_site.sh")
    )
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings)) | set(re.findall(r"setting ([A-Z_]+)", scripts))
    read |= {"PYTHON", "VENV"}
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == read


def test_the_example_sets_nothing() -> None:
    """Copied as it is, it must not undo a default, nor bring a key that everybody knows."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []


def test_a_mail_provider_is_named_only_with_its_secret(tmp_path: Path) -> None:
    assert "MAIL_WEBHOOK_SECRET must be set" in refuse(tmp_path, **LAPTOP, MAIL_PROVIDER="mailgun")
    secret = {"MAIL_PROVIDER": "mailgun", "MAIL_WEBHOOK_SECRET": "name:password"}
    assert say(tmp_path, 's.ANYMAIL["WEBHOOK_SECRET"]', **LAPTOP, **secret) == ["name:password"]


def test_a_key_to_sign_mail_needs_its_selector(tmp_path: Path) -> None:
    assert "set together" in refuse(tmp_path, **LAPTOP, DKIM_KEY_FILE="key.pem")
    missing = {"DKIM_KEY_FILE": str(tmp_path / "nothing.pem"), "DKIM_SELECTOR": "letters"}
    assert "DKIM_KEY_FILE cannot be read" in refuse(tmp_path, **LAPTOP, **missing)


@pytest.mark.parametrize(
    ("pem", "words"),
    [
        ("-----BEGIN PRIVATE KEY-----\nnothing\n-----END PRIVATE KEY-----\n", "must hold a private key in PEM"),
        ("-----BEGIN PUBLIC KEY-----\nnothing\n-----END PUBLIC KEY-----\n", "must hold a private key in PEM"),
        (ED25519, "must hold an RSA key"),
    ],
)
def test_a_key_that_cannot_sign_mail_is_named_at_the_start(tmp_path: Path, pem: str, words: str) -> None:
    file = tmp_path / "key.pem"
    file.write_text(pem)
    assert words in refuse(tmp_path, **LAPTOP, DKIM_KEY_FILE=str(file), DKIM_SELECTOR="letters")


def test_the_folder_of_the_database_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "kept" / "here"
    say(tmp_path, "s.VAR_DIR", **SAFE, VAR_DIR=str(folder))
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    why = refuse(tmp_path, **SAFE, VAR_DIR=str(tmp_path / "a-file" / "here"))
    assert (
        f"The database cannot be kept in {tmp_path}/a-file/here: Not a directory. Name another folder in VAR_DIR."
        in why
    )
