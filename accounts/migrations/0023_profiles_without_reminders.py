from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0022_wishes_of_profiles"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="profile",
            name="profile_reminder_known",
        ),
        migrations.RemoveConstraint(
            model_name="profile",
            name="profile_reminder_hour_of_a_day",
        ),
        migrations.RemoveField(
            model_name="profile",
            name="reminded_on",
        ),
        migrations.RemoveField(
            model_name="profile",
            name="reminder",
        ),
        migrations.RemoveField(
            model_name="profile",
            name="reminder_hour",
        ),
    ]
