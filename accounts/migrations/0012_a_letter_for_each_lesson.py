"""Each lesson that opens has a letter of its own. The one letter for all of them ends; what went out stays in the ledger."""

from typing import Any

from django.db import migrations, models


def end_the_letter_for_all(apps: Any, schema_editor: Any) -> None:
    letters = apps.get_model("accounts", "SeriesLetter").objects.filter(when="lesson_open")
    letters.filter(edition__slug="course-lesson-open").delete()
    letters.update(lesson=2)
    apps.get_model("accounts", "Edition").objects.filter(slug="course-lesson-open").update(status="cancelled")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_may_send_letters"),
    ]

    operations = [
        migrations.AddField(
            model_name="seriesletter",
            name="lesson",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="The place in the course of the lesson that the letter tells of.", null=True
            ),
        ),
        migrations.RunPython(end_the_letter_for_all, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="seriesletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lesson__range", (1, 6)), ("when", "lesson_open")),
                    models.Q(models.Q(("when", "lesson_open"), _negated=True), ("lesson", None)),
                    _connector="OR",
                ),
                name="series_letter_names_the_lesson_that_opened",
            ),
        ),
    ]
