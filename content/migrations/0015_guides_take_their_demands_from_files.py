"""Guides that were loaded before take the new field from their files, and reviewers may change the new cautions.

Without a base for the field, a load would find that file and row differ and would leave the row without demands.
"""

from django.db import migrations

from content.migrations._roles import make_roles


def begin(apps, schema_editor):
    make_roles(apps)
    guides = apps.get_model("content", "Guide")
    for guide in guides.objects.exclude(loaded={}).only("pk", "loaded"):
        guide.loaded["demands"] = []
        guides.objects.filter(pk=guide.pk).update(loaded=guide.loaded)


class Migration(migrations.Migration):
    dependencies = [("content", "0014_what_guides_ask_of_the_body")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
