"""The safety case names tests; each of them exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "safety.md").read_text()
NAMED = re.findall(r"`(test_\w+\.py)(?:: (test_\w+))?`(?:, `(test_\w+)`)?", TEXT)


def text_of(file: str) -> str:
    found = list((ROOT / "tests").rglob(file))
    assert found, f"docs/safety.md names {file}, which is not there"
    return found[0].read_text()


@pytest.mark.parametrize(("file", "first", "second"), NAMED)
def test_every_test_that_the_safety_case_names_exists(file: str, first: str, second: str) -> None:
    text = text_of(file)

    assert all(f"def {name}(" in text for name in (first, second) if name)
