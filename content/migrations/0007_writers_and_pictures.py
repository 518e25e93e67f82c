"""Writers and reviewers may add pictures."""

from django.db import migrations

from content.migrations._roles import make_roles


def make(apps, schema_editor):
    make_roles(apps)


class Migration(migrations.Migration):
    dependencies = [("content", "0006_pictures")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
