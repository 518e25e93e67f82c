"""Writers and reviewers may write lessons in other languages."""

from django.db import migrations

from content.migrations._roles import make_roles


def make(apps, schema_editor):
    make_roles(apps)


class Migration(migrations.Migration):
    dependencies = [("content", "0008_lesson_variants")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
