"""What a lesson and a tip say in plain words, and the index that the search asks."""

from django.db import migrations, models

from content.migrations._search import install, remove


class Migration(migrations.Migration):
    dependencies = [("content", "0001_first_library")]

    operations = [
        migrations.AddField(
            model_name="lesson",
            name="plain",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="what is said, for the search"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="tip",
            name="plain",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="what is said, for the search"),
            preserve_default=False,
        ),
        migrations.RunPython(install, remove),
    ]
