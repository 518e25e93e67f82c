"""script/benchmark plans [--few] [--all]: how a PostgreSQL with many people finds the rows of one of them.

20,000 people (`--few`: 2,000) with 50 practices each, and with rows in every other table that a person can have. A
visitor and a member open every page and send every form, a practice comes from a device, all of it is taken along, an
account is erased, and each repeated task runs once. Of each kind of statement the planner says which table it reads by
which index (`--all`: for each statement; else for each table). It ends with 1 when a statement of a page reads a table
of people whole. Of the indexes of these tables it tells the size, and which ones no plan used. JSON comes last.
"""

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import django

from tests.pgplugin import put_away, settings_for, start_postgresql

PEOPLE = 2_000 if "--few" in sys.argv else 20_000
PRACTICES = 50
FOLDER = Path(tempfile.mkdtemp(prefix="unloop-plans-"))
os.environ |= settings_for(FOLDER)
os.environ |= {"DATABASE_URL": start_postgresql(FOLDER), "DJANGO_SETTINGS_MODULE": "config.settings"}
os.environ |= {
    "DATABASE_POOL": "0",
    "EMAIL_URL": "dummy:",
    "LOG_LEVEL": "CRITICAL",
    "DEBUG": "true",
    "VISITS_A_MINUTE": "0",
}
Path(os.environ["VAR_DIR"]).mkdir(parents=True, exist_ok=True)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from accounts.work import clock  # noqa: E402
from tests.benchmarks.background_people import make_crowd, practise  # noqa: E402
from tests.benchmarks.living import Seen, line_of, read_whole, seen, seen_of  # noqa: E402
from tests.benchmarks.plans_people import copy_to_everybody  # noqa: E402
from tests.benchmarks.storm import say  # noqa: E402
from tests.coaching.every_page import MEMBER, VISITOR  # noqa: E402
from tests.plans import big_tables  # noqa: E402

INDEXES = """
SELECT relname, indexrelname, pg_relation_size(indexrelid), indisunique
FROM pg_stat_user_indexes JOIN pg_index USING (indexrelid) WHERE relname = ANY(%s) ORDER BY relname, indexrelname
"""
"""A unique index is there for its promise, whoever reads it."""


def main() -> None:
    try:
        make()
        pages = {whose: seen_of(whose, PRACTICES) for whose in (VISITOR, MEMBER)}
        tasks = {task.name: seen(task.func) for task, _ in clock.schedule()}
        whole = tell(pages, tasks)
        unused = tell_indexes([*pages.values(), *tasks.values()])
    finally:
        connection.close()
        put_away(FOLDER)
    told = {"people": PEOPLE, "practices": PEOPLE * PRACTICES, "read_whole_by_pages": whole, "unused": unused}
    say(json.dumps(told))
    sys.exit(1 if whole else 0)


def make() -> None:
    setup_test_environment()
    for command in ("migrate", "createcachetable", "load_library"):
        call_command(command, verbosity=0)
    make_crowd(PEOPLE)
    for goes in range(2, PRACTICES):
        practise(goes, "true" if goes >= 10 else "n % 10 <> 0")
    copy_to_everybody(PEOPLE)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


# --- What is told -----------------------------------------------------------------------


def tell(pages: dict[str, Seen], tasks: dict[str, Seen]) -> list[str]:
    whole = []
    for name, statements in {**pages, **tasks}.items():
        say(f"\n--- {name}: {len(statements)} kinds of statement about people")
        ways = Counter(line_of(read) for _, found in statements for read in found)
        for line, count in sorted(ways.items()):
            say(f"{count:>5} x {line}")
        if "--all" in sys.argv:
            tell_each(statements)
        if name in pages:
            whole += read_whole(statements, PEOPLE)
    for sql in whole:
        say(f"\nReads all of it: {sql}")
    return whole


def tell_each(statements: Seen) -> None:
    for sql, found in statements:
        say(f"\n  {sql[:240]}")
        for read in found:
            say(f"        {line_of(read)}")


def tell_indexes(walks: Iterable[Seen]) -> list[str]:
    """Those that no plan used, and that promise nothing."""
    used = {name for walk in walks for _, found in walk for read in found for name in read.index.split(", ")}
    unused = []
    say(f"\n--- Indexes of tables of people{'size, MB':>40}")
    for table, name, size, is_unique in indexes():
        word = "used" if name in used else "a promise" if is_unique else "unused"
        say(f"{table:<30} {name:<62} {size / 1e6:7.1f}  {word}")
        unused += [name] if word == "unused" else []
    return unused


def indexes() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [sorted(big_tables())])
        return cursor.fetchall()


if __name__ == "__main__":
    main()
