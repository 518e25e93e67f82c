"""The made-up people of `background`, made by the database itself, on PostgreSQL and on SQLite."""

import time
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from accounts.guard.session_store import SessionStore
from accounts.guard.typed_addresses import FIRST_NOTED, UNTIL_ALL_ARE_NOTED
from accounts.models import Edition, EditionKind, Series, SeriesLetter
from coaching.models import Intake, Person, Practice
from tests.benchmarks.storm import say
from tests.coaching.makers import answers

NOW = timezone.now()
PRACTISED = ("breathing", "imagery", "walking", "heat", "breathing")
ERASED = 20
"""Whoever is erased is erased one by one, so few of them tell what one takes."""

LEFT_BEHIND_OF = 100_000
"""What a worker that died leaves behind does not grow with how many people there are."""

ONE_IN_100, AGREED = "n % 100 = 7", "n % 10 = 0"
NO, YES, NOTHING = "false", "true", "''"
EVERYBODY = {"is_superuser": NO, "is_staff": NO, "is_active": YES, "session_epoch": "0", "password": NOTHING}


def ago(**long: int) -> str:
    """As both databases read a time."""
    return f"'{NOW - timedelta(**long):%Y-%m-%d %H:%M:%S}'"


def day(ahead: int) -> str:
    return f"'{NOW + timedelta(days=ahead):%Y-%m-%d}'"


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def fill(table: str, *, where: str = YES, **columns: str) -> None:
    """A row for each person. What a column holds is SQL; `n` counts people from 1 on, each with a `token`."""
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    run(f"INSERT INTO {table} ({names}) SELECT {', '.join(columns.values())} FROM numbers WHERE {where}")  # noqa: S608


def change(table: str, what: str, where: str) -> None:
    run(f"UPDATE {table} SET {what} WHERE {where}")  # noqa: S608


# --- Everybody --------------------------------------------------------------------------


def make_crowd(people: int) -> None:
    begun = time.monotonic()
    check_no_keys(True)
    make_numbers(people)
    make_accounts()
    for goes in range(10):
        practise(goes, YES if goes < 2 else AGREED)
    make_answers()
    make_sessions()
    make_reminders()
    make_series()
    check_no_keys(False)
    run("ANALYZE")
    say(f"{people:,} people on {connection.display_name} in {time.monotonic() - begun:.0f} s")


def check_no_keys(is_so: bool) -> None:  # noqa: FBT001
    """PostgreSQL looks up each key of each row otherwise, which takes longer than writing them. All are there."""
    if connection.vendor == "postgresql":
        run(f"SET session_replication_role = {'replica' if is_so else 'origin'}")


def make_numbers(people: int) -> None:
    """On PostgreSQL the tokens come in the order of the numbers: each index grows at its end, which is quick."""
    run("CREATE TABLE numbers (n bigint PRIMARY KEY, token varchar(32))")
    if connection.vendor == "sqlite":
        series = f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {people})"  # noqa: S608
        run(f"INSERT INTO numbers {series} SELECT n, lower(hex(randomblob(16))) FROM s")  # noqa: S608
    else:
        tokens = f"SELECT md5(n::text) AS token FROM generate_series(1, {people}) n"  # noqa: S608
        run(f"INSERT INTO numbers SELECT row_number() OVER (ORDER BY token), token FROM ({tokens}) t")  # noqa: S608


def make_accounts() -> None:
    """All agreed to letters about the course, one in ten to pool their ratings."""
    long_ago, address = ago(days=90), "'person' || n || '@example.org'"
    fill("accounts_user", id="n", email=address, last_login=long_ago, date_joined=long_ago, **EVERYBODY)
    profile = {"name": NOTHING, "country": NOTHING, "time_zone": "'UTC'", "minutes_a_day": "30"}
    fill("accounts_profile", user_id="n", hide_pain_numbers=NO, **profile)
    named = {"id": "n", "email": address, "public_id": "token"}
    fill("accounts_subscriber", status="'active'", confirmed_at=long_ago, **named, **reader())
    agreed = {"words": "'Yes.'", "words_version": "'1'", "given_at": long_ago, "user_id": "n"}
    fill("accounts_consent", kind="'pooling'", where=AGREED, **agreed)
    fill("accounts_consent", kind="'course'", **agreed)
    fill("coaching_person", id="token", user_id="n", made_at=long_ago, seen_on=day(-1), letters_look_on=day(1))


