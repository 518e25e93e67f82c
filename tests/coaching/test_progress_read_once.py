"""What answers and check-ins come to is read once while none changes, anew as soon as one does, and never mixed up."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from accounts.models import Profile
from coaching import kept
from coaching.models import CheckIn, Intake, Person, check_in
from coaching.plan.knowledge import knowledge
from coaching.progress import read
from coaching.progress.check_ins import keep_check_in, take_back_check_in
from coaching.progress.history import series_of
from content.models import Scale
from tests.coaching.shell_makers import a_finished_intake, a_member, a_plan, text
from tests.coaching.test_query_budgets import many_check_ins

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library", "nothing_kept")]

ZONES = [ZoneInfo("UTC"), ZoneInfo("Pacific/Kiritimati")]


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "_kept", kept.Kept())


@pytest.fixture
def times_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    read_so_far: list[int] = []

    def counted(*told: Any, **more: Any) -> Any:
        read_so_far.append(1)
        return series_of(*told, **more)

    monkeypatch.setattr(read, "series_of", counted)
    return read_so_far


def look(person: Person, zone: ZoneInfo = ZONES[0], *, hides_pain: bool = False) -> Any:
    """As the next request reads it."""
    return read.read_of(Person.objects.get(pk=person.pk), knowledge(), zone, hides_pain=hides_pain)


def acts(chance: Random, people: list[Person]) -> Iterator[str]:
    for _ in range(12):
        person, at = chance.choice(people), timezone.now() - timedelta(days=chance.randrange(5))
        match what := chance.choice(["give", "give", "take back", "let go", "answer", "finish", "scale"]):
            case "give":
                given = {"function": chance.randrange(11), "peg_1": 5, "peg_2": 4, "peg_3": chance.randrange(11)}
                keep_check_in(person, {**given, "note": f"A line {chance.random()}"}, day=at.date(), at=at)
            case "take back":
                take_back_check_in(person, at.date())
            case "let go":
                let_go(person, at.date(), chance)
            case "answer":
                row = Intake.objects.filter(person=person).latest("id")
                row.answers = {**row.answers, "peg_1": chance.randrange(11)}
                row.save()
            case "finish":
                a_finished_intake(person, at=at, **{f"gad_{place}": chance.randrange(4) for place in range(1, 8)})
            case "scale":
                row = Scale.objects.get(slug="peg")
                row.important = chance.choice([1, 3, 9])
                row.save()
        yield what


def let_go(person: Person, day: date, chance: Random) -> None:
    """That of a day, and another one is of another day from now on."""
    CheckIn.objects.filter(person=person, day=day).delete()
    for row in person.check_ins.all()[:1]:
        CheckIn.objects.filter(pk=row.pk).update(day=day - timedelta(days=9 + chance.randrange(9**4)))


@pytest.mark.parametrize("seed", range(4))
def test_after_anything_in_any_order_it_is_what_a_fresh_look_says(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [Person.objects.create(), Person.objects.create()]
    for person in people:
        a_finished_intake(person)
    for what in acts(Random(seed), people):  # noqa: S311 - made-up acts, no secret
        for person in people:
            for zone in ZONES:
                for hides_pain in (False, True):
                    told = look(person, zone, hides_pain=hides_pain)
                    with monkeypatch.context() as patch:
                        patch.setattr(read, "_kept", kept.Kept())
                        assert told == look(person, zone, hides_pain=hides_pain), what


def test_a_page_that_is_asked_again_reads_nothing_again(client: Client, times_read: list[int]) -> None:
    person = a_plan(a_member(client)).person
    many_check_ins(person)
    pages = [text(client.get("/progress/")) for _ in range(3)]
    assert len(times_read) == 1
    assert "function-words" in pages[0] and pages[0].count("<tr>") == pages[2].count("<tr>") > 100
    keep_check_in(person, {"function": 0}, day=timezone.now().date(), at=timezone.now())
    client.get("/progress/")
    assert len(times_read) == 2


def test_no_row_of_the_check_ins_is_read_again_while_none_changes(client: Client) -> None:
    person = a_plan(a_member(client)).person
    many_check_ins(person)
    for turn in range(2):
        again = Person.objects.get(pk=person.pk)
        read.read_of(again, knowledge(), ZONES[0], hides_pain=False)
        assert ("all_check_ins" in vars(again)) is (turn == 0)


def test_a_mark_stands_for_one_check_in_as_it_was_given() -> None:
    person, at = Person.objects.create(), timezone.now()
    seen: list[list[str]] = [CheckIn.objects.marks_of(person.pk)]
    for ago in (0, 9, 300, 0, 0):
        keep_check_in(person, {"function": 4}, day=(at - timedelta(days=ago)).date(), at=at)
        seen.append(CheckIn.objects.marks_of(person.pk))
        assert seen[-1] == [row.mark for row in CheckIn.objects.past_of(person.pk)]
    take_back_check_in(person, at.date())
    keep_check_in(person, {}, day=at.date(), at=at)
    seen.append(CheckIn.objects.marks_of(person.pk))
    assert [len(marks) for marks in seen] == [0, 1, 2, 3, 3, 3, 3]
    assert len(set(map(tuple, seen))) == len(seen)


def test_a_check_in_that_came_while_a_page_was_read_is_gone_once_it_is_taken_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person, at = Person.objects.create(), timezone.now()
    keep_check_in(person, {"function": 4}, day=at.date() - timedelta(days=7), at=at)
    marks_of = check_in.CheckInQuerySet.marks_of

    def and_then_another_tab(rows: Any, key: str) -> list[str]:
        marks = marks_of(rows, key)
        keep_check_in(person, {"function": 9, "note": "From another tab"}, day=at.date(), at=at)
        return marks

    with monkeypatch.context() as patch:
        patch.setattr(check_in.CheckInQuerySet, "marks_of", and_then_another_tab)
        assert look(person).notes
    take_back_check_in(person, at.date())
    assert not look(person).notes


def test_pain_that_somebody_hides_is_gone_from_the_very_next_page(client: Client) -> None:
    person = a_plan(a_member(client)).person
    many_check_ins(person)
    assert "peg-words" in text(client.get("/progress/"))
    Profile.objects.update_or_create(user=person.user, defaults={"hide_pain_numbers": True})
    assert "peg-words" not in text(client.get("/progress/"))


def test_people_who_gave_the_same_are_never_taken_for_one_another(times_read: list[int]) -> None:
    people = [Person.objects.create(), Person.objects.create()]
    at = timezone.now()
    for person in people:
        keep_check_in(person, {"function": 4}, day=at.date(), at=at)
        look(person)
    assert len(times_read) == 2


def test_what_no_key_opens_any_more_is_not_read_from_memory(settings: LazySettings) -> None:
    person, at = Person.objects.create(), timezone.now()
    keep_check_in(person, {"function": 4}, day=at.date(), at=at)
    assert look(person).scales
    settings.FIELD_KEYS = ["another:b25lLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE="]
    assert not look(person).scales


def test_a_check_in_is_opened_once_and_reads_as_its_answers() -> None:
    person, at = Person.objects.create(), timezone.now()
    row = CheckIn(person=person, version="3", given_at=at, changed_at=at, day=at.date())
    row.answers = {"peg_1": 5}
    row.save()
    past = Person.objects.get(pk=person.pk).all_check_ins[0]
    assert past.given is past.given
    assert (past.day, past.version, past.answers, dict(past.given)) == (row.day, "3", row.answers, row.answers)
