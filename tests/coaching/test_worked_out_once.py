"""What answers, goes and wishes come to is worked out once, anew as soon as one changes, and is nobody else's."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching import kept
from coaching.core.recommend.recommender import recommend
from coaching.learning import worked_out
from coaching.models import Intake, Person, Plan, Practice
from coaching.plan import plans, review
from coaching.plan.knowledge import knowledge
from coaching.practice.practices import Report, record
from content.models import Caution, DangerSign, Guide
from content.reading import stamp
from tests.coaching.shell_makers import a_finished_intake, a_member, a_plan, a_visitor, as_a_request_reads, tell
from tests.coaching.test_query_budgets import made_much_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library", "nothing_kept")]

PAGES = ["/today/", "/plan/", "/recommendations/", "/progress/what-works/", "/plan/?look=now"]
CHANGES = {"tension": (0, 3, 9), "sleep": (1, 8), "conditions": (["none"], ["pregnancy"], ["osteoporosis"], ["skip"])}

KEPT = [(worked_out, "_kept"), (review, "_kept"), (review, "_kept_coming")]


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for room, name in KEPT:
        monkeypatch.setattr(room, name, kept.Kept())


@pytest.fixture
def times_asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    asked: list[int] = []

    def counted(*told: Any) -> Any:
        asked.append(1)
        return recommend(*told)

    for room in (worked_out, review):
        monkeypatch.setattr(room, "recommend", counted)
    return asked


def anew(person: Person) -> Any:
    """As the next request reads them."""
    found = as_a_request_reads(person)
    return plans.coaching_of(found)


def told_by(coaching: Any) -> tuple[Any, ...]:
    return coaching.snapshot, coaching.options, dict(coaching.estimates), coaching.recommendation


def without_keeping(person: Person, monkeypatch: pytest.MonkeyPatch) -> Any:
    with monkeypatch.context() as patch:
        patch.setattr(worked_out, "_kept", kept.Kept())
        return anew(person)


def at_a_fresh_look(person: Person, monkeypatch: pytest.MonkeyPatch) -> Any:
    with monkeypatch.context() as patch:
        for room, name in KEPT:
            patch.setattr(room, name, kept.Kept())
        return swaps_of(person)


def swaps_of(person: Person) -> Any:
    return review.review_of(anew(person), timezone.now(), is_asked=True).swaps


def gone_worse(person: Person, technique: str, goes: int) -> None:
    at, names = timezone.now() - timedelta(days=goes), ("tension", "belief", "confidence", "night")
    worse = {f"{name}_before": 9 if name in ("confidence", "night") else 1 for name in names}
    worse |= {f"{name}_after": 1 if name in ("confidence", "night") else 9 for name in names}
    for number in range(goes):
        told = {"client_id": f"{technique}-made-worse-{number}", "started_at": at + timedelta(days=number)}
        Practice.objects.create(person=person, technique_id=technique, **told, **worse)


def test_the_recommender_runs_once_for_pages_between_which_nothing_changes(
    client: Client, times_asked: list[int]
) -> None:
    person = a_member(client)
    a_plan(person, at=timezone.now() - timedelta(days=2))
    made_much_of(person, 40)
    times_asked.clear()
    for path in PAGES * 2:
        assert client.get(path).status_code == 200
    assert len(times_asked) == 1


def test_a_look_that_is_open_asks_once_what_would_come_in_the_place_of_another(
    client: Client, times_asked: list[int]
) -> None:
    person = a_member(client)
    plan = a_plan(person, at=timezone.now() - timedelta(days=30))
    gone_worse(person, plan.items.first().technique_id, 25)
    times_asked.clear()
    for path in PAGES * 2:
        assert client.get(path).status_code == 200
    assert swaps_of(person)
    assert len(times_asked) == 2


def acts(chance: Random, people: list[Person]) -> Iterator[str]:
    guides = list(Guide.objects.select_related("technique").filter(slug__in=("breathing", "walking", "cbt_worry")))
    for number in range(8):
        person, at = chance.choice(people), timezone.now()
        match what := chance.choice(["answer", "go", "rate", "pin", "refuse", "minutes", "caution", "nothing"]):
            case "answer":
                row = Intake.objects.filter(person=person).latest("id")
                name = chance.choice(list(CHANGES))
                row.answers = {**row.answers, name: chance.choice(CHANGES[name])}
                row.save()
            case "go":
                taps = {"tension_before": 6, "tension_after": chance.randrange(7)}
                report = Report(client_id=f"a-made-up-go-{number}", started_at=at, seconds=60, ratings=taps)
                record(person, chance.choice(guides), report, at=at)
            case "rate":
                Practice.objects.filter(person=person).update(tension_after=chance.randrange(10))
            case "pin" | "refuse":
                state = "pinned" if what == "pin" else "refused"
                items = Plan.objects.get(person=person, ended_at=None).items
                items.filter(pk=chance.choice(list(items.values_list("pk", flat=True)))).update(state=state)
            case "minutes":
                Plan.objects.filter(person=person).update(minutes_a_day=chance.choice([10, 20, 45]))
            case "caution":
                caution = chance.choice(list(Caution.objects.all()))
                caution.action = chance.choice(["exclude", "warn"])
                caution.save()
        yield what


@pytest.mark.parametrize("seed", range(2))
def test_after_anything_in_any_order_it_is_what_a_fresh_look_says(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [Person.objects.create(), Person.objects.create()]
    for person in people:
        a_plan(person)
    for what in acts(Random(seed), people):  # noqa: S311 - made-up acts, no secret
        for person in people:
            assert told_by(anew(person)) == told_by(without_keeping(person, monkeypatch)), what


@pytest.mark.parametrize("seed", range(2))
def test_so_is_what_a_look_proposes(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    people, seen = [Person.objects.create(), Person.objects.create()], set[Any]()
    for person, goes in zip(people, (25, 26), strict=True):
        for technique in list(a_plan(person).items.values_list("technique", flat=True))[:2]:
            gone_worse(person, technique, goes)
    for what in acts(Random(seed), people):  # noqa: S311 - made-up acts, no secret
        for person in people:
            assert swaps_of(person) == at_a_fresh_look(person, monkeypatch), what
            seen.add(swaps_of(person))
    assert len([swaps for swaps in seen if swaps]) >= 2


def test_a_new_answer_that_closes_something_closes_it_at_once(client: Client) -> None:
    person = a_visitor(client)
    plan = a_plan(person)
    before = anew(person).recommendation
    row = plan.intake
    row.answers = {**row.answers, "conditions": ["skip"]}
    row.save()
    after = anew(person).recommendation
    assert {one.technique for one in after.exclusions} > {one.technique for one in before.exclusions}


def test_danger_that_is_told_blocks_the_very_next_page(client: Client) -> None:
    a_plan(a_visitor(client))
    for path in PAGES[1:]:
        assert client.get(path).status_code == 200
    tell(client, DangerSign.objects.filter(level="now")[0].slug)
    for path in PAGES[1:]:
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer.url == reverse("coaching:emergency")


def test_a_caution_that_staff_edit_holds_on_the_next_page(client: Client) -> None:
    person = a_visitor(client)
    a_plan(person)
    technique = anew(person).recommendation.picks[0].technique
    Caution.objects.create(technique_id=technique, condition="anyone", action="exclude", words="Not now.", limits=[])
    assert technique not in anew(person).recommendation.techniques


def test_people_with_the_same_answers_are_not_told_each_others_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [Person.objects.create(), Person.objects.create()]
    for person, after in zip(people, (0, 9), strict=True):
        a_finished_intake(person)
        a_plan(person)
        guide = Guide.objects.select_related("technique").get(slug="breathing")
        for number in range(6):
            taps = {"tension_before": 6, "tension_after": after}
            at = timezone.now() - timedelta(days=number)
            report = Report(client_id=f"go-{after}-{number}", started_at=at, seconds=60, ratings=taps)
            record(person, guide, report, at=at)
    told = [anew(person).estimates["breathing"].mean for person in (*people, *people)]
    assert told[0] > told[1]
    assert told[:2] == told[2:]
    assert [without_keeping(person, monkeypatch).estimates["breathing"].mean for person in people] == told[:2]


def test_few_are_kept_and_none_by_name() -> None:
    keeper: kept.Kept[str] = kept.Kept()
    library = object()
    for number in range(3 * kept.MOST_KEPT):
        assert keeper.of(library, ["told", number], lambda number=number: f"made of {number}") == f"made of {number}"
    assert len(keeper.shelf) == kept.MOST_KEPT
    assert all(isinstance(key, bytes) and len(key) == 24 for key in keeper.shelf)
    assert keeper.of(library, ["told", 3 * kept.MOST_KEPT - 1], lambda: "anew").startswith("made")
    assert keeper.of(object(), ["told", 3 * kept.MOST_KEPT - 1], lambda: "anew") == "anew"
    assert len(keeper.shelf) == 1


def test_what_goes_in_is_told_apart() -> None:
    told: list[list[Any]] = [
        [],
        [""],
        ["", ""],
        [1],
        ["1"],
        [True],
        [{"a": 1}],
        [{"a": "1"}],
        [["a"], "b"],
        ["a", ["b"]],
    ]
    assert len({kept.digest_of(one) for one in told}) == len(told)
    assert kept.digest_of([{"a": 1, "b": 2}]) == kept.digest_of([{"b": 2, "a": 1}])


def test_today_asks_six_things_while_the_library_stands(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(stamp, "ASKED_AGAIN", timedelta(hours=1))
    person = a_member(client)
    a_plan(person, at=timezone.now() - timedelta(days=12))
    made_much_of(person, 300)
    assert knowledge() is knowledge()
    client.get("/today/")
    with django_assert_max_num_queries(6):
        client.get("/today/")