def reader() -> dict[str, str]:
    agreed = {"consent_words": "'Yes.'", "consent_version": "'1'", "consent_way": "'form'", "consent_note": NOTHING}
    chosen = {"topics": "'[]'", "pace": "'weekly'", "language": "'en'", "gets_series": YES, "time_zone": NOTHING}
    times = {"consent_at": ago(days=90), "asked_at": ago(days=90), "created_at": ago(days=90)}
    return {**agreed, **chosen, **times, "new_email": NOTHING}


def practise(goes: int, where: str) -> None:
    """A seal of a go names the go alone, so all people may have the same few."""
    rated = {"sealed_ratings": seals_of(f"made-up-{goes}", goes), "guide": NOTHING, "seconds": "300"}
    technique = PRACTISED[goes % len(PRACTISED)]
    named = {"technique_id": f"'{technique}'", "client_id": f"'made-up-{goes}'", "person_id": "token"}
    at = ago(days=60 - goes)
    fill("coaching_practice", where=where, started_at=at, received_at=at, **named, **rated)


def seals_of(client_id: str, goes: int) -> str:
    """Tension of 5 to 9 before, and of 0 to 5 after."""
    cases = []
    for number in range(30):
        go = Practice(client_id=client_id, tension_before=5 + number % 5, tension_after=(number + goes) % 6)
        cases.append(f"WHEN {number} THEN '{go.sealed_ratings}'")
    return f"CASE n % 30 {' '.join(cases)} END"


def make_answers() -> None:
    """Of those who agreed to pool: sealed for each, as no seal opens for another."""
    at, given = NOW - timedelta(days=80), answers(tension=8, sleep=2, stuck_thoughts=8)
    keys = list(Person.objects.filter(user__consents__kind="pooling").values_list("pk", flat=True))
    times = {"started_at": at, "changed_at": at, "finished_at": at, "safety_at": at}
    for begin in range(0, len(keys), 2000):
        rows = [Intake(person_id=key, version="3", safety_round=2, **times) for key in keys[begin : begin + 2000]]
        for row in rows:
            row.answers = given
        Intake.objects.bulk_create(rows)


def make_sessions() -> None:
    """As they are some days after the lines of typed addresses came, so that none has to be opened."""
    steps: Any = MigrationRecorder(connection).migration_qs
    steps.filter(app="accounts", name__endswith=FIRST_NOTED).update(applied=NOW - 2 * UNTIL_ALL_ARE_NOTED)
    data = SessionStore().encode({"_auth_user_id": "1", "somebody": "here"})
    ends = f"'{NOW + timedelta(days=30):%Y-%m-%d %H:%M:%S}'"
    fill("django_session", session_key="token", session_data=f"'{data}'", expire_date=ends)
    fill("accounts_opensession", session_id="token", user_id="n", began_at=ago(days=60), device=NOTHING)
    fill("accounts_typedaddress", session_id="token", mark="substr(token, 1, 12)")


def make_reminders() -> None:
    """Each has a wish that is due in twelve hours, and had a reminder yesterday."""
    wish = {"calendar_id": NOTHING, "days": "'0123456'", "hour": "12", "quiet_from": "0", "quiet_until": "0"}
    wish |= {"way": "'mail'", "names_step": YES, "language": "'en'", "chance": "1", "stopped": NOTHING}
    ahead, now = f"'{NOW + timedelta(hours=12):%Y-%m-%d %H:%M:%S}'", ago(minutes=1)
    times = {"next_reminder_at": ahead, "reckoned_at": now, "changed_at": now}
    fill("accounts_reminderwish", user_id="n", public_id="token", **times, **wish)
    fill("coaching_reminderslot", day=day(-1), **slot())


def slot() -> dict[str, str]:
    times = {"due_at": ago(days=1), "closes_at": ago(hours=23), "closed_at": ago(hours=23)}
    sent = {"probability": "1", "goes_out": YES, "state": "'sent'", "claimed_by": NOTHING, "tries": "1"}
    return {"user_id": "n", "is_again": NO, **times, **sent}


