"""What staff write in Spanish for a text of the library, by its English words. Writers may add and change it."""

from django.db import migrations, models

from content.migrations._roles import make_roles


def make(apps, schema_editor):
    make_roles(apps)


class Migration(migrations.Migration):
    dependencies = [("content", "0025_reviewers_and_scales")]

    operations = [
        migrations.CreateModel(
            name="Translation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(default="es", max_length=5)),
                ("english", models.TextField(help_text="Word for word as it stands in the library.")),
                ("words", models.TextField(verbose_name="in that language")),
                ("updated", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["-updated"],
                "constraints": [models.UniqueConstraint(fields=("language", "english"), name="translated_once")],
            },
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
