"""Backup, destroy, restore: on whichever database the run has, in a copy of it that the test may break."""

import errno
import os
import re
import tarfile
import threading
from contextlib import closing
from io import StringIO
from itertools import count
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.backups import archive, beside, postgresql
from accounts.members import personal_data
from accounts.models import User
from coaching.models import Person
from content.models import Lesson
from tests import databases
from tests.accounts.backing_up import back_up, destroy, restore, somebody_else
from tests.accounts.people import make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("a_database_of_its_own")]


def test_after_backup_destroy_and_restore_all_is_there_but_who_was_erased(tmp_path: Path) -> None:
    stays, goes = make_user("stays@example.org"), make_user("goes@example.org")
    for user in (stays, goes):
        Person.objects.create(user=user)
    lessons = Lesson.objects.count()
    back_up(tmp_path / "one.tar.gz")
    personal_data.erase(goes)
    destroy()
    told = restore(tmp_path / "one.tar.gz", replace=False)
    assert "1 who had been erased since were erased again" in told or "2 who" in told
    assert [user.email for user in User.objects.all()] == ["stays@example.org"]
    assert [person.user for person in Person.objects.all()] == [stays]
    assert Lesson.objects.count() == lessons > 10


def test_marks_of_the_database_that_is_replaced_count_where_their_file_is_lost(settings: Any, tmp_path: Path) -> None:
    make_user()
    back_up(tmp_path / "one.tar.gz")
    personal_data.erase(User.objects.get())
    Path(settings.TOMBSTONES_FILE).unlink()
    restore(tmp_path / "one.tar.gz")
    assert not User.objects.exists()


def test_a_target_that_holds_data_is_left_alone_unless_one_says_so(tmp_path: Path) -> None:
    back_up(tmp_path / "one.tar.gz")
    make_user()
    with pytest.raises(CommandError, match=r"holds data already\. Say --replace"):
        restore(tmp_path / "one.tar.gz", replace=False)
    assert User.objects.count() == 1
    restore(tmp_path / "one.tar.gz")
    assert not User.objects.exists()


def test_it_is_for_its_owner_alone_and_holds_no_key(settings: Any, tmp_path: Path) -> None:
    told = back_up(tmp_path / "one.tar.gz")
    assert (tmp_path / "one.tar.gz").stat().st_mode & 0o777 == 0o600
    assert "save SECRET_KEY and FIELD_KEYS apart" in told
    with tarfile.open(tmp_path / "one.tar.gz") as held:
        bytes_held = b"".join(held.extractfile(name).read() for name in held.getnames())
    assert settings.SECRET_KEY.encode() not in bytes_held
    assert settings.FIELD_KEYS[0].partition(":")[2].encode() not in bytes_held


def test_where_nothing_is_said_it_lies_in_var_dir(settings: Any) -> None:
    told = StringIO()
    call_command("backup", stdout=told)
    (made,) = (settings.VAR_DIR / "backups").iterdir()
    assert re.fullmatch(r"unloop-\d{8}T\d{6}Z\.tar\.gz", made.name)
    assert str(made) in told.getvalue()
    assert made.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("place", [100, -100, -20, -1])
def test_a_damaged_backup_changes_nothing(tmp_path: Path, place: int) -> None:
    file = tmp_path / "one.tar.gz"
    back_up(file)
    make_user()
    damaged = bytearray(file.read_bytes())
    damaged[place] ^= 0xFF
    file.write_bytes(damaged)
    with pytest.raises(CommandError, match=r"no whole backup|is damaged"):
        restore(file)
    assert User.objects.count() == 1


def test_half_a_backup_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "one.tar.gz"
    back_up(file)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(CommandError, match="no whole backup"):
        restore(file)
    assert Lesson.objects.exists()


def test_a_backup_of_a_newer_release_is_refused(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', '9999_later', CURRENT_TIMESTAMP)"
        )
    back_up(tmp_path / "one.tar.gz")
    with pytest.raises(CommandError, match="made by a newer release"):
        restore(tmp_path / "one.tar.gz")


def test_while_something_uses_the_database_nothing_is_replaced(tmp_path: Path) -> None:
    back_up(tmp_path / "one.tar.gz")
    with closing(somebody_else()) as other:
        other.execute("SELECT COUNT(*) FROM accounts_user").fetchone()
        with pytest.raises(CommandError, match="Something still uses the database"):
            restore(tmp_path / "one.tar.gz")
    restore(tmp_path / "one.tar.gz")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows of no other that has closed its file")
