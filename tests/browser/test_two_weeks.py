"""Two weeks of three people, without scripts: nothing shrinks, changes are told, and sleep is judged by mornings."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from coaching.models import Person, PlanChange, Practice
from coaching.plan import plans
from coaching.plan.knowledge import knowledge
from content.core.signals import Signal
from content.models import Guide
from tests.browser.conftest import PageAt
from tests.browser.steps import take_session
from tests.coaching.shell_makers import a_member, a_plan
from tests.library import published_by

DAYS = 14
MORNING, EVENING = timedelta(hours=8), timedelta(hours=20)
PEOPLE: dict[str, dict[str, Any]] = {
    "who fears every move": {"avoid": 9, "active_days": 0},
    "who cannot sleep for worry": {
        "sleep": 1,
        **{f"gad_{number}": 3 for number in range(1, 6)},
        "gad_6": 1,
        "gad_7": 1,
        "avoid": 3,
        "active_days": 4,
    },
    "with panic and a stiff neck": {"panic": "yes", "tension": 9, "avoid": 3, "active_days": 4, "sleep": 6},
}


OTHERS = list(PEOPLE)[1:]
"""They walk the same two weeks in the second leg of the gate."""


class FakeClock:
    """What the site takes for now."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, library: None) -> FakeClock:
    # It begins two weeks ago, so that a session that was opened now still stands at its end.
    clock = FakeClock(timezone.now().replace(hour=0, minute=0) - timedelta(days=DAYS))
    published_by(clock.at)
    monkeypatch.setattr(timezone, "now", clock)
    return clock


def tap(page: Page, name: str, value: int) -> None:
    page.locator(f'input[name="{name}"][value="{value}"]').check()


def practise(page: Page, technique: str, signal: Signal) -> None:
    """One go that changes nothing of what is asked at once."""
    guide = Guide.objects.filter(technique=technique).values_list("slug", flat=True)[0]
    page.goto(f"/practice/{guide}/?size=1")
    names = page.locator('input[type="radio"][value="2"]').evaluate_all("taps => taps.map((tap) => tap.name)")
    for name in dict.fromkeys(names):
        tap(page, name, 2)
    page.get_by_role("button", name="Save this practice").click()
    expect(page.get_by_role("heading", name="That counts.")).to_be_visible()


def answer_the_morning(page: Page, night: int) -> None:
    """Whatever of yesterday is asked on Today."""
    page.goto("/today/")
    while (open_now := page.locator(".later button.tap")).count():
        is_night = page.get_by_role("heading", name="How was the night after?").count()
        scale = page.locator(".later").filter(has=page.locator("button.tap")).first
        value = night if is_night and "night" in scale.inner_text() else 2
        before = open_now.count()
        scale.get_by_role("button", name=str(value), exact=True).click()
        expect(page.locator(".later button.tap")).to_have_count(before - 11)


def picks_of(person: Person) -> set[str]:
    found = plans.coaching_of(Person.objects.get(pk=person.pk))
    assert found
    return set(found.recommendation.techniques)


@pytest.fixture
def start(clock: FakeClock, page_at: PageAt) -> Callable[[str], tuple[Page, Person]]:
    def begin(who: str) -> tuple[Page, Person]:
        client = Client()
        person = a_member(client)
        a_plan(person, at=clock.at, **PEOPLE[who])
        page = page_at(390, "light", java_script_enabled=False)
        take_session(page, client)
        return page, person

    return begin


@pytest.mark.timeout(900)
@pytest.mark.parametrize("who", [next(iter(PEOPLE)), *(pytest.param(who, marks=pytest.mark.long) for who in OTHERS)])
def test_two_weeks_that_change_nothing_at_once(who: str, start: Any, clock: FakeClock) -> None:
    page, person = start(who)
    first, signals = picks_of(person), {one.slug: one.signal for one in knowledge().options.techniques}
    assert len(first) == 3
    begun = clock.at
    for day in range(DAYS):
        clock.at = begun + timedelta(days=day) + MORNING
        answer_the_morning(page, night=8)
        clock.at = begun + timedelta(days=day) + EVENING
        for technique in sorted(first):
            practise(page, technique, signals[technique])
        assert picks_of(person) == first
    clock.at = begun + timedelta(days=DAYS) + MORNING
    answer_the_morning(page, night=8)

    assert not PlanChange.objects.exists()
    assert Practice.objects.count() == DAYS * len(first)
    page.goto("/progress/what-works/")
    for technique in first:
        own = page.locator("li.effect").filter(has=page.locator(f'h2 a[href$="/{technique}/"]'))
        # The night was better each time, whatever changed in the moment.
        words = "Likely helps you: better after 14 of 14 goes" if technique == "sleep" else "14 goes"
        expect(own).to_contain_text(words)
    swap_at_the_look(page, person, first)


def swap_at_the_look(page: Page, person: Person, first: set[str]) -> None:
    """What had its time and changed nothing is spoken of; taken up, the change is told with its day and reason."""
    page.goto("/plan/")
    look = page.locator("#look")
    expect(look).to_contain_text("Nothing has been changed.")
    expect(look).not_to_contain_text("Sleep skills.")
    look.get_by_role("button", name="Swap it for").first.click()
    expect(page.get_by_role("heading", name="What changed in your plan")).to_be_visible()
    expect(page.locator("main")).to_contain_text("You chose it at the weekly look.")
    now = picks_of(person)
    assert len(now) == 3
    assert len(first & now) == 2


FIRST = {
    "who fears every move": ({"exposure"}, "You avoid moving because you fear harm: 9 of 10."),
    "who cannot sleep for worry": ({"sleep"}, "Your sleep over the last 7 nights: 1 of 10"),
    "with panic and a stiff neck": (
        {"pmr", "breathing", "imagery", "yoga", "heat"},
        "Your muscles feel tight: 9 of 10.",
    ),
}
"""What each begins with, and the strongest answer, which the face of that card names."""


@pytest.mark.parametrize("who", list(PEOPLE))
def test_the_first_card_names_the_strongest_answer_on_its_face(who: str, start: Any) -> None:
    page, _person = start(who)
    page.goto("/recommendations/")
    techniques, answer = FIRST[who]
    card = page.locator("article.pick").first
    assert (card.get_attribute("id") or "").removeprefix("pick-") in techniques
    expect(card.locator(".why")).to_contain_text(answer)
    expect(card.locator(".why")).to_be_visible()
    for other in page.locator("article.pick").all():
        expect(other.locator(".why p").first).to_be_visible()


def test_the_three_have_three_different_plans(clock: FakeClock, library: None, db: None) -> None:
    found = set()
    for number, told in enumerate(PEOPLE.values()):
        person = a_member(Client(), f"person-{number}@example.org")
        a_plan(person, at=clock.at, **told)
        found.add(frozenset(picks_of(person)))

    assert len(found) == len(PEOPLE)
