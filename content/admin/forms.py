"""One form for every kind of row: what is typed passes the same shapes and checks as a library file.

A finding that would break the page stops every save. One that would only make a text
worse stops a text that is in review; a draft is saved with a warning, and cannot be sent to review.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models

from content.admin.fields import RowsField, TableField, TermsField
from content.core.demands import Demand
from content.core.files import ladders, shapes, step_rules
from content.core.files.formats import FORMATS, Fault, Format, read_fields
from content.core.texts.checks import Finding, Severity
from content.core.vocabulary import Limit, Need, Status, Topic
from content.core.week_facts import Fact, Move
from content.editing.nouns import NOUNS_OF_MODELS
from content.editing.row_checks import findings_in, slugs
from content.models import Proposing, Row, Technique

CHECK_ONLY = "_check"
CHECKED = "Checked. Nothing is saved yet."

CHECK_HELP = """Three or four answers, exactly one of them right, and kind feedback for each: question = "..." then,
for each answer, a line [[answers]] with words = "...", right = true or false, feedback = "..."."""
TASK_HELP = 'words = "..." and, if you like, technique = "breathing" and minutes = 5.'
CHANGES_HELP = 'For each change a line [[changes]], then on = 2026-11-22 and what = "...". Readers see this.'
STEPS_HELP = """For each step a line [[steps]], then words = "...", seconds = 10, cue = "in", sizes = ["1", "4", "12"].
The steps of a size last 60, 240 and 720 seconds, within 5 in 100."""
PATTERN_HELP = "Seconds of one breath: in = 4, hold = 0, out = 6, rest = 0, each on its own line."
OWN_LENGTH_HELP = """Only for a pack and a walk: what is said where somebody sets the time. Of a pack begin, rest,
check, off and after = "...", each on its own line; of a walk begin, spell, again, slow, turn and close."""
RUNGS_HELP = """For each rung a line [[rungs]], then minutes = 2, times = 7 (a week), words = "...", enough = 4 (goes
that earn the next), up = "..." and down = "...". The first has no down, the last no enough and no up."""
WHEN_HELP = """For each condition a line [[when]], then fact = "goes" and at_least = 3 or at_most = 5. All must hold.
Facts: {facts}.""".format(facts="; ".join(f"{fact.value} ({fact.label})" for fact in Fact))
SERVICES_HELP = 'For each a line [[services]], then name = "...", how = "..." and, if known, call = "...", url = "...".'
LINES_HELP = 'For each line [[lines]], then name = "...", call = "...", text = "...", url = "...", note = "...".'

SPECIAL_FIELDS: dict[str, Any] = {
    "needs": lambda **options: TermsField(Need, **options),
    "topics": lambda **options: TermsField(Topic, **options | {"required": True}),
    "demands": lambda **options: TermsField(Demand, **options),
    "limits": lambda **options: TermsField(Limit, **options),
    "check_question": lambda **options: TableField(shapes.question, 18, **options | {"help_text": CHECK_HELP}),
    "task": lambda **options: TableField(shapes.task, 4, **options | {"help_text": TASK_HELP}),
    "pattern": lambda **options: TableField(shapes.pattern, 4, **options | {"help_text": PATTERN_HELP}),
    "own_length": lambda **options: TableField(shapes.own_length, 8, **options | {"help_text": OWN_LENGTH_HELP}),
    "changes": lambda **options: RowsField("changes", shapes.changes, **options | {"help_text": CHANGES_HELP}),
    "steps": lambda **options: RowsField("steps", shapes.steps, rows=30, **options | {"help_text": STEPS_HELP}),
    "rungs": lambda **options: RowsField("rungs", ladders.rungs, rows=24, **options | {"help_text": RUNGS_HELP}),
    "move": lambda **options: forms.ChoiceField(choices=Move.choices(), **options),
    "when": lambda **options: RowsField("when", step_rules.conditions, **options | {"help_text": WHEN_HELP}),
    "services": lambda **options: RowsField("services", shapes.services, **options | {"help_text": SERVICES_HELP}),
    "lines": lambda **options: RowsField("lines", shapes.crisis_lines, **options | {"help_text": LINES_HELP}),
}


class RowForm(forms.ModelForm):
    instance: Row

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row = kwargs.get("instance")
        if isinstance(row, Proposing) and row.proposal:
            kwargs["initial"] = initial_of(row, row.proposal["values"]) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.warnings: list[Finding] = []
        self.plain: dict[str, Any] = {}
        """All that the row would say, as plain values; known once the form has passed its checks."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        noun = NOUNS_OF_MODELS[type(self.instance)]
        values, faults = read_fields(self._values(cleaned, FORMATS[noun]), FORMATS[noun])
        for fault in (*faults, *_strangers_in(values)):
            self._complain(fault.field, f"This {fault.message}.")
        if not self.errors:
            self.plain = values
            self._sort(findings_in(self.instance, values))
        if CHECK_ONLY in self.data and not self.errors:
            self.add_error(None, forms.ValidationError(CHECKED, code=CHECK_ONLY))
        return cleaned

    @property
    def is_only_checked(self) -> bool:
        """The form is fine; it is shown again because nothing was to be saved."""
        return self.is_bound and self.has_error(NON_FIELD_ERRORS, CHECK_ONLY)

    def _values(self, cleaned: dict[str, Any], of: Format) -> dict[str, Any]:
        """What the row would hold; a field that cannot be edited keeps what it holds now."""
        kept = self.instance.authored_values() if self.instance.pk else {}
        return kept | {name: _plain(value) for name, value in cleaned.items() if name in of}

    def _sort(self, findings: Iterable[Finding]) -> None:
        is_strict = self.instance.stage == Status.IN_REVIEW.value
        for finding in findings:
            if finding.is_hard or (is_strict and finding.severity is Severity.ERROR):
                self._complain(finding.field, f"Line {finding.line}: this text {finding.message}.")
            else:
                self.warnings.append(finding)

    def _complain(self, name: str, message: str) -> None:
        # A field that failed already says why; it would only be said twice.
        if name not in self.errors:
            self.add_error(name if name in self.fields else None, message)


class LinesField(forms.CharField):
    """Long text as files hold it: browsers end lines in two signs, files in one."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return typed.replace("\r\n", "\n") if isinstance(typed, str) else typed


def special_field(column: models.Field[Any, Any]) -> forms.Field | None:
    make = SPECIAL_FIELDS.get(column.name)
    options = {"required": False, "label": str(column.verbose_name).capitalize(), "help_text": column.help_text}
    field: forms.Field | None = make(**options) if make else None
    return field


def initial_of(row: Row, values: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values as a form begins with them."""
    many = {
        name: list(row._meta.get_field(name).related_model.objects.filter(slug__in=values[name]))  # type: ignore[union-attr]
        for name in row.many_fields()
        if name in values
    }
    return {**values, **many}


def _strangers_in(values: dict[str, Any]) -> Iterator[Fault]:
    """Relations are chosen from what exists; a name typed inside a table may stand for nothing."""
    technique = (values.get("task") or {}).get("technique")
    if technique and technique not in slugs(Technique):
        yield Fault(field="task", message=f"names no known technique: {technique}")


def _plain(value: Any) -> Any:
    if isinstance(value, Row):
        return value.key
    if isinstance(value, models.QuerySet):
        return sorted(row.key for row in value)
    return value.isoformat() if isinstance(value, date) else value
