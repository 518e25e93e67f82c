"""Whatever stands at whichever place of a file that is brought: it is refused, or taken whole, and nothing breaks."""

import copy
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import User
from coaching.belongings.reading import Path, Refused
from coaching.belongings.rows import export_rows
from coaching.belongings.tables import TABLE_OF, TABLES, Table, told_name
from coaching.belongings.taking_in import take_in
from coaching.models import Person
from tests.accounts.people import log_in, make_user
from tests.coaching.whole_people import a_whole_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
PLACE = "here it is put"
SOON = (timezone.now() + timedelta(days=200)).isoformat()
WRONG = ("null", "true", "0", "-1", "7", "3.5", '""', '" "', '"x"', "[]", "{}", "[[]]", '[{"a": [1]}]', '{"a": {}}')
NUMBERS = ("1e999", "-1e999", "1e-400", "NaN", "Infinity", "9" * 15, "-" + "9" * 400, "9" * 5000)
LETTERS = (
    *(r'"\ud800"', r'"x\udfffx"', r'["\ud800"]', r'{"\ud800": 1}', r'"\u0000"', r'"\u202e\u3000"', '"<b>"'),
    *('"../../etc/passwd"', f'"{"x" * 300}"', f'"{"x" * 6000}"'),
)
MOMENTS = (
    *('"9999-12-31"', '"9999-12-31T23:59:59-14:00"', '"0001-01-01T00:00:00+14:00"', '"0001-01-01"', f'"{SOON}"'),
    *('"2026-11-01"', '"2026-11-01T08:00:00"', '"2026-W44-1"', '"25:61"', '"07:30:00.5+02:00"'),
)
DEEP = ("[" * 400 + "]" * 400, "[" * 100_000 + "]" * 100_000, '{"a":' * 300 + "1" + "}" * 300)
HOSTILE = (*WRONG, *NUMBERS, *LETTERS, *MOMENTS, *DEEP)
EVERY = 18
Rows = dict[str, Any]


@pytest.fixture
def rows() -> Rows:
    """Of a whole person who has left since: the first row of each table, which lead to one another."""
    user = make_user("before@example.org")
    a_whole_person(user)
    told: Rows = json.loads(json.dumps(export_rows(user)))
    user.delete()
    return {**told, "tables": {table.name: [first_of(table, told["tables"][table.name])] for table in TABLES}}


def first_of(table: Table, found: list[Rows]) -> Rows:
    leads = {told_name(column) for column in table.columns if column.related_model in TABLE_OF}
    return {name: 1 if name in leads and value else value for name, value in found[0].items()}


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where each value stands, those that hold others too."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield from places(one, (*path, name))


def with_it(rows: Rows, path: Path, hostile: str) -> bytes:
    """The file with this in that place, spelled as it is, as no tool of ours would spell some of it."""
    if not path:
        return f'{{"rows": {hostile}}}'.encode()
    changed = copy.deepcopy(rows)
    inner: Any = changed
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = PLACE
    return json.dumps({"rows": changed}, indent=1).replace(json.dumps(PLACE), hostile).encode()


def bring(user: User, raw: bytes, count: int) -> None:
    """Taken whole or refused with words. Anything else comes out as it is, and the test fails."""
    try:
        taken = take_in(user, raw, at=timezone.now())
    except Refused as refused:
        words = str(refused)
        taken = None
    if taken is None:
        assert words.encode()
        assert not Person.objects.exists()
        return
    kept = sum(table.model._default_manager.count() for table in TABLES)
    assert kept == taken.rows
    assert taken.rows + taken.left_out <= count
    assert json.dumps(export_rows(user), ensure_ascii=False).encode()


def anew(user: User) -> User:
    """As the next request finds them, without what was read of them and undone since."""
    return User.objects.get(pk=user.pk)


def tried(user: User, raw: bytes, count: int) -> None:
    with transaction.atomic():
        bring(anew(user), raw, count)
        transaction.set_rollback(True)


