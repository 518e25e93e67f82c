"""Ratings of practices and the danger level get a column in which they lie sealed.

The readable columns stay as they are, under another name in the code alone: processes of the release before go on with
them until they are replaced. What stands there is sealed by a worker afterwards (`coaching/resealing.py`), and a later
release takes the columns away. No row is touched here, however many there are.
"""

from django.db import migrations, models

RATED = [
    f"{name}_{when}" for name in ("tension", "belief", "confidence", "night", "pain") for when in ("before", "after")
]
RATINGS = [*RATED, "pain_next_day", "managed"]
CONSTRAINTS = [
    *(("practice", f"practice_{name}_0_to_10") for name in [*RATED, "pain_next_day"]),
    ("practice", "practice_managed_0_to_3"),
    ("intake", "intake_safety_level_is_known"),
]


def stays(model, name, field):
    return [migrations.RenameField(model, name, f"plain_{name}"), migrations.AlterField(model, f"plain_{name}", field)]


def a_rating(name):
    return models.PositiveSmallIntegerField(null=True, blank=True, editable=False, db_column=name)


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0019_newest_practices_together"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *(migrations.RemoveConstraint(model, name) for model, name in CONSTRAINTS),
                *(step for name in RATINGS for step in stays("practice", name, a_rating(name))),
                *stays(
                    "intake",
                    "safety_level",
                    models.CharField(blank=True, db_column="safety_level", editable=False, max_length=10),
                ),
            ]
        ),
        migrations.AddField("practice", "sealed_ratings", models.TextField(blank=True, db_default="", default="")),
        migrations.AddField("intake", "sealed_safety_level", models.TextField(blank=True, db_default="", default="")),
    ]
