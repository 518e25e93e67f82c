"""What profiles say of reminders becomes a wish of its own. Nobody is reminded twice or late because of it.

A first sweep works out when each is due. It comes 59 minutes after this: by then whoever was reminded within the hour
is past their slot, and whoever is due within the hour is still in theirs.
"""

from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe

from django.db import migrations

AT_ONCE = 2000
EVERY_DAY, MONDAY = "0123456", 0


def move(apps, schema_editor):
    Profile, Wish = apps.get_model("accounts", "Profile"), apps.get_model("accounts", "ReminderWish")
    at = datetime.now(tz=UTC)
    made = []
    for profile in Profile.objects.exclude(reminder="none").iterator(chunk_size=AT_ONCE):
        made.append(_wish(Wish, profile, at))
        if len(made) == AT_ONCE:
            Wish.objects.bulk_create(made)
            made = []
    Wish.objects.bulk_create(made)


def _wish(wishes, profile, at):
    """Who chose once a week goes on with the day of the week of the last one."""
    weekday = profile.reminded_on.weekday() if profile.reminded_on else MONDAY
    return wishes(
        user_id=profile.user_id,
        public_id=token_urlsafe(16),
        days=EVERY_DAY if profile.reminder == "daily" else str(weekday),
        hour=profile.reminder_hour,
        # The hour that was chosen is never a quiet one.
        quiet_from=22 if 7 <= profile.reminder_hour < 22 else 0,
        quiet_until=7 if 7 <= profile.reminder_hour < 22 else 0,
        way="mail",
        language="en",
        changed_at=at,
        next_reminder_at=at + timedelta(minutes=59),
        reckoned_at=at,
    )


def back(apps, schema_editor):
    Profile, Wish = apps.get_model("accounts", "Profile"), apps.get_model("accounts", "ReminderWish")
    for wish in Wish.objects.filter(way="mail", stopped="").exclude(days="").iterator(chunk_size=AT_ONCE):
        kind = "weekly" if len(wish.days) == 1 else "daily"
        Profile.objects.filter(user_id=wish.user_id).update(reminder=kind, reminder_hour=wish.hour)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0021_reminder_wishes"),
    ]

    operations = [migrations.RunPython(move, back)]
