"""Migrations lean on no code that can change: rename a word, and a new database is still made from first to last.

The first test of each rule shows that the rule would be noticed broken.
"""

import ast
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter

from accounts.models import Edition
from coaching.models import Person
from content.models import DemandCaution
from tests.imports import ROOT, imports_in, modules, name_of

APPS = ["accounts", "coaching", "content"]
MODULES = modules()
SOURCES = {
    name_of(file): file.read_text(encoding="utf-8") for app in APPS for file in (ROOT / app).glob("migrations/*.py")
}
STEPS = {name for name in SOURCES if name.rpartition(".")[2][:1].isdigit()}

# As if every closed list of words, and every function that a column leans on, had another name by now.
RENAME_AND_MIGRATE = """
import json, sys
from enum import Enum
import django
django.setup()
from django.apps import apps
from django.core.management import call_command
OURS = ("accounts.", "coaching.", "content.")
fields = [field for model in apps.get_models() for field in model._meta.local_fields]
rules = {rule for field in fields for rule in [field.default, *field.validators] if hasattr(rule, "__name__")}
gone = []
for place, module in sorted(sys.modules.items()):
    for name, value in list(vars(module).items()) if place.startswith(OURS) else ():
        is_word = isinstance(value, type) and issubclass(value, Enum)
        if getattr(value, "__module__", "") == place and (is_word or callable(value) and value in rules):
            delattr(module, name)
            gone.append(f"{place}.{name}")
call_command("migrate", verbosity=0)
print(json.dumps(gone))
"""


def live_code_in(name: str, source: str) -> list[str]:
    """What a migration reads of the code of today. What lies beside it, in a folder of migrations, never changes."""
    read = {each.of for each in imports_in(name, source, [*MODULES, *SOURCES]) if each.is_ours}
    return sorted({each for each in read if each.split(".")[1:2] != ["migrations"]} | set(_named(source)))


def _named(source: str) -> Iterator[str]:
    """Settings other than which model is the user, and modules of ours by their name in quotes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "settings":
            yield from {f"settings.{node.attr}"} - {"settings.AUTH_USER_MODEL"}
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.count(".") > 1:
            yield from {node.value} if node.value.rpartition(".")[0] in MODULES or node.value in MODULES else set()


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("import content.core.vocabulary", "content.core.vocabulary"),
        ("from content.core.vocabulary import Status", "content.core.vocabulary"),
        ("from content.search import index", "content.search.index"),
        ("def forwards(apps, editor):\n    from coaching.models import person", "coaching.models.person"),
        ("import_string('coaching.models.person.new_id')", "coaching.models.person.new_id"),
        ("from config import settings", "config.settings"),
        ("print(settings.SITE_URL)", "settings.SITE_URL"),
    ],
)
def test_live_code_in_a_migration_is_noticed(line: str, read: str) -> None:
    assert live_code_in("content.migrations.0099_more", line) == [read]


@pytest.mark.parametrize(
    "line",
    [
        "from content.migrations._roles import make_roles",
        "from content.migrations import _roles",
        "import django.db.models.deletion",
        "migrations.swappable_dependency(settings.AUTH_USER_MODEL)",
        "models.ForeignKey(to='coaching.plan')",
    ],
)
def test_what_does_not_change_is_let_be(line: str) -> None:
    assert live_code_in("content.migrations.0099_more", line) == []


def test_no_migration_reads_live_code() -> None:
    """Write the value itself, or keep a copy beside the migrations. For a column see content/models/fields.py."""
    assert len(STEPS) > 40
    assert {name: read for name, source in SOURCES.items() if (read := live_code_in(name, source))} == {}


# --- What makemigrations would write ------------------------------------------------------


def written_anew() -> dict[str, str]:
    """App -> the first migration that Django would write for its models today."""
    asked = MigrationQuestioner(specified_apps=set(APPS))
    found = MigrationAutodetector(ProjectState(), ProjectState.from_apps(apps), asked).changes(graph=MigrationGraph())
    return {app: "\n".join(MigrationWriter(step).as_string() for step in found[app]) for app in APPS}


def test_no_model_would_write_live_code_into_its_next_migration() -> None:
    written = written_anew()
    assert [app for app in APPS if "migrations.CreateModel(" not in written[app]] == []
    assert {app: live_code_in(f"{app}.migrations.0001_initial", source) for app, source in written.items()} == {
        app: [] for app in APPS
    }


def test_a_column_keeps_its_rules_though_no_migration_knows_them() -> None:
    with pytest.raises(ValidationError) as refused:
        DemandCaution(condition="a cold", action="warn", words="Go slow.", demand="breath").clean_fields()
    assert "condition" in refused.value.message_dict
    with pytest.raises(ValidationError) as refused:
        Edition(slug="a", subject="A", time_zone="Europe/Atlantis").clean_fields()
    assert list(refused.value.message_dict) == ["time_zone"]
    assert len(Person().id) == 24


# --- A word with another name -------------------------------------------------------------


@pytest.mark.long
def test_a_renamed_word_does_not_keep_a_new_database_from_being_made(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite3"
    settings = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "a-key-for-the-checks-that-no-running-site-has-ever-used",
        "FIELD_KEYS": "checks:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE=",
        "DATABASE_URL": f"sqlite:///{file}",
        "VAR_DIR": str(tmp_path),
        "DEBUG": "false",
        "SITE_URL": "http://localhost:8000",
        "EMAIL_URL": "",
    }
    run = subprocess.run(
        [sys.executable, "-c", RENAME_AND_MIGRATE],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert set(json.loads(run.stdout)) >= {
        "content.core.vocabulary.Status",
        "content.core.vocabulary.Condition",
        "content.core.demands.Demand",
        "content.core.signals.Signal",
        "coaching.models.person.new_id",
        "accounts.models.subscriber.every_topic",
        "accounts.models.edition.valid_zone",
    }
    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT app, name FROM django_migrations").fetchall()
    assert {f"{app}.migrations.{name}" for app, name in rows if app in APPS} == STEPS