def test_a_connection_that_is_slow_to_go_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy server ends one a while after it was closed."""
    back_up(tmp_path / "one.tar.gz")
    other, waits = somebody_else(), count(1)

    def goes_late(seconds: float) -> None:
        if next(waits) == 30:
            other.close()
        sleep(seconds)

    monkeypatch.setattr(postgresql, "sleep", goes_late)
    restore(tmp_path / "one.tar.gz")
    assert next(waits) > 30


def test_it_is_whole_while_others_write(tmp_path: Path) -> None:
    """Each row of one table comes with one of another: a snapshot has as many of both."""
    is_over = threading.Event()

    def write() -> None:
        try:
            number = 0
            while not is_over.is_set():
                number += 1
                Person.objects.create(user=make_user(f"{number}@example.org"))
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            back_up(tmp_path / f"{number}.tar.gz")
    finally:
        is_over.set()
        writer.join()
    for number in range(3):
        with archive.opened(tmp_path / f"{number}.tar.gz") as (contents, _):
            assert 0 <= contents.rows["accounts_user"] - contents.rows["coaching_person"] <= 1
    restore(tmp_path / "2.tar.gz")
    assert User.objects.count() == contents.rows["accounts_user"]


def test_what_sqlite_left_beside_the_old_one_goes(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    back_up(tmp_path / "one.tar.gz")
    databases.let_go()
    place = Path(str(connection.settings_dict["NAME"]))
    for ending in ("-wal", "-shm"):
        place.with_name(place.name + ending).write_bytes(b"of another database")
    place.write_bytes(b"broken")
    restore(tmp_path / "one.tar.gz")
    assert Lesson.objects.count() > 10
    databases.let_go()
    assert not place.with_name(place.name + "-wal").exists()


def test_where_there_is_no_database_no_empty_backup_is_made(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    destroy()
    with pytest.raises(CommandError, match="There is no database at"):
        back_up(tmp_path / "one.tar.gz")
    assert list(tmp_path.glob("*.tar.gz")) == []


def test_old_backups_go_when_asked(tmp_path: Path) -> None:
    old, other = tmp_path / "unloop-20200101T000000Z.tar.gz", tmp_path / "mine.tar.gz"
    for file in (old, other):
        file.touch()
        os.utime(file, (0, 0))
    call_command("backup", str(tmp_path / "unloop-now.tar.gz"), keep_days=30, stdout=StringIO())
    assert (old.exists(), other.exists()) == (False, True)


def test_what_the_system_refuses_is_not_said_to_be_a_fault_of_the_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(tmp_path / "one.tar.gz")

    def full(*args: Any, **options: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(CommandError, match=r"There is no file .*two\.tar\.gz"):
        restore(tmp_path / "two.tar.gz")
    monkeypatch.setattr(tarfile.TarFile, "extractfile", full)
    with pytest.raises(CommandError, match=r"unpacked beside itself: No space left on device\."):
        restore(tmp_path / "one.tar.gz")
    monkeypatch.setattr(beside, "mkdtemp", full)
    with pytest.raises(CommandError, match=r"unpacked beside itself: No space left on device\."):
        restore(tmp_path / "one.tar.gz")
    assert Lesson.objects.exists()


def test_it_is_unpacked_beside_itself_where_there_is_room_for_it(tmp_path: Path) -> None:
    file = tmp_path / "backups" / "one.tar.gz"
    back_up(file)
    with archive.opened(file) as (_, database):
        assert database.parent.parent == file.parent
        assert database.parent.stat().st_mode & 0o777 == 0o700
    assert list(file.parent.iterdir()) == [file]


def test_what_a_killed_one_left_behind_goes_with_the_next(tmp_path: Path) -> None:
    """It holds what people wrote. What another process is still at stays."""
    for name in (".unloop-999999999-a", f".unloop-{os.getpid()}-b", ".unloop-mine"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "database").touch()
    back_up(tmp_path / "one.tar.gz")
    assert {file.name for file in tmp_path.glob(".unloop-*")} == {f".unloop-{os.getpid()}-b", ".unloop-mine"}
