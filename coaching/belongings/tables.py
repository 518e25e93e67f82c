"""Every table that holds rows of one person, in the order in which rows can be made again.

What is here is what `rows.py` takes along and `taking_in.py` brings in. A column that holds a seal is told as what was
sealed, and a row that points at another row of the person says the number of that row in this file: no key of the
database leaves. `tests/coaching/test_export_is_complete.py` walks all models, so that a new one cannot be forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from coaching.models import (
    Booster,
    BreathPattern,
    CheckIn,
    Comparison,
    ComparisonDay,
    CoursePause,
    CourseRun,
    Ending,
    Intake,
    LessonProgress,
    LogEntry,
    Plan,
    PlanChange,
    PlanItem,
    Practice,
    Rhythm,
    ToolEntry,
    UnwantedEffect,
    Week,
    WeekChange,
    WeekReview,
    WeekStep,
)
from coaching.models.sealed_parts import Part, parts_of

SEALED = "sealed_"


@dataclass(frozen=True, kw_only=True)
class Table:
    """`of`: the column that leads to the person, or to the row of theirs that it is a part of."""

    name: str
    model: type[models.Model]
    of: str = "person"

    @property
    def columns(self) -> "list[models.Field]":
        """All but the key of the database, and the person, whose file it is. Of a seal that holds parts, each part."""
        own = [one for one in self.model._meta.concrete_fields if not one.primary_key and one.name != "person"]
        behind = {column for part in self.parts.values() for column in (part.of, part.plain)}
        return [*(one for one in own if one.name not in behind), *(part.field for part in self.parts.values())]

    @property
    def parts(self) -> "Mapping[str, Part]":
        return parts_of(self.model)

    @property
    def to_person(self) -> str:
        """How a query comes from a row to its person."""
        if self.of == "person":
            return "person"
        parent = self.model._meta.get_field(self.of).related_model
        return f"{self.of}__{TABLE_OF[parent].to_person}"


TABLES = (
    Table(name="intakes", model=Intake),
    Table(name="plans", model=Plan),
    Table(name="plan_items", model=PlanItem, of="plan"),
    Table(name="plan_changes", model=PlanChange, of="plan"),
    Table(name="practices", model=Practice),
    Table(name="tool_entries", model=ToolEntry),
    Table(name="lessons", model=LessonProgress),
    Table(name="course", model=CourseRun),
    Table(name="course_pauses", model=CoursePause, of="run"),
    Table(name="breaths", model=BreathPattern),
    Table(name="check_ins", model=CheckIn),
    Table(name="unwanted_effects", model=UnwantedEffect),
    Table(name="rhythm", model=Rhythm),
    Table(name="weeks", model=Week),
    Table(name="week_steps", model=WeekStep, of="week"),
    Table(name="week_changes", model=WeekChange, of="week"),
    Table(name="week_reviews", model=WeekReview, of="week"),
    Table(name="log", model=LogEntry),
    Table(name="endings", model=Ending),
    Table(name="boosters", model=Booster, of="ending"),
    Table(name="comparisons", model=Comparison),
    Table(name="comparison_days", model=ComparisonDay, of="comparison"),
)
TABLE_OF: Mapping[object, Table] = {table.model: table for table in TABLES}

PERSON_COLUMNS = ("made_at", "check_in_from", "pain_rose_at")
PROFILE_COLUMNS = ("name", "country", "time_zone", "minutes_a_day", "hide_pain_numbers")
"""What a new account takes over. Being written to is asked anew, so reminders stay off."""


def told_name(column: "models.Field") -> str:
    """The name of a column in the file: that of what was sealed, where it holds a seal."""
    return column.name.removeprefix(SEALED)
