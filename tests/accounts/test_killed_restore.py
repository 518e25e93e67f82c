"""A restore that is killed at any of its steps has changed nothing, and the next one does what it should have done."""

import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError
from django.db import connection

from accounts.backups import postgresql, saving
from accounts.members import personal_data
from accounts.models import Tombstone, User
from content.models import Lesson
from tests import databases
from tests.accounts.backing_up import back_up, restore
from tests.accounts.people import make_user
from tests.processes import database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("a_database_of_its_own")]

STEPS = {
    "brought up to date": (saving, "call_command"),
    "erased again": (saving.tombstones, "erase_again"),
    "settled": (saving.settling, "settle_all"),
}
*EARLY, LAST = STEPS


def die(*args: Any, **options: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed_restore(file: Path, where: tuple[Any, str]) -> None:
    """In a process of its own, which is killed where it comes to this step."""
    databases.let_go()
    child = os.fork()
    if not child:
        setattr(*where, die)
        restore(file)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


@pytest.mark.parametrize("step", [LAST, *(pytest.param(step, marks=pytest.mark.long) for step in EARLY)])
def test_it_has_changed_nothing_and_can_be_done_again(tmp_path: Path, step: str) -> None:
    goes = make_user("goes@example.org")
    back_up(tmp_path / "backup" / "one.tar.gz")
    personal_data.erase(goes)
    make_user("came@example.org")
    killed_restore(tmp_path / "backup" / "one.tar.gz", STEPS[step])
    assert [user.email for user in User.objects.all()] == ["came@example.org"]
    assert Lesson.objects.count() > 10
    assert "1 who had been erased since were erased again" in restore(tmp_path / "backup" / "one.tar.gz")
    assert not User.objects.exists()
    assert Lesson.objects.count() > 10
    assert [file.name for file in (tmp_path / "backup").iterdir()] == ["one.tar.gz"]
    assert left_in_the_database() == []


def test_the_marks_are_in_their_file_before_anything_is_put_in(settings: Any, tmp_path: Path) -> None:
    """Also where the database knew them alone, as their file was lost."""
    make_user()
    back_up(tmp_path / "one.tar.gz")
    personal_data.erase(User.objects.get())
    marks = {stone.mark for stone in Tombstone.objects.all()}
    Path(settings.TOMBSTONES_FILE).unlink()
    killed_restore(tmp_path / "one.tar.gz", STEPS["brought up to date"])
    assert set(Path(settings.TOMBSTONES_FILE).read_text().split()) == marks
    restore(tmp_path / "one.tar.gz")
    restore(tmp_path / "one.tar.gz")
    assert sorted(Path(settings.TOMBSTONES_FILE).read_text().split()) == sorted(marks), "each once"


def test_one_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(tmp_path / "one.tar.gz")
    make_user()

    def refuse(*args: Any, **options: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving, "call_command", refuse)
    with pytest.raises(CommandError, match=r"No space left on device\. What was there was left as it is"):
        restore(tmp_path / "one.tar.gz")
    assert User.objects.count() == 1
    assert left_in_the_database() == []


@pytest.mark.parametrize(
    "loses", ["nothing is in its place", pytest.param("the backup is in its place", marks=pytest.mark.long)]
)
def test_what_an_earlier_release_left_aside_is_no_trouble(tmp_path: Path, loses: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("about PostgreSQL")
    make_user()
    back_up(tmp_path / "one.tar.gz")
    personal_data.erase(User.objects.get())
    Path(tmp_path / "tombstones.txt").unlink()
    databases.let_go()
    with psycopg.connect(database_url(), autocommit=True) as server:
        server.execute("ALTER SCHEMA public RENAME TO before_restore")
        if loses == "the backup is in its place":
            server.execute("CREATE SCHEMA public; CREATE TABLE public.accounts_user (id int)")
    with pytest.raises(CommandError, match="holds data already"):
        restore(tmp_path / "one.tar.gz", replace=False)
    restore(tmp_path / "one.tar.gz")
    assert not User.objects.exists()
    assert Lesson.objects.count() > 10
    assert left_in_the_database() == []


def test_what_postgresql_refuses_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("about PostgreSQL")
    back_up(tmp_path / "one.tar.gz")
    databases.let_go()
    monkeypatch.setattr(postgresql, "OF_OTHERS", "SELECT nothing")
    with pytest.raises(CommandError, match=r"PostgreSQL did not do it: column \"nothing\" does not exist"):
        restore(tmp_path / "one.tar.gz")
    assert Lesson.objects.exists()
    databases.let_go()
    with monkeypatch.context() as elsewhere:
        elsewhere.setitem(connection.settings_dict, "PORT", "1")
        with pytest.raises(CommandError, match="PostgreSQL did not do it: connection"):
            restore(tmp_path / "one.tar.gz")
        databases.let_go()


def test_the_journal_of_the_old_one_is_not_lost_with_it(tmp_path: Path) -> None:
    """What was written last may stand in the journal alone, which goes only with the file that it belongs to."""
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    back_up(tmp_path / "one.tar.gz")
    place = Path(str(connection.settings_dict["NAME"]))
    databases.let_go()
    with_journal(place, tmp_path)
    assert place.with_name(place.name + "-wal").stat().st_size
    killed_restore(tmp_path / "one.tar.gz", STEPS["settled"])
    assert User.objects.filter(email="last@example.org").exists()


def with_journal(place: Path, tmp_path: Path) -> None:
    """As a process leaves it that was killed after it had written."""
    with closing(sqlite3.connect(place)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        connection.close()
        make_user("last@example.org")
        for ending in ("", "-wal"):
            shutil.copyfile(f"{place}{ending}", f"{tmp_path / 'copy'}{ending}")
        databases.let_go()
    for ending in ("", "-wal"):
        shutil.copyfile(f"{tmp_path / 'copy'}{ending}", f"{place}{ending}")


def left_in_the_database() -> list[str]:
    """Schemas, or files, of a restore that are still there."""
    if connection.vendor == "sqlite":
        return [left.name for left in Path(str(connection.settings_dict["NAME"])).parent.glob(".unloop-*")]
    databases.let_go()
    with psycopg.connect(database_url()) as server:
        asked = "SELECT nspname FROM pg_namespace WHERE nspname LIKE '%restore%' OR nspname LIKE '%restored%'"
        return [name for (name,) in server.execute(asked)]
