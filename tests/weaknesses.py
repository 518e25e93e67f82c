"""What bandit finds in the site's own code, and how each finding is answered.

Ruff's rules S are bandit's, under the same numbers: where a line says `noqa: S608 (why)`, that is the answer for
bandit's B608 too. What bandit finds beyond those is answered by `nosec B000 (why)`, or below where a whole file is
full of it. A finding without any ends the gate.
"""

import json
import re
import subprocess
import sys
from typing import Any

from tests.imports import ROOT

WHERE = ["config", "content", "accounts", "coaching", "manage.py"]
ALIKE = {"B703": "S308", "B404": "S603"}
"""Bandit's number, and ruff's for the same thing: to import subprocess is answered where it is called."""

NO_PASSWORDS = {
    "config/limits.py": "names of limits",
    "config/settings.py": "names of forms",
    "accounts/backups/postgresql.py": "the name of a setting",
    "coaching/progress/unwanted.py": "an empty word",
}
"""Where B105 and B107 take a name for a password."""


def findings() -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "bandit", "--quiet", "--format", "json", "--recursive", *WHERE]
    done = subprocess.run(
        [*command, "--exclude", "*/migrations/*"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return list(json.loads(done.stdout)["results"])


def is_answered(finding: dict[str, Any], source: str) -> bool:
    """Whether the statement, or for an import the file, says why."""
    if finding["test_id"] in ("B105", "B107") and finding.get("filename", "").removeprefix("./") in NO_PASSWORDS:
        return True
    lines = source.splitlines()
    number = ALIKE.get(finding["test_id"], f"S{finding['test_id'][1:]}")
    first, last = min(finding["line_range"]), max(finding["line_range"])
    said = "\n".join(lines if finding["test_id"] == "B404" else lines[max(first - 1, 0) : last + 1])
    return bool(re.search(rf"noqa: [\w, ]*{number}\b[^\n]*\w|nosec {finding['test_id']} \(", said))


def unanswered() -> list[str]:
    found = findings()
    return [
        f"{each['filename']}:{each['line_number']}: {each['test_id']} {each['issue_text']}"
        for each in found
        if not is_answered(each, (ROOT / each["filename"]).read_text(encoding="utf-8"))
    ]


if __name__ == "__main__":
    if left := unanswered():
        sys.exit("\n".join(left))
