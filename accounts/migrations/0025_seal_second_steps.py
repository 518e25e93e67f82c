"""Secrets of authenticator apps and seeds of recovery codes that were kept before they were sealed.

Batch by batch by the key, each batch kept at once: stopped in the middle, it goes on where it was. The release before
opens what is sealed.
"""

from django.db import migrations

from accounts.migrations._sealing import seal

BATCH = 200
SECRETS = ("secret", "seed")
CONTEXT = "mfa.authenticator.seed"


def seal_all(apps, schema_editor):
    authenticators, after = apps.get_model("mfa", "Authenticator").objects.order_by("pk"), 0
    while some := list(authenticators.filter(pk__gt=after)[:BATCH]):
        for each in some:
            # No seed has a point in it, and everything sealed has one behind the name of its key.
            plain = {name: each.data[name] for name in SECRETS if "." not in each.data.get(name, ".")}
            if plain:
                each.data |= {name: seal(seed, CONTEXT) for name, seed in plain.items()}
                each.save(update_fields=["data"])
        after = some[-1].pk


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("accounts", "0024_acts_stay_as_they_are"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal_all, migrations.RunPython.noop)]
