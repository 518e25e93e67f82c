"""Recordings that people made of spoken lines. Writers may hear them, reviewers bring them."""

from django.db import migrations, models

from content.migrations._roles import make_roles


def make(apps, schema_editor):
    make_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0026_translation"),
    ]

    operations = [
        migrations.CreateModel(
            name="HumanRecording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=5)),
                ("text", models.TextField(verbose_name="what is said")),
                ("line", models.CharField(max_length=64, verbose_name="digest of what is said")),
                ("name", models.CharField(max_length=64, verbose_name="digest of the file")),
                ("data", models.BinaryField()),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("seconds", models.FloatField()),
                ("loudness", models.FloatField(verbose_name="loudness, LUFS")),
                ("updated", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "recording by a person",
                "verbose_name_plural": "recordings by people",
                "ordering": ["language", "text"],
                "indexes": [models.Index(fields=["name"], name="human_recording_by_name")],
                "constraints": [
                    models.UniqueConstraint(fields=("language", "line"), name="human_recording_once_a_line")
                ],
            },
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
