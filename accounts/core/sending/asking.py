"""How soon one address may be written to again because somebody typed it into a form.

The mailbox may be a stranger's, and whoever types it may mean to flood it. An hour's limit alone lets through dozens a
day for ever. So the wait grows with each mail that nobody answered, and stops growing at a week: whoever owns the
mailbox can always get another, and as a link to confirm is good for two weeks, always holds one that works.
"""

from datetime import datetime, timedelta

AT_ONCE = 3
FIRST_WAIT = timedelta(hours=1)
LONGEST_WAIT = timedelta(days=7)
GROWS_BY = 4
FORGOTTEN_AFTER = timedelta(days=60)


def wait_after(mails: int) -> timedelta:
    """How long to wait after so many mails that nobody answered."""
    if mails < AT_ONCE:
        return timedelta(0)
    return min(LONGEST_WAIT, FIRST_WAIT * GROWS_BY ** min(mails - AT_ONCE, 10))


def may_write(mails: int, last_at: datetime | None, *, at: datetime) -> bool:
    return last_at is None or at >= last_at + wait_after(mails)
