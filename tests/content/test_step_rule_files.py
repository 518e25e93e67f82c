"""The rules of the weekly review: files that staff write, each sound alone, and all of them together."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from content.core.files.formats import FORMATS, read_fields
from content.core.files.step_rules import faults_among
from content.core.texts.checks import Known, step_rule_findings
from content.files.checks import check_library
from content.files.library import LIBRARY, read_library, survey
from content.loading.exporting import export_library
from content.loading.packs import take_pack, write_pack
from content.models import StepRule
from tests.content.makers import a_library

RULES = sorted(path.stem for path in (LIBRARY / "step_rules").glob("*.toml"))
KNOWN = Known(references=frozenset(), paths=frozenset())
FILE = """
title = "Ready for more"
order = 5
move = "up"
words = "You did enough goes. The next step is there if you want it."
basis = "Our own choice."

[[when]]
fact = "goes"
at_least = 3

[[when]]
fact = "worse"
at_most = 50
"""
LAST = 'title = "Keep it"\norder = 9\nmove = "keep"\nwords = "It stays as it is."\nbasis = "Our own choice."\n'


def values_of(text: str) -> dict[str, Any]:
    values, faults = read_fields(tomllib.loads(text), FORMATS["step_rule"])
    assert faults == []
    return values


def said_of(text: str) -> list[str]:
    return [finding.message for finding in step_rule_findings(values_of(text), KNOWN)]


def said_of_files(folder: Path) -> str:
    library, faults = survey(folder)
    assert faults == []
    return "\n".join(str(placed) for placed in check_library(library))


@pytest.mark.parametrize("slug", RULES)
def test_a_rule_of_the_library_is_sound_and_reads_easily(slug: str) -> None:
    assert said_of((LIBRARY / "step_rules" / f"{slug}.toml").read_text()) == []


def test_the_rules_of_the_library_fit_together() -> None:
    rules = [(slug, values_of((LIBRARY / "step_rules" / f"{slug}.toml").read_text())) for slug in RULES]
    assert len(rules) >= 10
    assert list(faults_among(rules)) == []


def test_a_sound_rule_is_not_complained_of() -> None:
    assert said_of(FILE) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("at_most = 50", "at_most = 51", "must ask that worse is 50 or less"),
        ('move = "up"', 'move = "swap"', "so it must ask for swap"),
        ('fact = "worse"', 'fact = "goes"', "asks twice about one fact"),
        ("You did enough goes.", "You failed.", 'says "You failed"'),
    ],
)
def test_each_fault_of_a_rule_is_named(before: str, after: str, fault: str) -> None:
    assert before in FILE
    assert any(fault in message for message in said_of(FILE.replace(before, after, 1)))


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("at_least = 3\n", "", "needs at_least or at_most"),
        ("at_least = 3\n", "at_least = 3\nat_most = 2\n", "asks for more than it allows"),
        ('fact = "goes"', 'fact = "luck"', "must be one of: goes"),
        ('move = "up"', 'move = "away"', "must be one of: up, down, swap, keep"),
    ],
)
def test_a_rule_of_another_shape_is_not_taken(before: str, after: str, fault: str) -> None:
    _, faults = read_fields(tomllib.loads(FILE.replace(before, after, 1)), FORMATS["step_rule"])
    assert any(fault in one.message for one in faults), faults


def test_the_last_rule_keeps_everything(tmp_path: Path) -> None:
    assert "is the last, so it must keep everything" in said_of_files(a_library(tmp_path, step_rules__ready=FILE))
    sound = a_library(tmp_path / "sound", step_rules__ready=FILE, step_rules__keep=LAST)
    assert "step_rules" not in said_of_files(sound)


def test_no_two_rules_have_one_number_and_none_silences_the_rest(tmp_path: Path) -> None:
    twice = a_library(tmp_path, step_rules__ready=FILE.replace("order = 5", "order = 9"), step_rules__keep=LAST)
    assert "has the number of another rule" in said_of_files(twice)
    loud = LAST.replace("order = 9", "order = 1")
    folder = a_library(tmp_path / "loud", step_rules__ready=FILE, step_rules__keep=LAST, step_rules__loud=loud)
    assert "no rule after it is ever heard" in said_of_files(folder)


def test_a_rule_that_staff_edited_goes_out_to_its_file_and_comes_back_in_a_pack(library: None, tmp_path: Path) -> None:
    export_library(tmp_path)
    rule = StepRule.objects.get(slug="ready-for-more")
    rule.words = "You did enough. The next step is there."
    rule.save()
    assert export_library(tmp_path).files == ["step_rules/ready-for-more.toml"]
    assert read_library(tmp_path).of("step_rule")["ready-for-more"].values["words"] == rule.words
    with (tmp_path / "library.zip").open("wb") as target:
        write_pack(target)
    StepRule.objects.all().delete()
    with (tmp_path / "library.zip").open("rb") as source:
        take_pack(source, at=timezone.now(), by=None)
    assert StepRule.objects.count() == len(RULES)
    assert StepRule.objects.get(slug="ready-for-more").words == rule.words
