"""The newest practices are kept together in one row, which says what their own rows say, whatever is done to them."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.sealing import is_sealed, seal, unseal
from coaching.belongings.joining import bring_along
from coaching.belongings.rows import export_rows
from coaching.belongings.taking_in import take_in
from coaching.core.practice.past import PastPractice, PastPractices, past_of, put_in, written
from coaching.core.tools.kinds.catalogue import TOOL_OF_TECHNIQUE
from coaching.learning.estimates import sessions_of
from coaching.learning.goes import goes_of
from coaching.models import Person, Practice, PracticeStore, ToolEntry, practice_store
from coaching.models import practice as rows_of_practice
from coaching.plan.knowledge import knowledge
from coaching.practice.practices import Report, record, take_back, tell_later
from coaching.practice.questions import RATINGS
from coaching.tools.entries import forget
from content.models import Guide
from tests.accounts.people import make_user
from tests.coaching.tool_makers import an_entry
from tests.coaching.whole_people import a_whole_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

MOST = 6
"""Few, so that many fall out of the newest."""

NOW = datetime(2026, 5, 4, 8, tzinfo=timezone.get_fixed_timezone(120))
TOOLS = [tool.slug for tool in TOOL_OF_TECHNIQUE.values() if tool.is_practice]
HOUR = timedelta(hours=1)
SLUGS = ("breathing", "walking", "worry-time", "sleep-window")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (rows_of_practice, practice_store):
        monkeypatch.setattr(module, "MOST_PRACTICES", MOST)


@pytest.fixture
def guides() -> list[Guide]:
    found = list(Guide.objects.select_related("technique").filter(slug__in=SLUGS))
    assert found
    return found


def drawn(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - made-up practices, no secret


def taps(chance: Random) -> dict[str, int | None]:
    return {name: chance.choice([None, chance.randrange(4)]) for name in RATINGS}


def a_report(chance: Random, key: str) -> Report:
    ago = timedelta(minutes=chance.randrange(60 * 24 * 90))
    return Report(client_id=key, started_at=NOW - ago, seconds=chance.randrange(900), ratings=taps(chance))


def as_their_rows_say(person: Person) -> list[Any]:
    rows = Practice.objects.filter(person=person).order_by("-started_at", "-pk")
    return [past_of(row) for row in rows[: rows_of_practice.MOST_PRACTICES]]


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def do_many(chance: Random, person: Person, guides: list[Guide], number: int) -> None:
    for more in range(10):
        record(person, chance.choice(guides), a_report(chance, f"go-{more}-of-a-device-{number}"), at=NOW)


def acts(chance: Random, people: list[Person], guides: list[Guide]) -> Iterator[Person]:
    """One thing after another, as people and devices do them, in any order."""
    sent: list[tuple[Person, Guide, Report]] = []
    for number in range(40):
        person = chance.choice(people)
        own = list(person.practices.select_related("technique"))
        match chance.choice(["new", "new", "new", "many", "again", "back", "later", "tool", "gone", "read", "read"]):
            case "new":
                sent.append((person, chance.choice(guides), a_report(chance, f"a-go-of-a-device-{number}")))
                record(*sent[-1], at=NOW)
            case "many":
                do_many(chance, person, guides, number)
            case "again" if sent:
                record(*chance.choice(sent), at=NOW)
            case "back" if own:
                take_back(chance.choice(own))
            case "later" if own:
                tell_later(chance.choice(own), chance.choice([None, 5]))
            case "tool":
                an_entry(person, chance.choice(TOOLS), days_ago=chance.randrange(9))
            case "gone" if entries := list(ToolEntry.objects.filter(person=person)):
                forget(chance.choice(entries))
            case _:
                assert fresh(person).newest_practices == as_their_rows_say(person)
        yield person


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("seed", range(5))
def test_it_says_what_the_rows_say_after_anything_in_any_order(seed: int, guides: list[Guide]) -> None:
    chance, people = drawn(seed), [Person.objects.create(), Person.objects.create()]
    for person in acts(chance, people, guides):
        if chance.random() < 0.7:
            assert fresh(person).newest_practices == as_their_rows_say(person)
    bring_along(people[1], people[0], at=NOW)
    assert fresh(people[0]).newest_practices == as_their_rows_say(people[0])
    assert not PracticeStore.objects.exclude(person=people[0]).exists()


def test_the_learner_hears_the_same_of_all_rows(guides: list[Guide]) -> None:
    chance, person, options = drawn(7), Person.objects.create(), knowledge().options
    for number in range(30):
        record(person, chance.choice(guides), a_report(chance, f"a-go-of-a-device-{number}"), at=NOW)
        list(fresh(person).newest_practices)
    # The rows themselves have all the names that a kept one has.
    rows: list[Any] = list(person.practices.order_by("-started_at", "-pk"))
    assert sessions_of(fresh(person), options) == [go.session for go in goes_of(rows, options)]


def test_a_page_reads_one_row_and_one_more_go_keeps_it_so(guides: list[Guide], django_assert_num_queries: Any) -> None:
    person, chance = Person.objects.create(), drawn(1)
    for number in range(8):
        record(person, guides[0], a_report(chance, f"a-go-of-a-device-{number}"), at=NOW)
    fresh(person).newest_practices  # noqa: B018 (read for the first time, and kept)
    record(person, guides[0], a_report(chance, "one-more-go"), at=NOW)
    reader = fresh(person)
    with django_assert_num_queries(1):
        assert len(reader.newest_practices) == 9


def test_a_page_that_read_too_early_keeps_nothing(guides: list[Guide]) -> None:
    person, chance = Person.objects.create(), drawn(1)
    early = PracticeStore.objects.open_for(person.pk)
    seen = Practice.objects.read_anew(person.pk)
    record(person, guides[0], a_report(chance, "between-reading-and-keeping"), at=NOW)
    assert not early.keep(seen)
    assert len(fresh(person).newest_practices) == 1


def test_it_is_sealed_for_its_own_person_and_what_does_not_open_is_read_anew(guides: list[Guide]) -> None:
    person, other = Person.objects.create(), Person.objects.create()
    for each in (person, other):
        record(each, guides[0], a_report(drawn(1), "a-go-of-a-device"), at=NOW)
        list(each.newest_practices)
    own, others = person.practice_store, other.practice_store
    assert is_sealed(own.sealed_newest)
    assert guides[0].technique_id not in own.sealed_newest
    PracticeStore.objects.filter(pk=own.pk).update(sealed_newest=others.sealed_newest)
    assert fresh(person).newest_practices == as_their_rows_say(person)


def test_a_seal_that_was_opened_before_is_opened_again_only_for_what_is_looked_at(
    guides: list[Guide], monkeypatch: pytest.MonkeyPatch
) -> None:
    person, opened = Person.objects.create(), list[str]()
    record(person, guides[0], a_report(drawn(1), "a-go-of-a-device"), at=NOW)
    before = [list(fresh(person).newest_practices) for _ in range(2)][1]

    def counted(value: str, context: str) -> Any:
        opened.append(context)
        return unseal(value, context)

    monkeypatch.setattr(practice_store, "unseal", counted)
    practices = fresh(person).newest_practices
    assert not opened
    assert practices == before
    assert len(opened) == 1


@pytest.mark.parametrize("place", [30, -60, -5])
def test_a_seal_that_was_damaged_since_it_was_opened_is_read_anew(guides: list[Guide], place: int) -> None:
    person = Person.objects.create()
    record(person, guides[0], a_report(drawn(1), "a-go-of-a-device"), at=NOW)
    for _ in range(2):
        list(fresh(person).newest_practices)
    letters = list(person.practice_store.sealed_newest)
    letters[place] = "A" if letters[place] != "A" else "B"
    PracticeStore.objects.filter(person=person).update(sealed_newest="".join(letters))
    assert fresh(person).newest_practices == as_their_rows_say(person)


def test_the_command_puts_right_what_was_written_around_the_rows(guides: list[Guide]) -> None:
    person = Person.objects.create()
    kept, _ = record(person, guides[0], a_report(drawn(1), "a-go-of-a-device"), at=NOW)
    list(person.newest_practices)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE coaching_practice SET seconds = 77 WHERE id = %s", [kept.pk])
    for wrong in (1, 0):
        told = StringIO()
        call_command("gather_practices", stdout=told)
        assert told.getvalue() == f"Put together for 1 people. Of {wrong} of them something else had been kept.\n"
        assert [one.seconds for one in fresh(person).newest_practices] == [77]


def test_whatever_changes_many_rows_tells_of_it() -> None:
    person = Person.objects.create()
    Practice.objects.bulk_create([Practice(person=person, technique_id="breathing", client_id="one", started_at=NOW)])
    assert len(fresh(person).newest_practices) == 1
    Practice.objects.filter(person=person).update(seconds=3)
    assert [one.seconds for one in fresh(person).newest_practices] == [3]
    Practice.objects.filter(person=person).delete()
    assert fresh(person).newest_practices == []


def test_what_is_brought_from_a_file_is_among_them() -> None:
    before, user = make_user("before@example.org"), make_user()
    a_whole_person(before)
    raw = json.dumps({"rows": export_rows(before)}, default=str).encode()
    before.delete()
    person = Person.objects.create(user=user)
    assert fresh(person).newest_practices == []
    take_in(user, raw, at=timezone.now())
    assert fresh(person).newest_practices == as_their_rows_say(person) != []


@pytest.mark.parametrize("is_read_between", [True, False])
def test_a_go_that_an_earlier_release_writes_is_not_missed(guides: list[Guide], is_read_between: Any) -> None:
    """While two releases run side by side, the earlier one knows nothing of the row that keeps them."""
    person = Person.objects.create()
    record(person, guides[0], a_report(drawn(1), "a-go-of-a-device"), at=NOW)
    list(person.newest_practices)
    Practice(person=person, technique_id="breathing", client_id="by-the-earlier-one", started_at=NOW).save()
    if is_read_between:
        assert fresh(person).newest_practices == as_their_rows_say(person)
    Practice.objects.create(person=person, technique_id="breathing", client_id="next", started_at=NOW + HOUR)
    assert fresh(person).newest_practices == as_their_rows_say(person)


def test_what_an_earlier_release_kept_is_read_and_sealed_anew_as_lines(guides: list[Guide]) -> None:
    person = Person.objects.create()
    for key in (1, 2):
        record(person, guides[0], a_report(drawn(key), f"a-go-of-a-device-{key}"), at=NOW)
    newest = fresh(person).newest_practices
    rows = [json.loads(line) for line in written(newest)]
    sealed = seal(rows, f"coaching.practice_store.newest:{person.pk}")
    PracticeStore.objects.filter(person=person).update(sealed_newest=sealed)
    with CaptureQueriesContext(connection) as asked:
        assert fresh(person).newest_practices == newest
    assert "sealed_ratings" not in str(asked.captured_queries)
    record(person, guides[0], a_report(drawn(3), "a-go-of-a-device-3"), at=NOW)
    assert fresh(person).newest_practices == as_their_rows_say(person)


@pytest.mark.parametrize("most", [1, 3, 50])
def test_a_new_one_is_put_in_its_place_among_those_that_are_written(most: int) -> None:
    rows = [
        Practice(pk=key, technique_id="breathing", client_id=str(key), started_at=NOW - timedelta(hours=key % 3))
        for key in range(1, 8)
    ]
    told = [past_of(row) for row in rows]
    lines: list[str] = []
    for one in told:
        lines = put_in(lines, written([one])[0], most)
    newest_first = sorted(told, key=lambda one: (one.started_at, one.pk), reverse=True)
    assert PastPractices(lambda: lines) == newest_first[:most]
    assert lines == written(newest_first[:most])


def test_practices_that_are_read_back_one_by_one_are_what_was_written() -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    rows = [PastPractice(9 - place, "walking", f"go-{place}", at - timedelta(days=place), 60, 5) for place in range(9)]
    for look in (list, lambda all_: all_[4], lambda all_: all_[-1], lambda all_: all_[2:5], lambda all_: all_[::-2]):
        assert look(PastPractices(lambda: written(rows))) == look(rows)
    some = PastPractices(lambda: written(rows))
    assert next(iter(some)) == rows[0]
    assert (some[3], list(reversed(some)), some == rows, rows == some, len(some)) == (
        rows[3],
        rows[::-1],
        True,
        True,
        9,
    )
    assert (bool(some), bool(PastPractices(list)), some != rows[1:]) == (True, False, True)
    assert list(zip(some, some, strict=True)) == list(zip(rows, rows, strict=True))
