"""A practice that is put in is sealed by itself, behind the long seal of those before: that one need not be written anew.

The columns may be empty, so that a table that is large already takes them at once, and a release from before may go on
writing rows without them. It reads anew what has something behind it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0022_no_index_that_another_begins_with"),
    ]

    operations = [
        migrations.AddField(
            model_name="practicestore",
            name="followed_to",
            field=models.BigIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="practicestore",
            name="newest_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="practicestore",
            name="sealed_later",
            field=models.TextField(blank=True, editable=False, null=True),
        ),
    ]
