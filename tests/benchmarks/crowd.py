"""A million subscribers on a PostgreSQL of its own: `script/benchmark crowd`. It ends with 1 when one is too slow.

They have had the whole welcome series, and editions before: most three days ago, all of them three weeks ago; and each
has an account and asked for letters about the course. Measured are the page on which staff choose whom an edition is
for, the count for a send time with another edition before it, how long after its time the first letter of an edition
leaves, and how long a look for letters of the series takes. Then each statement that a worker makes in a round, idle
and sending, is shown with the plan of the database, and with what it reads in full: none may read all people or all
letters. One line of JSON comes last, in seconds.

With `--few` there are 50,000, to try the benchmark itself.
"""

import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import django

from tests.pgplugin import put_away, settings_for, start_postgresql

PEOPLE = 50_000 if "--few" in sys.argv else 1_000_000
LONGEST_SECONDS = 10.0
LARGE = ("accounts_subscriber", "accounts_delivery", "accounts_consent", "coaching_person")
FOLDER = Path(tempfile.mkdtemp(prefix="unloop-crowd-"))

os.environ |= settings_for(FOLDER)
os.environ |= {"DATABASE_URL": start_postgresql(FOLDER), "DJANGO_SETTINGS_MODULE": "config.settings"}
os.environ |= {"EMAIL_URL": "dummy:", "DEBUG": "true"}
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Delivery, Edition, EditionKind, Occasion, Series, SeriesLetter, User  # noqa: E402
from accounts.readers.reach import reach_at  # noqa: E402
from accounts.sending import series  # noqa: E402
from accounts.sending.drain import drain  # noqa: E402
from coaching.models import Person  # noqa: E402

SUBSCRIBERS = """
INSERT INTO accounts_subscriber (email, status, public_id, topics, pace, language, paused_until, consent_words,
    consent_version, consent_way, consent_note, consent_at, asked_at, confirmed_at, new_email, created_at,
    gets_series, time_zone)
SELECT 'reader' || n || '@example' || n %% 20 || '.org', 'active', md5(n::text), CASE n %% 4
    WHEN 0 THEN '["sleep"]' WHEN 1 THEN '["sleep", "pain"]' WHEN 2 THEN '["stress"]' ELSE '["pain"]' END::jsonb,
    CASE WHEN n %% 10 < 7 THEN 'weekly' WHEN n %% 10 < 9 THEN 'fortnightly' ELSE 'monthly' END,
    CASE WHEN n %% 20 = 0 THEN 'es' ELSE 'en' END, CASE WHEN n %% 50 = 0 THEN CURRENT_DATE + n %% 90 END,
    'Yes.', '1', 'form', '', now() - interval '90 days', now() - interval '90 days', now() - interval '90 days', '',
    now(), true, CASE WHEN n %% 3 = 0 THEN 'America/New_York' ELSE '' END FROM generate_series(1, %s) n
"""
DELIVERIES = """
INSERT INTO accounts_delivery (edition_id, subscriber_id, state, next_try_at, awaits_turn, claimed_by, tries, problem,
    message_id, sent_at, closed_at)
SELECT %s, id, 'sent', %s, false, '', 0, '', '', %s, %s FROM accounts_subscriber WHERE id %% 10 < %s
"""


# Everybody has an account too, asked for letters about the course, and was here lately.
ACCOUNTS = """
INSERT INTO accounts_user (password, is_superuser, email, is_staff, is_active, date_joined)
SELECT '', false, email, false, true, now() FROM accounts_subscriber;
UPDATE accounts_subscriber s SET user_id = u.id FROM accounts_user u WHERE u.email = s.email;
INSERT INTO accounts_consent (kind, words, words_version, given_at, user_id)
SELECT 'course', 'Yes.', '1', now(), id FROM accounts_user;
INSERT INTO coaching_person (id, made_at, seen_on, user_id, letters_look_on)
SELECT md5(id::text), now(), CURRENT_DATE - (id % 30)::int, id, '1970-01-01' FROM accounts_user
"""


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    seconds: dict[str, float] = {}
    try:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        make_crowd()
        choose(seconds)
        send(seconds)
        heavy = plans()
    finally:
        connection.close()
        put_away(FOLDER)
    slow = [name for name, taken in seconds.items() if taken > LONGEST_SECONDS]
    say(json.dumps({"people": PEOPLE, "reads_all": len(heavy), **{k: round(v, 2) for k, v in seconds.items()}}))
    sys.exit(1 if slow or heavy else 0)


