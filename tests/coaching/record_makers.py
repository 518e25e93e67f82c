"""Records of made-up people, and the two validators from outside that judge them: one of PyPI, one of npm."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from fhir.resources.R4B.bundle import Bundle
from hypothesis import strategies as st
from pydantic import ValidationError

from coaching.core.record.bundle import Given, Making, Who, record
from coaching.core.record.codes import ITEM_CODES
from coaching.core.record.scales import ASKED

SITE = "https://unloop.example"
AT = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
TOOLS = settings.BASE_DIR / "tests" / "fhir"
WHOLE = dict.fromkeys(ITEM_CODES, 1)


def making(**told: Any) -> Making:
    return Making(site=SITE, at=AT, address=lambda name: f"urn:uuid:{uuid5(NAMESPACE_URL, name)}", **told)


def a_record(**told: Any) -> dict[str, Any]:
    """One day on which everything was answered."""
    return record([Given(on=date(2026, 11, 2), version="3", answers=WHOLE)], making(**told))


def resources(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    found = [entry["resource"] for entry in bundle["entry"]]
    return [one for one in found if one["resourceType"] == kind]


ANSWERS = st.one_of(st.none(), st.integers(-2, 12), st.sampled_from(["", "2", "many", "10"]))
DAYS = st.builds(
    Given,
    on=st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    version=st.sampled_from(["1", "2", "3", "4", ""]),
    answers=st.one_of(
        st.dictionaries(st.sampled_from([*ITEM_CODES, "goal"]), ANSWERS),
        st.fixed_dictionaries({name: st.integers(0, 3) for name in ITEM_CODES}),
    ),
)
NAMES = st.one_of(
    st.sampled_from(["", "Jürgen Groß", "نادية خليل", "שרה", "王小明", "O'Neil <b>", "Zoë 🙂"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.text(
        st.sampled_from("\u3000\u00a0\u2003\u2028\u2029\u202f\u1680\u180e\ufeff\u200b\u200d\u202e\x85\x1c\x0b\x07é 王"),
        max_size=12,
    ),
)
WHOS = st.builds(Who, name=NAMES, born=st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2008, 1, 1))))
RECORDS = st.builds(
    lambda days, who, scales: record(days, making(who=who, scales=scales)),
    st.lists(DAYS, max_size=6),
    WHOS,
    st.sets(st.sampled_from(sorted(ASKED))),
)
"""Every record that a person's answers, their choices and their name can come to."""


def faults_of_the_first(bundle: dict[str, Any]) -> str:
    """What PyPI's fhir.resources finds; its R4B models hold for R4 where we use them."""
    try:
        Bundle.model_validate(json.loads(json.dumps(bundle)))
    except ValidationError as error:
        return str(error)
    return ""


def faults_of_the_others(bundles: Sequence[dict[str, Any]]) -> list[list[str]]:
    """What npm's two find, all bundles in one run."""
    node = shutil.which("node")
    assert node and (TOOLS / "node_modules").exists(), (
        "The npm validators are not installed: script/test installs them."
    )
    lines = "\n".join(json.dumps(one) for one in bundles)
    done = subprocess.run(
        [node, TOOLS / "judge.cjs"], input=lines, capture_output=True, text=True, check=True, timeout=300
    )
    return [json.loads(line) for line in done.stdout.splitlines()]
