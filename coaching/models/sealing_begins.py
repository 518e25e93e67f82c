"""When numbers and levels stop standing readable in the database: at once, or an hour after a release was put in.

A new database seals from its first row. In one that an earlier release has filled, processes of that release may still
run while this one is put in, and they read and write the readable columns alone; so for an hour these go on being
used. From then on whatever is written is sealed, and a worker seals what stands there (`coaching/resealing.py`).
"""

from datetime import timedelta

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

FIRST = "0001_people_answers_and_plans"
MADE_THE_SEALS = ("0020_seal_ratings_and_levels", "0021_seal_what_is_told_of_a_week")
PUT_IN = timedelta(hours=1)
"""Longer than any release takes to replace the processes of the one before."""


class Begun:
    """What was found once stays: it cannot be taken back."""

    is_known = False


def has_begun() -> bool:
    if not Begun.is_known:
        Begun.is_known = _ask()
    return Begun.is_known


def _ask() -> bool:
    applied = MigrationRecorder(connection).migration_qs.filter(app="coaching", name__in=[FIRST, *MADE_THE_SEALS])
    moments = {row.name: row.applied for row in applied}
    if FIRST not in moments:
        return True
    sealing = max(moments.values())
    return sealing - moments[FIRST] < PUT_IN or timezone.now() - sealing > PUT_IN
