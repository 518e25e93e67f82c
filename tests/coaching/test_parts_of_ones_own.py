"""Cards of the result and the plan are drawn once while nothing in them changes, and say what a fresh page says."""

import re
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching import kept
from coaching.learning import worked_out
from coaching.models import Person, Plan
from coaching.plan import plans
from coaching.progress import page as progress_page
from coaching.progress import read
from coaching.progress.check_ins import keep_check_in
from config.drawn import part
from content.models import Lesson, Reference, Scale
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text
from tests.coaching.test_query_budgets import made_much_of
from tests.coaching.test_worked_out_once import acts, anew

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library", "nothing_kept")]

PAGES = ["/recommendations/", "/plan/", "/progress/", "/es/recommendations/", "/es/plan/", "/es/progress/"]
ROOMS = (worked_out, read, progress_page)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ROOMS:
        monkeypatch.setattr(room, "_kept", kept.Kept())
    part.told_anew.clear()


def page(client: Client, path: str) -> str:
    """Without the token of its forms, which is another on each."""
    answer = client.get(path)
    return TOKEN.sub("", text(answer)) if answer.status_code == 200 else answer.url


def fresh(client: Client, path: str, monkeypatch: pytest.MonkeyPatch) -> str:
    with monkeypatch.context() as patch:
        for room in ROOMS:
            patch.setattr(room, "_kept", kept.Kept())
        return page(client, path)


def also(chance: Random, person: Person) -> None:
    """What the rungs, the dates and the lessons of a page hang on, and the plan does not."""
    plan = Plan.objects.get(person=person, ended_at=None)
    technique = anew(person).recommendation.picks[0].technique
    match chance.choice(["sure", "held", "lesson", "kept", "check-in", "scale", "source"]):
        case "check-in":
            at = timezone.now() - timedelta(days=chance.randrange(4))
            given = {"function": chance.randrange(11), "confidence": 5, "note": f"A line {chance.random()}"}
            keep_check_in(person, given, day=at.date(), at=at)
        case "scale":
            scale = Scale.objects.get(slug="function")
            scale.name, scale.name_es = f"How it went {chance.random()}", f"Cómo fue {chance.random()}"
            scale.save()
        case "source":
            source = chance.choice(list(Reference.objects.all()))
            source.authors = f"Somebody {chance.random()}"
            source.save()
        case "sure":
            plan.sure = {technique: {"value": chance.randrange(11), "at": timezone.now().isoformat()}}
        case "held":
            since = (timezone.now() - timedelta(days=chance.randrange(20))).isoformat()
            plan.held = {technique: {"place": chance.randrange(1, 4), "why": "chosen", "at": since}}
        case "lesson":
            lesson = chance.choice(list(Lesson.objects.filter(technique=technique)) or list(Lesson.objects.all()))
            lesson.title, lesson.status = f"Another {chance.random()}", chance.choice(["draft", "published"])
            lesson.save()
        case "kept":
            plans.keep(plan, timezone.now())
    plan.save()


@pytest.mark.parametrize("seed", range(3))
def test_after_anything_in_any_order_a_page_says_what_a_fresh_one_says(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, clients = Random(seed), [Client(), Client()]  # noqa: S311 - made-up acts, no secret
    people = [a_plan(a_visitor(client)).person for client in clients]
    for what in acts(chance, people):
        also(chance, chance.choice(people))
        for client in clients:
            # A page may write down what changed, such as what a caution took, so the next one is compared.
            page(client, "/plan/")
            for path in PAGES:
                assert page(client, path) == fresh(client, path, monkeypatch), (what, path)
    assert not part.told_anew


def test_two_people_never_see_each_others_cards() -> None:
    one, other = Client(), Client()
    a_plan(a_visitor(one), values=["family"], peg_1=9)
    a_plan(a_visitor(other), values=["work"], peg_1=2, tension=0)
    for path in PAGES:
        own = page(one, path), page(other, path)
        assert own[0] != own[1]
        assert (page(one, path), page(other, path)) == own


@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_its_own_token_in_every_form(client: Client, path: str) -> None:
    a_plan(a_member(client))
    tokens = [set(TOKEN.findall(text(client.get(path)))) for _ in range(3)]
    assert all(len(one) == 1 for one in tokens)
    assert len(set.union(*tokens)) == 3
    assert part.HOLE not in text(client.get(path))
    assert all(len(token) == 64 for one in tokens for token in one)


def test_a_form_of_a_card_that_lay_ready_is_taken(client: Client) -> None:
    guarded = Client(enforce_csrf_checks=True)
    person = a_plan(a_visitor(guarded)).person
    for _ in range(2):
        found = text(guarded.get("/recommendations/"))
    token = TOKEN.findall(found)[0]
    technique = anew(person).recommendation.picks[0].technique
    pinned = reverse("coaching:pin_technique")
    told = {"technique": technique, "csrfmiddlewaretoken": token}
    assert guarded.post(pinned, {**told, "csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert guarded.post(pinned, told).status_code == 302


def test_danger_is_heard_before_any_card_that_lay_ready(client: Client) -> None:
    plan = a_plan(a_visitor(client))
    for path in PAGES:
        assert "main" in text(client.get(path))
    row = plan.intake
    row.answers = {**row.answers, "signs_legs": ["saddle_numbness"]}
    row.safety_level = "now"
    row.save()
    for path in PAGES:
        assert client.get(path).status_code == 302


def test_no_more_is_kept_than_a_person_looks_at(client: Client) -> None:
    person: Any = a_plan(a_visitor(client)).person
    made_much_of(person, 3)
    for path in PAGES * 3:
        client.get(path)
    shelf = next(reversed(worked_out._kept.shelf.values())).drawn
    assert 0 < len(shelf) <= kept.MOST_PARTS
    for number in range(100):
        shelf.keep(("a", number), "words")
        assert shelf.find(("a", number)) == "words"
        assert len(shelf) <= kept.MOST_PARTS


def test_long_parts_make_room_for_each_other() -> None:
    shelf, long = kept.OwnParts(), "x" * (kept.MOST_LETTERS // 3)
    counts = []
    for number in range(7):
        shelf.keep(number, long)
        assert shelf.find(number) == long
        counts.append(len(shelf))
    assert counts == [1, 2, 3, 1, 2, 3, 1]
