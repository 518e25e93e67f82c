"""What every test shares: a database in a file, empty caches, and the library when it is asked for."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.core.management import call_command

PLAIN_STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def pytest_configure() -> None:
    """SQLite in a file, as in the field (in memory it would neither lock nor run in WAL mode), and plain
    static names; `hashed_static` gives the hashed ones to the tests that want them."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = f"{database['NAME']}-test"
    django_settings.STORAGES = {**django_settings.STORAGES, **PLAIN_STATIC}
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def empty_page_cache() -> None:
    caches["pages"].clear()


@pytest.fixture
def library(db: None) -> None:
    """The real techniques, lessons, guides and tips, as `load_library` puts them in."""
    call_command("load_library", verbosity=0)


@pytest.fixture(scope="session")
def collected_static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files as a visitor gets them: hashed and compressed, collected once a run."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture
def hashed_static(collected_static: Path, settings: Any) -> Path:
    settings.STATIC_ROOT = collected_static
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "config.static.HashedStaticFiles"},
    }
    if not any(collected_static.iterdir()):
        call_command("collectstatic", interactive=False, verbosity=0)
    return collected_static
