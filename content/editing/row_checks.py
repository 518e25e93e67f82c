"""The checks of `content/core/texts/checks.py` over rows, against what the database knows."""

from collections.abc import Mapping
from typing import Any

from content.core.texts.checks import FINDINGS_OF, Finding, Known, Severity
from content.core.texts.paths import paths_of
from content.editing.nouns import NOUNS_OF_MODELS
from content.models import Guide, Lesson, Picture, Reference, Row, Tip


def findings_of(row: Row) -> list[Finding]:
    """All that the checks say of a row as staff left it."""
    return findings_in(row, row.working_values())


def findings_in(row: Row, values: Mapping[str, Any]) -> list[Finding]:
    find = FINDINGS_OF.get(NOUNS_OF_MODELS[type(row)])
    return find(values, known_here()) if find else []


def errors_of(row: Row) -> list[Finding]:
    return [finding for finding in findings_of(row) if finding.severity is Severity.ERROR]


def known_here() -> Known:
    return Known(
        references=frozenset(slugs(Reference)),
        pictures=frozenset(slugs(Picture)),
        paths=paths_of(lessons=slugs(Lesson), guides=slugs(Guide), tips=slugs(Tip)),
        guides={row["slug"]: row for row in Guide.objects.values("slug", "skin", "demands")},
    )


def slugs(model: type[Row]) -> set[str]:
    return set(model.objects.values_list("slug", flat=True))
