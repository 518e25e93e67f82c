"""What every test shares: a database in a file, empty caches, the library when it is asked for, and a mail server."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.core.management import call_command
from django.test import override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

from accounts.members.hashers import LeanArgon2PasswordHasher
from coaching import public_pages
from coaching.danger import hurry
from coaching.models.sealing_begins import Begun
from content.reading import stamp
from content.reading.once import readings
from tests import databases
from tests.legs import is_long, is_same_on_either, left_for_later
from tests.library import Shelf
from tests.outbox import Outbox, open_mail_server

PLAIN_STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
FULL_COST = {name: getattr(LeanArgon2PasswordHasher, name) for name in ("time_cost", "memory_cost")}
IN_HASTE, NEVER = hurry.STATEMENT, 24 * 3600 * 1000
"""In milliseconds: when a statement of somebody in danger is given up, and when one of a test is."""
HASHED_STATIC = {"staticfiles": django_settings.STORAGES["staticfiles"]}


def pytest_configure() -> None:
    """Plain static names and cheap hashes; `hashed_static` and `full_hashing` give the real ones to who wants them."""
    LeanArgon2PasswordHasher.time_cost, LeanArgon2PasswordHasher.memory_cost = 1, 8
    # A new database seals at once; found here, so that no page that a test counts the queries of has to ask.
    Begun.is_known = True
    # No statement is given up because the machine is slow; `full_haste` gives the real limit.
    hurry.STATEMENT = NEVER
    # No test waits on a clock.
    hypothesis.settings.register_profile("unloop", deadline=None)
    hypothesis.settings.load_profile("unloop")
    # Whoever wants recordings makes its own; those that ship are played in tests/content/test_voice_files.py.
    django_settings.VOICES_FOLDER = Path(__file__).parent / "no-voices"
    django_settings.STORAGES = {**django_settings.STORAGES, **PLAIN_STATIC}
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    later = left_for_later([item for item in items if needs_database(item)])
    for item in items:
        if is_long(item) or item.nodeid in later:
            item.add_marker(pytest.mark.long)
        if not needs_database(item):
            item.add_marker(pytest.mark.pure)
        elif is_same_on_either(item, commits=keeps_what_it_writes(item)):
            item.add_marker(pytest.mark.either)


def needs_database(item: pytest.Item) -> bool:
    uses = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & uses)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, pytestconfig: pytest.Config
) -> Iterator[None]:
    with django_db_blocker.unblock():
        databases.take_copies(pytestconfig.cache.mkdir("databases"))
    yield
    databases.let_go()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before its transaction opens. What is kept for good is cleared from the empty one alone."""
    wants_library = "library" in getattr(item, "fixturenames", ()) and not keeps_what_it_writes(item)
    databases.work_on(databases.LIBRARY if wants_library else databases.EMPTY)


@pytest.fixture(autouse=True)
def fresh_limits(request: pytest.FixtureRequest) -> Iterator[None]:
    """Limits are counted in the database cache, whose table no model owns: only a rollback would empty it."""
    if not keeps_what_it_writes(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    caches["default"].clear()


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """No test speaks the language of the one before it: a thread keeps what was last switched on."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def library_asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests change the library faster than a second; those about that second set it back themselves."""
    monkeypatch.setattr(stamp, "ASKED_AGAIN", timedelta(0))
    readings.forget()


def keeps_what_it_writes(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    is_marked = bool(marker and marker.kwargs.get("transaction"))
    return is_marked or bool({"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def library(db: None, shelf: Shelf) -> None:
    """The real techniques, lessons, guides and tips, as `load_library` puts them in, and no page kept of other ones."""
    if not databases.holds_library():
        shelf.fill()
    public_pages.forget()


@pytest.fixture
def outbox(settings: Any) -> Iterator[Outbox]:
    """A real mail server; letters that the site sends are in `outbox.letters`."""
    with open_mail_server() as (outbox, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield outbox


@pytest.fixture
def full_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords hashed at the cost that they have on a server."""
    for name, cost in FULL_COST.items():
        monkeypatch.setattr(LeanArgon2PasswordHasher, name, cost)


@pytest.fixture
def full_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements of somebody in danger given up as soon as on a server."""
    monkeypatch.setattr(hurry, "STATEMENT", IN_HASTE)


@pytest.fixture(scope="session")
def hashed_storages() -> dict[str, Any]:
    return {**django_settings.STORAGES, **HASHED_STATIC}


@pytest.fixture(scope="session")
def collected_static(pytestconfig: pytest.Config, hashed_storages: dict[str, Any]) -> Path:
    """The static files as a visitor gets them, hashed and compressed: collected anew when one of them changed."""
    shelf = pytestconfig.cache.mkdir("static")
    folder = shelf / static_fingerprint()
    if not folder.exists():
        making = Path(mkdtemp(dir=shelf))
        with override_settings(STATIC_ROOT=making, STORAGES=hashed_storages):
            call_command("collectstatic", interactive=False, verbosity=0)
        # Another worker may have been as quick, and then its folder stands already.
        with suppress(OSError):
            making.rename(folder)
    return folder


def static_fingerprint() -> str:
    root = django_settings.BASE_DIR
    parts = [
        root / "requirements.txt",
        root / "config" / "machine" / "static.py",
        *sorted((root / "static").rglob("*.*")),
    ]
    return sha256(b"".join(str(part).encode() + part.read_bytes() for part in parts)).hexdigest()[:16]


@pytest.fixture
def hashed_static(collected_static: Path, hashed_storages: dict[str, Any], settings: Any) -> Path:
    settings.STATIC_ROOT, settings.STORAGES = collected_static, hashed_storages
    return collected_static
