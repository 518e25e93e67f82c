"""Eight weeks of one person on a phone: questions, a week, reviews, a flare, a step down, the way back, a check-in with
the danger signs in its middle, two techniques compared, and leaving.

Once with scripts and once without. Every change is told with its reason where it happens.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from coaching.models import Booster, Ending, Person, Plan, Practice, Week, WeekReview
from tests.browser.conftest import PageAt
from tests.browser.steps import ANSWERS, answer_danger, answer_step, go_on, take_session
from tests.browser.test_two_weeks import FakeClock
from tests.coaching.shell_makers import a_member, a_plan
from tests.library import published_by

DAY = timedelta(days=1)
RATED_FOR = 2 * DAY
"""From one look to the next: so long after a day it can still be rated."""

WIDTH = "document.documentElement.scrollWidth"
PHONE = 390


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, library: None) -> FakeClock:
    # It begins nine weeks ago, so that a session that was opened now still stands at its end.
    clock = FakeClock(timezone.now().replace(hour=9, minute=0) - timedelta(weeks=10))
    published_by(clock.at)
    monkeypatch.setattr(timezone, "now", clock)
    return clock


class Journey:
    """Somebody with a phone and a clock."""

    def __init__(self, page: Page, person: Person, clock: FakeClock, axe: Callable[[Page], None]) -> None:
        self.page, self.person, self.clock, self.axe = page, person, clock, axe
        self.technique = ""

    @property
    def week(self) -> Week:
        found = Week.objects.filter(begins_on__lte=self.clock.at.date()).first()
        assert found
        return found

    def go(self, path: str, *said: str) -> None:
        """To a page that fits the phone and says these words."""
        self.page.goto(path)
        self.sees(*said)

    def sees(self, *said: str) -> None:
        for words in said:
            expect(self.page.locator("main")).to_contain_text(words)
        assert self.page.evaluate(WIDTH) <= PHONE, self.page.url

    def practise_all(self, **rated: int) -> None:
        """Every step of the first practice, each on its own day; what the player sends is tried elsewhere."""
        for step in self.week.steps.filter(technique=self.technique, state="planned"):
            at = datetime.combine(step.day, self.clock.at.time(), tzinfo=self.clock.at.tzinfo)
            key = f"go-{self.person.practices.count():017}"
            Practice.objects.create(
                person=self.person, technique_id=self.technique, client_id=key, started_at=at, **rated
            )

    def to_day_of_looking_back(self) -> None:
        """While two are compared, by way of a look every second day."""
        end = self.week.ends_on
        while self.clock.at.date() < end:
            left = end - self.clock.at.date()
            self.clock.at += min(left, RATED_FOR) if self.person.comparisons.running().exists() else left
            self.rate_days()

    def rate_days(self) -> None:
        """Every day that waits for its tap: those of the first technique were better."""
        compared = self.person.comparisons.running().first()
        if compared is None:
            return
        self.go("/a-or-b/")
        waiting = self.page.locator("main form:has(.scale)")
        while waiting.count():
            on = waiting.first.locator("[name=on]").get_attribute("value")
            tap = "2" if compared.days.get(on=on).is_first else "6"
            with self.page.expect_navigation():
                waiting.first.get_by_role("button", name=tap, exact=True).click()

    def look_back(self, *way: str, sure: int | None = None) -> WeekReview:
        """Two minutes: from the week to the proposal."""
        self.to_day_of_looking_back()
        self.go("/week/", "Two minutes to look back?")
        self.page.get_by_role("link", name="Look back", exact=True).click()
        for words in way:
            self.page.get_by_label(words, exact=True).check()
        if sure is not None:
            self.page.locator(f'input[name="confidence"][value="{sure}"]').check()
        go_on(self.page, "Go on")
        review = WeekReview.objects.order_by("-id")[0]
        self.sees("One idea for the next week", review.words)
        return review

    def decide(self, button: str) -> None:
        go_on(self.page, button)
        self.sees("Your next week is ready.")
        self.clock.at += DAY

    def rung(self) -> int:
        plan = Plan.objects.current().get()
        place: int = plan.held[self.technique]["place"]
        return place


@pytest.fixture(params=["with scripts", "without scripts"])
def journey(request: pytest.FixtureRequest, clock: FakeClock, page_at: PageAt, axe: Any) -> Journey:
    client = Client()
    person = a_member(client)
    has_scripts = request.param == "with scripts"
    page = page_at(PHONE, "light", java_script_enabled=has_scripts)
    take_session(page, client)
    # The checker is a script that waits: where none runs it never ends.
    return Journey(page, person, clock, axe if has_scripts else lambda _page: None)


def begin(one: Journey) -> None:
    one.page.goto("/intake/goal/")
    for _title in ANSWERS:
        answer_step(one.page)
    one.page.wait_for_url("**/recommendations/")
    one.go("/today/", "Make it a week")
    go_on(one.page, "Lay out my week")
    one.sees("My week", "Yes, this is my week")
    plan = Plan.objects.current().get()
    ordered = [item.technique_id for item in plan.items.all()]
    one.technique = next(slug for slug in ordered if Week.objects.get().steps.filter(technique=slug).exists())
    go_on(one.page, "Yes, this is my week")
    one.sees("You said yes to this week")
    one.go("/week/small-step/")
    one.page.get_by_label("After breakfast", exact=True).check()
    one.page.locator("#id_words").fill("Two stairs with a bag")
    go_on(one.page, "Keep it")
    one.sees("Two stairs with a bag", "After breakfast")


def move_a_step(one: Journey) -> None:
    """By the page that everybody has; to take it by hand is tried with the board."""
    one.go("/week/")
    one.page.locator(".week-change a").last.click()
    one.page.get_by_label("Place").fill("Kitchen chair")
    go_on(one.page, "Keep this")
    one.sees("Kitchen chair")


def a_good_week(one: Journey) -> None:
    """A good week is offered one step up, with the reason, and the person takes it."""
    one.go("/today/", "One small thing", "Two stairs with a bag")
    go_on(one.page, "I did it")
    one.axe(one.page)
    one.practise_all()
    assert one.look_back(sure=8).move == "up"
    one.axe(one.page)
    one.decide("Yes, do that")
    assert one.rung() == 2
    one.go("/week/", "One step up", "You did as many goes as this step asks for")


def a_flare(one: Journey) -> None:
    """A flare: the week steps down by itself and says so."""
    one.go("/log/")
    go_on(one.page, "A flare has begun")
    one.sees("check the danger signs first")
    one.go("/week/", "A flare week", "A flare has begun. A smaller week is the plan for it.")
    one.axe(one.page)
    assert one.rung() == 1
    assert one.look_back("Pain", sure=5).rule == "flare-is-running"
    one.decide("Yes, keep it")


def the_way_back(one: Journey) -> None:
    """It ends, and the way back is offered at the review, not taken."""
    one.go("/log/")
    go_on(one.page, "It is over")
    one.practise_all()
    one.go("/week/", "The way back up is one step a week.")
    assert one.rung() == 1
    assert one.look_back(sure=8).rule == "flare-is-over"
    one.decide("Yes, do that")
    assert one.rung() == 2


def a_check_in(one: Journey) -> None:
    """The danger signs come up in its middle; what was tapped is still there afterwards."""
    one.go("/check-in/", "Two weeks have gone by.")
    one.page.locator('input[name="function"][value="6"]').check()
    go_on(one.page, "Check the danger signs")
    answer_danger(one.page)
    one.sees("How has it been?", "You checked in today already.")
    expect(one.page.locator('input[name="function"][value="6"]')).to_be_checked()
    one.axe(one.page)
    go_on(one.page, "Keep it")
    one.sees("How it goes", "Your start: 6 of 10.")
    assert one.rung() == 2, "a look at the danger signs moves nobody on their ladder"


def a_or_b(one: Journey) -> None:
    """What is settled is said before the first day, with how much the days can show."""
    one.go("/a-or-b/", "Settled before the first day", "one point of 10 is seen in about 14 of 100 such tries")
    one.page.get_by_label("The one").select_option("breathing")
    one.page.get_by_label("The other").select_option("pmr")
    one.page.locator('input[name="outcome"][value="tension"]').check()
    one.page.locator('input[name="weeks"][value="2"]').check()
    go_on(one.page, "Draw the days and begin")
    one.sees("So far", "What they show is told in the end")
    one.axe(one.page)


def what_it_showed(one: Journey) -> None:
    one.rate_days()
    row = one.person.comparisons.get()
    assert row.ended_at and not row.was_stopped
    assert all(day.rating is not None and day.probability == 0.5 for day in row.days.all())
    one.go("/a-or-b/", "were better than days with", "Chance alone shows as much in about 2 of 100")
    one.axe(one.page)


def worse_goes(one: Journey) -> None:
    """Goes that left them worse are answered with a step down."""
    worse = dict.fromkeys(("tension_before", "belief_before", "pain_before"), 2)
    one.practise_all(**worse, tension_after=6, belief_after=6, pain_after=6)
    assert one.look_back(sure=8).rule == "most-goes-left-you-worse"
    one.decide("Yes, do that")
    assert one.rung() == 1
    one.go("/week/", "One step down", "left you worse")


def too_much(one: Journey) -> None:
    """Too much this week, in one tap; nothing of it is a failure."""
    go_on(one.page, "Too much this week")
    one.sees("The rest of the week is smaller", "no failure")
    one.look_back("No time", sure=6)
    one.decide("Keep it as it is" if one.page.get_by_role("button", name="Yes, do that").count() else "Yes, keep it")


def recovery(one: Journey) -> None:
    """A quiet week, then recovery."""
    one.look_back()
    one.decide("Keep it as it is" if one.page.get_by_role("button", name="Yes, do that").count() else "Yes, keep it")
    one.practise_all()
    assert one.look_back(sure=9).move == "up"
    one.decide("Yes, do that")
    assert one.rung() == 2
    assert WeekReview.objects.count() == 7


def leave(one: Journey) -> None:
    """The planned end: what helped, what is kept, a plan for a bad time, and silence."""
    one.clock.at += timedelta(weeks=1)
    one.go("/leaving/", "What your own goes say", "Two stairs with a bag")
    one.axe(one.page)
    one.page.get_by_label("A line to myself, for a bad day").fill("It ended the last time, too")
    one.page.get_by_label("I need it less than I did").check()
    one.page.get_by_label("Send me a letter after 1, 3 and 6 months").check()
    go_on(one.page, "Leave with this")
    one.sees("You need this less. That is what it was for.", "It ended the last time, too")
    one.axe(one.page)
    assert Ending.objects.get().needs_it_less
    assert Booster.objects.count() == 3


def come_back(one: Journey) -> None:
    """Back in one tap: it asks only what may have changed, danger first."""
    one.go("/today/", "You left, and that is the aim")
    go_on(one.page, "Come back")
    expect(one.page.get_by_role("heading", level=1)).to_contain_text("Below the waist")


def test_eight_weeks_from_the_first_question_to_leaving(journey: Journey) -> None:
    begin(journey)
    move_a_step(journey)
    journey.axe(journey.page)
    a_good_week(journey)
    a_flare(journey)
    the_way_back(journey)
    a_check_in(journey)
    a_or_b(journey)
    worse_goes(journey)
    too_much(journey)
    what_it_showed(journey)
    recovery(journey)
    leave(journey)
    come_back(journey)


def test_a_step_is_taken_to_another_day_by_hand(clock: FakeClock, page_at: PageAt, db: None, library: None) -> None:
    client = Client()
    person = a_member(client)
    a_plan(person, at=clock.at)
    client.post("/week/make/")
    page = page_at(1280, "light")
    take_session(page, client)
    week = Week.objects.get()
    step = week.steps.first()
    assert step
    page.goto("/week/")
    day = page.locator(f'[data-day="{week.ends_on.isoformat()}"]')
    page.set_viewport_size({"width": 1280, "height": 2400})  # both days are seen, so that nothing scrolls on the way
    place = day.bounding_box()
    assert place
    page.locator(f'[data-step="{step.pk}"] a').first.hover()
    page.mouse.down()
    page.mouse.move(place["x"] + 40, place["y"] + 10, steps=12)
    page.mouse.move(place["x"] + 44, place["y"] + 12, steps=3)
    page.mouse.up()
    expect(page.locator("main")).to_contain_text("has another day")
    step.refresh_from_db()
    assert step.day == week.ends_on


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light"), (1280, "dark")])
def test_the_pages_of_the_week_are_open_to_everyone(
    clock: FakeClock, page_at: PageAt, axe: Any, width: int, scheme: str, db: None, library: None
) -> None:
    client = Client()
    person = a_member(client)
    a_plan(person, at=clock.at)
    client.post("/week/make/")
    page = page_at(width, scheme)
    take_session(page, client)
    step = Week.objects.get().steps.first()
    assert step
    paths = ("/week/", "/today/", "/week/review/", "/week/rules/", "/week/small-step/", "/log/", "/leaving/")
    for path in (*paths, f"/week/step/{step.pk}/"):
        page.goto(path)
        axe(page)
