"""How often someone who chose a pace gets an edition: never two within that many days.

A day less than the pace itself, so that an edition that leaves some hours earlier than the last one did
still reaches everybody.
"""

from datetime import datetime, timedelta

LEAST_BETWEEN = {
    "weekly": timedelta(days=6),
    "fortnightly": timedelta(days=13),
    "monthly": timedelta(days=27),
}


def had_one_since(pace: str, *, at: datetime) -> datetime:
    """Whoever got an edition after this moment is not sent the next one yet."""
    return at - LEAST_BETWEEN[pace]