def test_as_it_is_the_file_is_taken_whole(rows: Rows) -> None:
    """So that what is refused below is refused for what was put there."""
    taken = take_in(make_user("new@example.org"), json.dumps({"rows": rows}).encode(), at=timezone.now())
    assert (taken.rows, taken.left_out) == (len(TABLES), 0)


def test_nothing_hostile_breaks_anything_wherever_it_stands(rows: Rows) -> None:
    """Each place meets a few of them in turn, so that each of them comes to places of every kind."""
    user = make_user("new@example.org")
    for number, path in enumerate(places(rows)):
        for hostile in HOSTILE[number % EVERY :: EVERY]:
            tried(user, with_it(rows, path, hostile), len(TABLES))


@pytest.mark.parametrize("name", [r"\ud800", "", "pk", "x" * 300])
def test_no_name_that_is_not_ours_breaks_anything_wherever_it_stands(rows: Rows, name: str) -> None:
    user = make_user("new@example.org")
    inner = [path for path in places(rows) if isinstance(_at(rows, path), dict)]
    for path in inner:
        raw = with_it(rows, (*path, PLACE), '"x"').replace(PLACE.encode(), name.encode())
        tried(user, raw, len(TABLES))


def _at(rows: Rows, path: Path) -> Any:
    value: Any = rows
    for name in path:
        value = value[name]
    return value


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters()), inner, max_size=3),
    max_leaves=6,
)
"""Also letters that are none (surrogates), and numbers that JSON does not have."""


def test_whatever_json_can_spell_is_refused_or_taken_whole(rows: Rows) -> None:
    user, everywhere = make_user("new@example.org"), list(places(rows))

    @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(everywhere), ANY_JSON)
    @example(("tables", "practices", 0, "technique"), [])
    @example(("tables", "plans", 0, "held"), {"walking": {"place": 1, "why": [], "at": SOON}})
    @example(("tables", "week_reviews", 0, "in_the_way"), [{}])
    def judge(path: Path, value: Any) -> None:
        tried(user, with_it(rows, path, json.dumps(value)), len(TABLES))

    judge()


def test_the_page_says_what_is_wrong_with_each_and_never_breaks(client: Client, rows: Rows) -> None:
    make_user()
    log_in(client)
    for hostile in (r'"\ud800"', "[]", '"9999-12-31T23:59:59-14:00"'):
        raw = with_it(rows, ("tables", "practices", 0, "technique"), hostile)
        if hostile.startswith('"9'):
            raw = with_it(
                rows, ("tables", "plans", 0, "held"), f'{{"walking": {{"place": 1, "why": "chosen", "at": {hostile}}}}}'
            )
        answer = client.post("/accounts/data/bring/", {"file": SimpleUploadedFile("mine.json", raw), "agree": "on"})
        assert answer.status_code == 422
        assert not Person.objects.exists()


PAGES = (
    "/today/",
    "/plan/",
    "/week/",
    "/progress/",
    "/progress/patterns/",
    "/summary/",
    "/log/",
    "/tools/",
    "/lessons/",
)


@pytest.mark.parametrize("moment", ["2000-01-01T00:00:00+00:00", "tomorrow"])
def test_what_was_taken_with_the_oddest_days_can_be_shown(client: Client, rows: Rows, moment: str) -> None:
    """Every moment of the file that may be this one, one after the other; then its owner looks around."""
    told = (timezone.now() + timedelta(hours=20)).isoformat() if moment == "tomorrow" else moment
    user = make_user()
    for path in [path for path in places(rows) if is_a_moment(_at(rows, path))]:
        changed = json.loads(with_it(rows, path, json.dumps(told)))["rows"]
        rows = changed if is_taken(user, changed) else rows
    take_in(user, json.dumps({"rows": rows}).encode(), at=timezone.now())
    log_in(client)
    assert {page: client.get(page, follow=True).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)


def is_a_moment(value: Any) -> bool:
    return isinstance(value, str) and len(value) > 18 and value[10] == "T" and value[:2] == "20"


def is_taken(user: User, rows: Rows) -> bool:
    with transaction.atomic():
        try:
            take_in(anew(user), json.dumps({"rows": rows}).encode(), at=timezone.now())
        except Refused:
            return False
        transaction.set_rollback(True)
    return True
