"""Writers may see what counts as a change, reviewers may change it."""

from django.db import migrations

from content.migrations._roles import make_roles


def make(apps, schema_editor):
    make_roles(apps)


class Migration(migrations.Migration):
    dependencies = [("content", "0024_scales")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