def make_crowd() -> None:
    with connection.cursor() as cursor:
        cursor.execute(SUBSCRIBERS, [PEOPLE])
        for statement in ACCOUNTS.split(";"):
            cursor.execute(statement)
    welcome = Series.objects.create(slug="welcome", title="Welcome", begun_at=timezone.now() - timedelta(days=200))
    for position, days in enumerate((80, 70), start=1):
        letter = sent_to_tenths(f"welcome-{position}", days=days, tenths=10, kind=EditionKind.SERIES, status="sending")
        SeriesLetter.objects.create(series=welcome, edition=letter, position=position, days=3)
    course = Series.objects.create(slug="course", title="With the course", begun_at=timezone.now())
    for position, when in enumerate((Occasion.AWAY, Occasion.WELL_DONE, Occasion.LAST_LESSON), start=1):
        now = timezone.now()
        fields = {"kind": EditionKind.SERIES, "status": "sending", "started_at": now, "resumed_at": now}
        letter = Edition.objects.create(slug=f"course-{position}", subject=when.label, words="Hello.", **fields)
        SeriesLetter.objects.create(series=course, edition=letter, position=position, days=7, when=when)
    sent_to_tenths("three-weeks-ago", days=21, tenths=10)
    sent_to_tenths("three-days-ago", days=3, tenths=6)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    say(f"{PEOPLE:,} people, {Delivery.objects.count():,} letters in the ledger, on {connection.display_name}\n")


def sent_to_tenths(slug: str, *, days: int, tenths: int, **fields: Any) -> Edition:
    at = timezone.now() - timedelta(days=days)
    finished = {"status": "finished", "started_at": at, "resumed_at": at, "filled_at": at, "finished_at": at}
    made = Edition.objects.create(slug=slug, subject=slug, words="Hello.", **{**finished, **fields})
    with connection.cursor() as cursor:
        cursor.execute(DELIVERIES, [made.pk, at, at, at, tenths])
    return made


@contextmanager
def timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    begun = perf_counter()
    yield
    seconds[name] = perf_counter() - begun
    say(f"{seconds[name]:6.2f} s  {name.replace('_', ' ')}")


# --- What staff wait for ----------------------------------------------------------------


def choose(seconds: dict[str, float]) -> None:
    client, at = Client(SERVER_NAME="localhost"), timezone.now()
    client.force_login(User.objects.create_superuser("editor@example.org", "x"))
    draft = Edition.objects.create(slug="draft", subject="A calmer back", words="Hello.", topics=["sleep"])
    Edition.objects.create(slug="near", subject="Near", status="scheduled", send_at=at + timedelta(days=4))
    with timed(seconds, "choosing_an_audience"):
        page = client.get(f"/admin/accounts/edition/{draft.pk}/change/")
    if page.status_code != 200:
        raise SystemExit(f"The page answered {page.status_code}: nothing was measured.")
    with timed(seconds, "count_at_the_send_time"):
        reach = reach_at(draft, leaves_at=at + timedelta(days=8))
    say(f"          {reach}")
    Edition.objects.filter(slug="near").delete()


def send(seconds: dict[str, float]) -> None:
    """From the moment it is due to the first letter handed over."""
    at = timezone.now()
    edition = Edition.objects.create(slug="now", subject="Now", words="Hello.", status="scheduled", send_at=at)
    with timed(seconds, "first_letter_out"):
        drain("crowd", clock=timezone.now, goes_on=lambda: not has_sent(edition))
    with timed(seconds, "series_look_at_2000"):
        series.put_in_due(at=timezone.now())
    Person.objects.update(letters_look_on=timezone.localdate() + timedelta(days=1))
    with timed(seconds, "series_look_at_nobody"):
        series.put_in_due(at=timezone.now())


def has_sent(edition: Edition) -> bool:
    return Delivery.objects.filter(edition=edition, state="sent").exists()


# --- What a worker asks -----------------------------------------------------------------


def plans() -> list[str]:
    """The statements that read a large table in full."""
    left = iter(range(30))
    rounds = {
        "sending": lambda: drain("crowd", clock=timezone.now, goes_on=lambda: next(left, None) is not None),
        "series": lambda: series.put_in_due(at=timezone.now()),
        "idle": lambda: drain("crowd", clock=timezone.now, goes_on=lambda: True),
    }
    heavy: list[str] = []
    for name, act in rounds.items():
        if name == "idle":
            Edition.objects.filter(kind=EditionKind.EDITION, status="sending").update(status="paused")
        say(f"\n--- A round of a worker, {name}")
        for sql, params in asked(act):
            heavy += show(sql, params)
    return heavy


def asked(act: Callable[[], object]) -> list[tuple[str, Any]]:
    """Each kind of statement once, as it was first made."""
    found: dict[str, tuple[str, Any]] = {}

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        found.setdefault(re.sub(r"\d+|IN \([^)]*\)", "", sql), (sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    return [each for each in found.values() if any(table in each[0] for table in LARGE)]


def show(sql: str, params: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON, COSTS) {sql}", params)
        [[[plan]]] = cursor.fetchall()
    nodes = list(nodes_of(plan["Plan"]))
    say(f"cost {plan['Plan']['Total Cost']:>12.0f}  {sql[:110]}")
    for node in nodes:
        if "Relation Name" in node:
            say(f"      {node['Node Type']:<20} {node['Relation Name']:<24} {node.get('Index Name', '')}")
    return [sql for node in nodes if node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE]


def nodes_of(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes_of(inner)


if __name__ == "__main__":
    main()
