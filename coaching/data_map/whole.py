"""The one map of what this site keeps about people.

The privacy page and docs/data.md are made from it, and a test asks that every column of every table is in it. Whoever
adds a column says here what it is for.
"""

from collections.abc import Iterator

from coaching.data_map.beside import BESIDE
from coaching.data_map.kept import Kept
from coaching.data_map.links import LINKS
from coaching.data_map.of_accounts import ACCOUNT, LETTERS, MARKS
from coaching.data_map.of_health import HEALTH

PARTS: tuple[tuple[str, tuple[Kept, ...]], ...] = (
    ("Your health, and what you do here", HEALTH),
    ("Your account", ACCOUNT),
    ("Letters", LETTERS),
    ("Marks and lists of the site", MARKS),
    ("Beside the database", BESIDE),
)
"""In the order of the privacy page."""

NOT_ABOUT_PEOPLE = (
    *("accounts.Alert", "accounts.Edition", "accounts.PeriodicRun", "accounts.SendingGate", "accounts.Series"),
    *("accounts.SeriesLetter", "auth.Permission", "auth.Group", "auth.Group_permissions", "contenttypes.ContentType"),
)
"""And all of the library (`content`). Who on the staff wrote a text stands beside it until they are erased."""


def all_kept() -> Iterator[Kept]:
    for _, part in PARTS:
        yield from part
    yield LINKS