def make_series() -> None:
    """Everybody had both letters of the welcome, long ago; 1 in 100 lack the second."""
    welcome = Series.objects.create(slug="welcome", title="Welcome", begun_at=NOW - timedelta(days=200))
    for position, where in ((1, YES), (2, f"NOT {ONE_IN_100}")):
        fields = {"kind": EditionKind.SERIES, "status": "sending", "started_at": NOW, "resumed_at": NOW}
        letter = Edition.objects.create(slug=f"welcome-{position}", subject="Hello", words="Hello.", **fields)
        SeriesLetter.objects.create(series=welcome, edition=letter, position=position, days=3)
        at = ago(days=90 - 7 * position)
        had = {"edition_id": str(letter.pk), "state": "'sent'", "awaits_turn": NO, "claimed_by": NOTHING, "tries": "0"}
        had |= {"problem": NOTHING, "message_id": NOTHING, "next_try_at": at, "sent_at": at, "closed_at": at}
        fill("accounts_delivery", subscriber_id="n", where=where, **had)


# --- Whoever is due ---------------------------------------------------------------------


def make_due(people: int) -> None:
    """1 in 100 of whatever a task looks for."""
    first = Edition.objects.get(slug="welcome-1").pk
    went = f"edition_id = {first} AND subscriber_id % 100 = 7"
    change("accounts_delivery", f"closed_at = {ago(days=3, hours=20)}", went)
    lapsed = f"session_key IN (SELECT token FROM numbers WHERE {ONE_IN_100})"  # noqa: S608
    change("django_session", f"expire_date = {ago(days=1)}", lapsed)
    make_unfinished(people)
    open_seals()
    make_endings(people)
    make_ended_links()
    fill("accounts_tombstone", mark="'x' || token", laid_on=day(-500), where=ONE_IN_100)
    fill("accounts_askedaddress", address_hash="'x' || token", mails="1", last_at=ago(days=500), where=ONE_IN_100)
    fill("coaching_reminderslot", day=day(-500), where=ONE_IN_100, **slot())
    mail("waiting", ago(minutes=9), f"{ONE_IN_100} AND n <= {LEFT_BEHIND_OF}")
    mail("sent", ago(days=40), ONE_IN_100)
    asked = {"asked_at": ago(days=8), "gone_at": ago(days=1), "held": "'{}'"}
    fill("accounts_leaving", user_id="n", where=f"n <= {ERASED}", **asked)
    run("ANALYZE")


def make_unfinished(people: int) -> None:
    """Sign-ups that nobody confirmed, and visitors who never came back."""
    later, address = f"n + {people}", "'never' || n || '@example.org'"
    fill("accounts_user", id=later, email=address, date_joined=ago(days=9), where=ONE_IN_100, **EVERYBODY)
    pending = {**reader(), "status": "'pending'", "id": later, "email": address, "public_id": "'x' || token"}
    fill("accounts_subscriber", where=ONE_IN_100, **pending)
    seen = {"made_at": ago(days=400), "seen_on": day(-400), "letters_look_on": day(1)}
    fill("coaching_person", id="'x' || substr(token, 1, 30)", where=ONE_IN_100, **seen)


def make_endings(people: int) -> None:
    """Who left a month ago, and wanted letters after it."""
    later = f"n + {people}"
    ended = {"id": later, "person_id": "token", "at": ago(days=31), "kept": "'[]'", "was_planned": YES}
    told = {"wants_letters": YES, "had_reminders": NOTHING, "sealed_words": NOTHING}
    fill("coaching_ending", where=ONE_IN_100, **ended, **told)
    fill("coaching_booster", where=ONE_IN_100, ending_id=later, month="1", due_on=day(0), probability="1")


def make_ended_links() -> None:
    """What they showed is still there."""
    shown = {"kind": "'summary'", "language": "'en'", "sealed_content": "'sealed'", "sealed_verifier": NOTHING}
    times = {"made_at": ago(days=9), "expires_at": ago(days=2), "attempts_left": "5", "opened": "0"}
    fill("coaching_sharedlink", where=ONE_IN_100, person_id="token", token_hash="'x' || token", **shown, **times)


def open_seals() -> None:
    """Ratings as a release from before kept them."""
    first = f"client_id = 'made-up-0' AND person_id IN (SELECT token FROM numbers WHERE {ONE_IN_100})"  # noqa: S608
    change("coaching_practice", "sealed_ratings = '', tension_before = 7, tension_after = 3", first)


def mail(status: str, at: str, where: str) -> None:
    words = {"subject": "'Hello'", "text": "'Hello.'", "html": NOTHING, "headers": "'{}'"}
    to = {"to": "'person' || n || '@example.org'", "message_id": f"'{status}' || n"}
    state = {"status": f"'{status}'", "attempts": "0", "error": NOTHING, "due_at": at, "created_at": at}
    fill("accounts_outgoingmail", where=where, **words, **to, **state)
