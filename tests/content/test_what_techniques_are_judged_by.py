"""Each technique names what it is judged by, when that is asked, and how many goes it is given first."""

from typing import Any

import pytest

from content.core.signals import FEWEST_TO_JUDGE, Signal
from content.core.texts.checks import Known, technique_findings
from content.files.library import read_library
from content.loading.exporting import export_library
from content.models import Technique

NOTHING = Known(references=frozenset(), paths=frozenset())


def found(**told: Any) -> list[str]:
    values = {"startable": True, "outcome": "tension", "asked": "around", "fair_trial": 8, **told}
    return [finding.field for finding in technique_findings(values, NOTHING)]


def test_what_fits_together_passes() -> None:
    assert found() == []
    assert found(outcome="night", asked="morning") == []
    assert found(startable=False, outcome="none", asked="never", fair_trial=0) == []


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"outcome": "night"}, "asked"),
        ({"outcome": "confidence"}, "asked"),
        ({"outcome": "none", "asked": "never"}, "outcome"),
        ({"fair_trial": FEWEST_TO_JUDGE - 1}, "fair_trial"),
    ],
)
def test_a_night_is_not_asked_before_the_morning_and_nothing_is_judged_by_nothing(
    told: dict[str, Any], field: str
) -> None:
    assert found(**told) == [field]


def test_every_technique_of_the_library_that_can_be_practised_is_judged_by_something() -> None:
    techniques = read_library().of("technique").values()
    for entry in techniques:
        assert (entry.values["outcome"] != Signal.NONE) is entry.values["startable"], entry.key


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_what_staff_change_goes_back_to_the_files(tmp_path: Any) -> None:
    Technique.objects.filter(slug="sleep").update(fair_trial=21)

    export_library(tmp_path)

    assert read_library(tmp_path).of("technique")["sleep"].values["fair_trial"] == 21
