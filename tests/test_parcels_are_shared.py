"""A parcel is packed by one process of a machine; each other, and the one after a restart, hands out what it packed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config.parcels import answers as parcels
from config.parcels import shared
from config.parcels.release import release
from content.models import Guide
from tests.imports import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library", "hashed_static", "one_release")]

YOGA, LIST = "/offline/parcels/en/practice-yoga/", "/offline/parcels/en/"
TELL_RELEASE = "import django; django.setup(); from config.parcels.release import release; print(release())"


@pytest.fixture
def one_release(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR_DIR = tmp_path
    run(monkeypatch, "this one")
    parcels.packed.clear()


def run(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(parcels, "release", lambda: name)


def another_process_begins() -> None:
    parcels.packed.clear()


def nobody_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_told: Any) -> None:
        raise AssertionError("it was packed again")

    monkeypatch.setattr(parcels, "_pages", refuse)


def files(folder: Path) -> list[Path]:
    return [path for path in (folder / shared.FOLDER).iterdir() if path.name != "turn"]


@pytest.mark.parametrize("way", ["br", "gzip", ""])
def test_another_process_hands_out_what_was_packed(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = Client().get(YOGA, headers={"Accept-Encoding": way}).content
    another_process_begins()
    nobody_packs(monkeypatch)
    assert Client().get(YOGA, headers={"Accept-Encoding": way}).content == packed


def test_a_list_names_at_once_what_another_process_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    digest = Client().get(YOGA).json()["digest"]
    another_process_begins()
    monkeypatch.setattr(parcels, "A_SLICE", 0)
    assert Client().get(LIST).json()[YOGA] == digest


def test_what_was_packed_before_a_change_is_handed_out_by_nobody() -> None:
    before = Client().get(YOGA).json()
    Guide.objects.filter(slug="yoga").update(ready="Another way to begin.", updated=timezone.now())
    another_process_begins()
    after = Client().get(YOGA).json()
    assert after["digest"] != before["digest"]
    assert "Another way to begin." in json.dumps(after)


def test_two_releases_side_by_side_leave_each_other_theirs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Client().get(YOGA)
    another_process_begins()
    run(monkeypatch, "the next one")
    Client().get(YOGA)
    assert len(files(tmp_path)) == 2
    nobody_packs(monkeypatch)
    for name in ("this one", "the next one"):
        another_process_begins()
        run(monkeypatch, name)
        assert Client().get(YOGA).status_code == 200


def test_of_one_parcel_no_more_than_two_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for number in range(4):
        run(monkeypatch, f"number {number}")
        Client().get(YOGA)
    assert len(files(tmp_path)) == 2


@pytest.mark.parametrize("kept", [b"", b"{}\n", b"not json\n", b"half"])
def test_a_torn_file_is_packed_anew(kept: bytes, tmp_path: Path) -> None:
    whole = Client().get(YOGA).content
    [file] = files(tmp_path)
    file.write_bytes(kept if kept != b"half" else file.read_bytes()[:-10])
    another_process_begins()
    assert Client().get(YOGA).content == whole


def test_where_nothing_can_be_written_each_process_packs_for_itself(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "nowhere"
    assert Client().get(YOGA).status_code == 200


def test_a_site_that_is_being_written_shares_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run(monkeypatch, "")
    assert Client().get(YOGA).status_code == 200
    assert not (tmp_path / shared.FOLDER).exists()


# --- The name of a release ----------------------------------------------------------------


@pytest.fixture
def told_anew() -> None:
    release.cache_clear()


def test_a_release_has_one_name_in_every_process(hashed_static: Path, tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text((hashed_static / "staticfiles.json").read_text())
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(tmp_path), "DEBUG": "false"}
    environment |= {"SITE_URL": "https://unloop.example", "SECRET_KEY": "a", "FIELD_KEYS": f"b:{'c' * 43}="}
    names = {
        subprocess.run(
            [sys.executable, "-c", TELL_RELEASE],
            cwd=ROOT,
            env={**environment, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert len(names) == 1
    assert names != {""}


@pytest.mark.usefixtures("told_anew")
@pytest.mark.parametrize("changed", ["a name of a file", "a setting"])
def test_a_release_has_another_name_once_it_would_answer_otherwise(
    changed: str, settings: Any, hashed_static: Path, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    names = (hashed_static / "staticfiles.json").read_text()
    (tmp_path / "staticfiles.json").write_text(names)
    before = release()
    release.cache_clear()
    if changed == "a setting":
        settings.OWNER_NAME = "Somebody else"
    else:
        (tmp_path / "staticfiles.json").write_text(names + " ")
    assert "" != before != release()
    release.cache_clear()


@pytest.mark.usefixtures("told_anew")
def test_files_without_names_of_their_own_make_no_release(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    assert release() == ""
    release.cache_clear()
