"""A backup from before an erasing brings nobody back. Restoring is played by putting the rows in again as they were."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.erasing import leaving, tombstones
from accounts.guard.marks import account_mark
from accounts.members import personal_data
from accounts.models import Leaving, Subscriber, Tombstone, User
from accounts.newsletter import subscriptions
from coaching.models import Person
from tests.accounts.people import make_subscriber, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def file(settings: Any, tmp_path: Path) -> Path:
    settings.TOMBSTONES_FILE = str(tmp_path / "tombstones.txt")
    return tmp_path / "tombstones.txt"


def backup() -> list[Any]:
    rows = [*User.objects.all(), *Subscriber.objects.all(), *Person.objects.all()]
    return serializers.serialize("python", rows)


def restore(kept: list[Any]) -> None:
    """The database of that day knows nothing of what was erased since."""
    Tombstone.objects.all().delete()
    for row in serializers.deserialize("python", kept):
        row.save()


def test_whoever_was_erased_is_erased_again(file: Path, django_capture_on_commit_callbacks: Any) -> None:
    nadia, walter = make_user(), make_user("walter@example.org")
    Person.objects.create(user=nadia)
    make_subscriber("nadia@example.org", user=nadia)
    Person.objects.create(user=walter)
    kept = backup()
    with django_capture_on_commit_callbacks(execute=True):
        personal_data.erase(nadia)
    restore(kept)
    assert User.objects.filter(email="nadia@example.org").exists()
    call_command("erase_again")
    assert [user.email for user in User.objects.all()] == ["walter@example.org"]
    assert Person.objects.get().user == walter
    assert not Subscriber.objects.exists()
    assert tombstones.erase_again().gone == 0


def test_a_visit_that_became_an_account_later_is_erased_in_the_older_backup_too(
    django_capture_on_commit_callbacks: Any,
) -> None:
    person = Person.objects.create()
    kept = backup()
    Person.objects.update(user=make_user())
    with django_capture_on_commit_callbacks(execute=True):
        personal_data.erase(User.objects.get())
    restore(kept)
    assert Person.objects.get().pk == person.pk
    assert tombstones.erase_again().gone == 1
    assert not Person.objects.exists()


def test_whoever_comes_again_with_the_same_address_stays(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        personal_data.erase(make_user())
        subscriptions.erase(make_subscriber())
    make_user()
    make_subscriber()
    assert tombstones.erase_again().gone == 0
    assert (User.objects.count(), Subscriber.objects.count()) == (1, 1)


def test_a_mark_says_nothing_of_whom_it_is(file: Path, django_capture_on_commit_callbacks: Any) -> None:
    nadia = make_user()
    with django_capture_on_commit_callbacks(execute=True):
        personal_data.erase(nadia)
    assert file.read_text() == f"{Tombstone.objects.get().mark}\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(Tombstone.objects.get().mark) == 64


def test_a_mark_made_with_an_earlier_secret_still_counts(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    make_user()
    kept = backup()
    with django_capture_on_commit_callbacks(execute=True):
        personal_data.erase(User.objects.get())
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-secret"
    restore(kept)
    assert tombstones.erase_again().gone == 1


def test_a_file_that_cannot_be_written_keeps_nobody_from_being_erased(
    settings: Any, tmp_path: Path, caplog: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.TOMBSTONES_FILE = str(tmp_path / "no" / "such" / "folder")
    with django_capture_on_commit_callbacks(execute=True):
        personal_data.erase(make_user())
    assert not User.objects.exists()
    assert "could not be written" in caplog.text


@pytest.fixture
def one_that_cannot_go(monkeypatch: pytest.MonkeyPatch) -> str:
    """Something in the rows of one person cannot be erased, and says it with their own words."""
    erase = personal_data.sources()[0].erase

    def refuse(user: User) -> None:
        if user.email == "nadia@example.org":
            raise ValueError("nadia@example.org wrote: my back hurts")
        erase(user)

    stuck = replace(personal_data.sources()[0], erase=refuse)
    monkeypatch.setitem(personal_data._sources, stuck.name, stuck)
    return "nadia@example.org"


def test_one_who_cannot_be_erased_again_keeps_nobody_else(
    one_that_cannot_go: str, caplog: Any, django_capture_on_commit_callbacks: Any
) -> None:
    for address in (one_that_cannot_go, "walter@example.org", "zoe@example.org"):
        tombstones.lay("account", make_user(address))
    with pytest.raises(CommandError, match="1 could not be erased again"), django_capture_on_commit_callbacks():
        call_command("erase_again")
    assert [user.email for user in User.objects.all()] == [one_that_cannot_go]
    assert "could not be erased (ValueError)" in caplog.text
    assert "nadia" not in caplog.text
    assert "hurts" not in caplog.text


def test_one_whose_week_is_over_and_who_cannot_be_erased_keeps_nobody_else(
    one_that_cannot_go: str, caplog: Any
) -> None:
    at = timezone.now()
    for address in (one_that_cannot_go, "walter@example.org", "zoe@example.org"):
        Leaving.objects.create(user=make_user(address), asked_at=at, gone_at=at)
    assert leaving.finish(at=at) == 2
    assert [user.email for user in User.objects.all()] == [one_that_cannot_go]
    assert Leaving.objects.count() == 1, "tried again the next time"
    assert account_mark(User.objects.get().pk) in caplog.text
    assert "nadia" not in caplog.text


def test_a_mark_stands_in_the_file_once_however_often_somebody_is_erased_again(
    file: Path, django_capture_on_commit_callbacks: Any
) -> None:
    make_user()
    kept = backup()
    for _ in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            personal_data.erase(User.objects.get())
        restore(kept)
    assert len(file.read_text().split()) == 1
