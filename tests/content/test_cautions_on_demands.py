"""Cautions on what a guide asks travel and are guarded as the cautions of techniques are."""

import tomllib
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission

from content.editing.confirming import confirm
from content.editing.history import latest_number, versions_of
from content.editing.saving import edit
from content.files.library import LIBRARY, read_library
from content.loading.exporting import copy_files, export_library
from content.loading.loader import compare, load
from content.loading.packs import take_pack, write_pack
from content.models import DemandCaution, Guide
from tests.content.makers import NOW, a_reviewer, a_writer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def a_row() -> DemandCaution:
    row: DemandCaution = DemandCaution.objects.get(demand="bending", condition="osteo")
    return row


def test_a_change_waits_for_a_second_person_and_then_leaves_for_its_file(tmp_path: Path) -> None:
    copy_files(LIBRARY, tmp_path)
    omar, eva = a_reviewer(), a_reviewer("eva@example.org")
    before = a_row().words
    edit(a_row(), a_row().working_values() | {"words": "Keep your back long."}, by=omar, at=NOW)
    assert a_row().words == before
    assert export_library(tmp_path).written == []
    confirm(a_row(), by=eva, at=NOW, seen=latest_number(a_row()))
    assert export_library(tmp_path).written == ["demand_caution bending/osteo: words"]
    rows = tomllib.loads((tmp_path / "demand_cautions.toml").read_text())["row"]
    assert "Keep your back long." in [row["words"] for row in rows]
    assert [version.by for version in versions_of(a_row())][-2:] == [omar, eva]


def test_reviewers_may_change_them_and_writers_may_not() -> None:
    assert a_reviewer().has_perm("content.change_demandcaution")
    assert not a_writer().has_perm("content.change_demandcaution")
    assert Permission.objects.filter(codename="change_demandcaution").count() == 1


def test_a_new_demand_of_a_guide_travels_in_a_pack() -> None:
    guide: Any = Guide.objects.get(slug="cbt_thought")
    guide.demands = ["standing", "strong_feelings"]
    guide.save()
    pack = BytesIO()
    write_pack(pack)
    guide.demands = guide.loaded["demands"]
    guide.save()
    take_pack(pack, at=NOW, by=None)
    assert Guide.objects.get(slug="cbt_thought").demands == ["standing", "strong_feelings"]


def test_guides_of_before_take_their_demands_from_their_files() -> None:
    guide: Any = Guide.objects.get(slug="gentle-moves")
    guide.demands = []
    del guide.loaded["demands"]
    guide.save()
    import_module("content.migrations.0015_guides_take_their_demands_from_files").begin(apps, None)
    load(read_library(), NOW)
    assert "bending" in Guide.objects.get(slug="gentle-moves").demands
    assert compare(read_library()).is_clean
