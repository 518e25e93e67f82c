"""An index that no plan uses costs each row that is written, and the room of a copy: nine on practices became five.

An index of one column is not needed where another begins with it; PostgreSQL has two of each column of words. They are
dropped by themselves, as `AlterField` would write a table of SQLite anew, and on PostgreSQL prove each key once more.
Whoever goes back to the release before misses nothing but their speed.
"""

import re
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GONE = (
    ("booster", "ending"),
    ("breathpattern", "person"),
    ("checkin", "person"),
    ("comparisonday", "comparison"),
    ("intake", "person"),
    ("lessonprogress", "person"),
    ("logentry", "person"),
    ("planitem", "plan"),
    ("practice", "guide"),
    ("practice", "person"),
    ("reminderslot", "user"),
    ("toolentry", "person"),
    ("unwantedeffect", "person"),
    ("week", "person"),
    ("weekreview", "rule"),
)
"""Model and field."""


def drop(apps: Any, schema_editor: Any) -> None:
    for model, name in GONE:
        meta = apps.get_model("coaching", model)._meta
        for index in _indexes(schema_editor.connection, meta.db_table, meta.get_field(name).column):
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(index)}")


def _indexes(connection: Any, table: str, column: str) -> list[str]:
    """Of this column alone, of all rows, and without a promise."""
    known = "pg_indexes" if connection.vendor == "postgresql" else "sqlite_master"
    name, made, of = ("indexname", "indexdef", "tablename") if known == "pg_indexes" else ("name", "sql", "tbl_name")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}, {made} FROM {known} WHERE {of} = %s", [table])  # noqa: S608 - our own names
        plain = re.compile(rf'CREATE INDEX [^(]*\("?{column}"?( varchar_pattern_ops)?\)')
        return [index for index, words in cursor.fetchall() if words and plain.fullmatch(words)]


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0021_seal_what_is_told_of_a_week"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, migrations.RunPython.noop)],
            state_operations=[
                migrations.AlterField(
                    model_name="booster",
                    name="ending",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="boosters",
                        to="coaching.ending",
                    ),
                ),
                migrations.AlterField(
                    model_name="breathpattern",
                    name="person",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="breaths",
                        to="coaching.person",
                    ),
                ),
                migrations.AlterField(
                    model_name="checkin",
                    name="person",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_ins",
                        to="coaching.person",
                    ),
                ),
                migrations.AlterField(
                    model_name="comparisonday",
                    name="comparison",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="coaching.comparison",
                    ),
                ),
                migrations.AlterField(
                    model_name="intake",
                    name="person",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="intakes",
                        to="coaching.person",
                    ),
                ),
                migrations.AlterField(
                    model_name="lessonprogress",
                    name="person",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lessons",
                        to="coaching.person",
                    ),
                ),
                migrations.AlterField(
                    model_name="logentry",
                    name="person",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="log",
                        to="coaching.person",
                    ),
                ),
                migrations.AlterField(
                    model_name="planitem",
                    name="plan",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="coaching.plan",
                    ),
                ),
                migrations.AlterField(
                    model_name="practice",
                    name="guide",
                    field=models.SlugField(blank=True, db_index=False, max_length=60),
                ),
                migrations.AlterField(
                    model_name="practice",
                    name="person",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="practices",
                        to="coaching.person",
                    ),
                ),
                migrations.AlterField(
                    model_name="reminderslot",
                    name="user",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder_slots",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="toolentry",
                    name="person",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tool_entries",
                        to="coaching.person",
                    ),
                ),
                migrations.AlterField(
                    model_name="unwantedeffect",
                    name="person",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unwanted_effects",
                        to="coaching.person",
                    ),
                ),
                migrations.AlterField(
                    model_name="week",
                    name="person",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="weeks",
                        to="coaching.person",
                    ),
                ),
                migrations.AlterField(
                    model_name="weekreview",
                    name="rule",
                    field=models.SlugField(
                        blank=True, db_index=False, max_length=60, verbose_name="the rule that spoke"
                    ),
                ),
            ],
        ),
    ]
