"""Each technique that can be practised says how to begin, in two minutes, and how to go on, one rung after another."""

import tomllib
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest
from django.utils import timezone

from content.core.demands import Demand
from content.core.files.formats import FORMATS, read_fields
from content.core.files.ladders import faults_beside, faults_in
from content.core.texts.checks import Known, ladder_findings
from content.editing.row_checks import findings_in
from content.files.checks import check_library
from content.files.library import LIBRARY, read_library, survey
from content.loading.exporting import export_library
from content.loading.packs import take_pack, write_pack
from content.models import Ladder
from tests.content.makers import LADDER_FILE as FILE
from tests.content.makers import REFERENCE_FILE, TECHNIQUE_FILE, a_library

LADDERS = sorted(path.stem for path in (LIBRARY / "ladders").glob("*.toml"))
KNOWN = Known(references=frozenset(), paths=frozenset())


def values_of(text: str) -> dict[str, Any]:
    values, faults = read_fields(tomllib.loads(text), FORMATS["ladder"])
    assert faults == []
    return values


def said_of(text: str) -> list[str]:
    return [finding.message for finding in ladder_findings(values_of(text), KNOWN)]


def test_every_technique_that_can_be_started_has_its_ladder() -> None:
    techniques = tomllib.loads((LIBRARY / "techniques.toml").read_text())
    assert [slug for slug, technique in sorted(techniques.items()) if technique["startable"]] == LADDERS


@pytest.mark.parametrize("slug", LADDERS)
def test_a_ladder_begins_small_climbs_and_reads_easily(slug: str) -> None:
    assert said_of((LIBRARY / "ladders" / f"{slug}.toml").read_text()) == []


@pytest.mark.parametrize("slug", LADDERS)
def test_a_ladder_says_what_is_a_source_and_what_is_our_choice(slug: str) -> None:
    values = values_of((LIBRARY / "ladders" / f"{slug}.toml").read_text())
    assert values["sources"]
    assert "our own choice" in values["basis"]


BREATH = {"skin": "breath", "demands": ["lying", "paced_breath", "breath_pause"]}


def beside(rung: str, guide: dict[str, Any]) -> list[str]:
    values = values_of(FILE)
    values["rungs"][0]["words"] = rung
    return list(faults_beside(values["rungs"], guide["skin"], guide["demands"]))


@pytest.mark.parametrize(
    ("words", "demand"),
    [
        ("Stand and breathe.", "standing"),
        ("Bend a little to each side.", "bending"),
        ("Walk to the door and back.", "walking"),
        ("Turn your chest to each side.", "turning"),
        ("Make a soft fist, then let go.", "tensing"),
        ("Put something cold on it.", "cold"),
    ],
)
def test_a_step_asks_of_the_body_only_what_its_guide_names(words: str, demand: str) -> None:
    [fault] = beside(words, BREATH)
    assert fault.startswith("rung 1 asks for what its guide does not name")
    assert demand in fault
    named = {**BREATH, "demands": [*BREATH["demands"], "standing", "walking", "effort", demand]}
    assert beside(words, named) == []


def test_a_step_lasts_as_long_as_its_guide_can_be_played() -> None:
    values = values_of(FILE)
    values["rungs"][0]["minutes"] = 2
    assert list(faults_beside(values["rungs"], "steps", list(Demand))) == [
        "rung 1 takes 2 minutes, and its guide cannot be played for these"
    ]
    assert list(faults_beside(values["rungs"], "breath", list(Demand))) == []
    assert list(faults_beside(values["rungs"], "walk", list(Demand))) == []


def test_the_check_of_the_library_reads_a_ladder_beside_its_guide(tmp_path: Path) -> None:
    copytree(LIBRARY, tmp_path, dirs_exist_ok=True, ignore=ignore_patterns("voices"))
    ladder = tmp_path / "ladders" / "imagery.toml"
    ladder.write_text(ladder.read_text().replace("One minute in your place", "Stand up, and walk one minute"))
    messages = [str(placed) for placed in check_library(read_library(tmp_path)) if placed.is_error]
    assert [message for message in messages if "lacking" in message or "would go along: standing, walking" in message]


