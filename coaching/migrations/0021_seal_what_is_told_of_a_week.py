"""How sure somebody is of a step, ratings of a comparison, values of a log, and what is told at a review and after
leaving get a column in which they lie sealed. As in the migration before, the readable ones stay for the release before.
"""

from django.db import migrations, models

NUMBERS = [
    ("comparisonday", "rating"),
    ("logentry", "value"),
    ("weekreview", "confidence"),
    ("booster", "doing"),
    ("booster", "calm"),
    ("booster", "confidence"),
]
INSIDE = [("plan", "sure", dict), ("plan", "held", dict), ("weekreview", "in_the_way", list)]
CONSTRAINTS = [
    ("comparisonday", "comparison_rating_0_to_10"),
    ("logentry", "log_entry_value_0_to_4"),
    ("weekreview", "week_review_confidence_0_to_10"),
    *(("booster", f"booster_{name}_0_to_10") for name in ("doing", "calm", "confidence")),
]
SEALS = [
    ("plan", "sealed_steps"),
    ("comparisonday", "sealed_rating"),
    ("logentry", "sealed_value"),
    ("weekreview", "sealed_told"),
    ("booster", "sealed_look"),
]


def stays(model, name, field):
    return [migrations.RenameField(model, name, f"plain_{name}"), migrations.AlterField(model, f"plain_{name}", field)]


def a_number(name):
    return models.PositiveSmallIntegerField(null=True, blank=True, editable=False, db_column=name)


def inside(name, default):
    return models.JSONField(default=default, blank=True, editable=False, db_column=name)


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0020_seal_ratings_and_levels"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *(migrations.RemoveConstraint(model, name) for model, name in CONSTRAINTS),
                *(step for model, name in NUMBERS for step in stays(model, name, a_number(name))),
                *(step for model, name, default in INSIDE for step in stays(model, name, inside(name, default))),
            ]
        ),
        *(
            migrations.AddField(model, name, models.TextField(blank=True, db_default="", default=""))
            for model, name in SEALS
        ),
    ]
