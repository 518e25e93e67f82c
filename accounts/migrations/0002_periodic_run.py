from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people_and_subscribers")]

    operations = [
        migrations.CreateModel(
            name="PeriodicRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="The task's path.", max_length=200, unique=True)),
                ("due_at", models.DateTimeField()),
            ],
            options={"ordering": ["name"]},
        ),
    ]