@pytest.mark.django_db
def test_whoever_edits_a_ladder_is_told_too(library: None) -> None:
    ladder = Ladder.objects.get(technique="imagery")
    rungs = [{**ladder.rungs[0], "words": "Bend down once."}, *ladder.rungs[1:]]
    messages = [one.message for one in findings_in(ladder, {**ladder.working_values(), "rungs": rungs})]
    assert any("would go along: bending" in message for message in messages)


def test_a_sound_ladder_is_not_complained_of() -> None:
    assert said_of(FILE) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("minutes = 1", "minutes = 3", "rung 1 takes 3 minutes; the first may take 2 at most"),
        ("minutes = 4", "minutes = 1", "rung 2 asks for no more minutes a week than rung 1"),
        ("enough = 4", "enough = 5", "rung 1 counts 5 goes as enough, and its words name another number"),
        ("enough = 4\n", "", "rung 1 must say what leads up from it: enough and up"),
        ('down = "Go down a step when it is too much."', "", "rung 2 must say when to go down from it"),
        ("Four soft minutes.", "You failed at four minutes.", 'says "You failed"; say instead: That step was too big'),
        (
            "Four soft minutes.",
            "Uninterrupted diaphragmatic respiration necessitates considerable concentration capability. " * 3,
            "8 at most",
        ),
    ],
)
def test_each_fault_of_a_ladder_is_named(before: str, after: str, fault: str) -> None:
    assert before in FILE
    assert any(fault in message for message in said_of(FILE.replace(before, after, 1)))


def test_a_ladder_of_one_rung_is_none() -> None:
    assert list(faults_in([{"minutes": 1, "times": 7, "words": "One."}])) == ["has 1 rungs; it needs 2 at least"]


def test_what_leads_nowhere_is_not_said() -> None:
    [lower, upper] = values_of(FILE)["rungs"]
    said = list(faults_in([lower | {"down": "Down."}, upper | {"enough": 4, "up": "4"}]))
    assert said == [
        "rung 1 is the first, so nothing leads down from it",
        "rung 2 is the last, so nothing leads up from it",
    ]


def test_more_goes_than_asked_for_are_never_wanted() -> None:
    [lower, upper] = values_of(FILE)["rungs"]
    faults = list(faults_in([lower | {"enough": 8, "up": "With 8 goes."}, upper]))
    assert faults == ["rung 1 counts 8 goes as enough and asks for 7"]


def test_a_technique_without_a_ladder_is_an_error(tmp_path: Path) -> None:
    folder = a_library(tmp_path, references=REFERENCE_FILE, techniques=TECHNIQUE_FILE)
    assert "breathing can be practised and has no ladder in ladders/breathing.toml" in said_of_files(folder)


def test_a_ladder_bears_the_name_of_its_technique(tmp_path: Path) -> None:
    folder = a_library(tmp_path, references=REFERENCE_FILE, techniques=TECHNIQUE_FILE, ladders__walking=FILE)
    assert "is the ladder of breathing, so its file must bear that name" in said_of_files(folder)
    right = a_library(tmp_path / "right", references=REFERENCE_FILE, techniques=TECHNIQUE_FILE, ladders__breathing=FILE)
    assert "ladder" not in said_of_files(right)


def said_of_files(folder: Path) -> str:
    library, faults = survey(folder)
    assert faults == []
    return "\n".join(str(placed) for placed in check_library(library))


def test_a_ladder_that_staff_edited_goes_out_to_its_file_and_nothing_else_does(library: None, tmp_path: Path) -> None:
    export_library(tmp_path)
    ladder = Ladder.objects.get(slug="walking")
    ladder.rungs[0]["words"] = "Two minutes round the kitchen table."
    ladder.save()
    assert export_library(tmp_path).files == ["ladders/walking.toml"]
    assert read_library(tmp_path).of("ladder")["walking"].values["rungs"] == ladder.rungs


def test_a_pack_carries_the_ladders(library: None, tmp_path: Path) -> None:
    ladder = Ladder.objects.get(slug="walking")
    ladder.rungs[0]["words"] = "Two minutes round the kitchen table."
    ladder.save()
    with (tmp_path / "library.zip").open("wb") as target:
        write_pack(target)
    Ladder.objects.all().delete()
    with (tmp_path / "library.zip").open("rb") as source:
        take_pack(source, at=timezone.now(), by=None)
    assert Ladder.objects.count() == len(LADDERS)
    assert Ladder.objects.get(slug="walking").rungs == ladder.rungs
