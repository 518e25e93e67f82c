import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0018_whether_an_ending_was_planned"),
    ]

    operations = [
        migrations.CreateModel(
            name="PracticeStore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("changes", models.BigIntegerField()),
                ("made_of", models.BigIntegerField(blank=True, null=True)),
                ("sealed_newest", models.TextField(blank=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="practice_store", to="coaching.person"
                    ),
                ),
            ],
        ),
    ]
