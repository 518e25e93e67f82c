"""A REDCap data dictionary: 18 columns, one line a field, and what is wrong with one.

Names are in lower case, begin with a letter, and have 26 signs at most; the first field is that of the record. A field
with choices spells them "0, Not at all | 1, Several days". No checker without a network is known, so the rules that a
REDCap server would apply are applied here: to the dictionary, and to the data that are to go into it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

COLUMNS = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
NAME = re.compile(r"[a-z](?:[a-z0-9_]{0,24}[a-z0-9])?")
TYPES = frozenset({"text", "notes", "radio", "dropdown", "checkbox", "calc", "yesno", "truefalse", "slider"})
WITH_CHOICES = frozenset({"radio", "dropdown", "checkbox"})
VALIDATIONS = frozenset({"", "integer", "number", "date_ymd"})
RECORD, EVENT = "record_id", "redcap_event_name"

Row = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Field:
    """`choices`: code -> words. `low` and `high` bound a number. `source`: where the words come from."""

    name: str
    form: str
    label: str
    choices: Mapping[str, str] = field(default_factory=dict)
    validation: str = ""
    low: str = ""
    high: str = ""
    source: str = ""

    @property
    def type(self) -> str:
        return "radio" if self.choices else "text"

    @property
    def row(self) -> dict[str, str]:
        spelled = " | ".join(f"{code}, {words}" for code, words in self.choices.items())
        told = (self.name, self.form, "", self.type, self.label, spelled, self.source, self.validation)
        rest = (self.low, self.high, *[""] * 8)
        return dict(zip(COLUMNS, (*told, *rest), strict=True))


# --- What is wrong ----------------------------------------------------------------------


def dictionary_faults(header: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
    if tuple(header) != COLUMNS:
        return ("the columns are not the 18 of REDCap, in their order",)
    names = [row[COLUMNS[0]] for row in rows]
    twice = sorted({name for name in names if names.count(name) > 1})
    first = [] if names[:1] == [RECORD] else [f"the first field is not {RECORD}"]
    return (*first, *(f"{name}: it stands twice" for name in twice), *(line for row in rows for line in _of_field(row)))


def _of_field(row: Row) -> Iterator[str]:
    name, kind = row[COLUMNS[0]], row["Field Type"]
    if not NAME.fullmatch(name) or "__" in name:
        yield f"{name}: no name of a field"
    if not NAME.fullmatch(row["Form Name"]):
        yield f"{name}: no name of a form"
    if kind not in TYPES:
        yield f"{name}: no type of a field"
    if not row["Field Label"]:
        yield f"{name}: no label"
    if (kind in WITH_CHOICES) != bool(choices_of(row)):
        yield f"{name}: choices where there are none, or none where there have to be"
    if row["Text Validation Type OR Show Slider Number"] not in VALIDATIONS:
        yield f"{name}: no validation that we know"


def choices_of(row: Row) -> dict[str, str]:
    spelled = row["Choices, Calculations, OR Slider Labels"]
    pairs = (one.partition(", ") for one in spelled.split(" | ") if one)
    return {code.strip(): words for code, _comma, words in pairs if code.strip() and words}


def data_faults(rows: Sequence[Row], data: Sequence[Row], events: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """`events`: the forms of each event, by its unique name."""
    fields = {row[COLUMNS[0]]: row for row in rows}
    return tuple(
        f"line {number}: {fault}" for number, line in enumerate(data, 2) for fault in _of_line(line, fields, events)
    )


def _of_line(line: Row, fields: Mapping[str, Row], events: Mapping[str, Collection[str]]) -> Iterator[str]:
    forms = events.get(line.get(EVENT, ""))
    if forms is None:
        yield "no such event"
        return
    if not line.get(RECORD):
        yield "no record"
    for name, value in line.items():
        if name in (RECORD, EVENT) or not value:
            continue
        if name not in fields:
            yield f"{name}: no such field"
        elif fields[name]["Form Name"] not in forms:
            yield f"{name}: its form is not part of this event"
        elif not _fits(fields[name], value):
            yield f"{name}: {value} does not fit"


def _fits(row: Row, value: str) -> bool:
    if row["Field Type"] in WITH_CHOICES:
        return value in choices_of(row)
    kind = row["Text Validation Type OR Show Slider Number"]
    try:
        if kind == "date_ymd":
            return date.fromisoformat(value).isoformat() == value
        if kind in ("integer", "number"):
            number = int(value) if kind == "integer" else float(value)
            return float(row["Text Validation Min"] or "-inf") <= number <= float(row["Text Validation Max"] or "inf")
    except ValueError:
        return False
    return True
