"""Writers and reviewers may write the rules of a step."""

from django.db import migrations

from content.migrations._roles import make_roles


def make(apps, schema_editor):
    make_roles(apps)


class Migration(migrations.Migration):
    dependencies = [("content", "0022_step_rules")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
