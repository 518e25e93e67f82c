"""The week on its pages: laid out from the rungs, changed in one tap, looked back on, and never a failure."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Profile
from coaching.models import Person, Plan, Practice, Rhythm, Week, WeekChange, WeekReview, WeekStep
from coaching.plan.plans import coaching_of
from coaching.week import edits
from content.models import StepRule, Technique
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

MONDAY = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK, TODAY, REVIEW = "/week/", "/today/", "/week/review/"


class Clock:
    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, library: None) -> Clock:
    # Tomorrow: by then the library is published, whenever today it was loaded.
    found = Clock((timezone.now() + DAY).replace(hour=8, minute=0, second=0, microsecond=0))
    monkeypatch.setattr(timezone, "now", found)
    return found


@pytest.fixture
def person(client: Client, clock: Clock) -> Person:
    found = a_member(client)
    a_plan(found, at=clock.at)
    return found


def send(client: Client, name: str, *args: Any, **told: Any) -> str:
    answer = client.post(reverse(f"coaching:{name}", args=args), told, follow=True)
    assert answer.status_code == 200, (name, answer.status_code)
    return text(answer)


def a_week(client: Client) -> Week:
    send(client, "make_week")
    return Week.objects.get()


def steps() -> list[WeekStep]:
    return list(WeekStep.objects.select_related("week"))


def practise(person: Person, technique: str, at: datetime, **rated: int) -> Practice:
    key = f"a-made-up-go-of-{person.practices.count():04}"
    return Practice.objects.create(person=person, technique_id=technique, client_id=key, started_at=at, **rated)


def held(technique: str) -> dict[str, Any]:
    found: dict[str, Any] = Plan.objects.current().get().held.get(technique, {})
    return found


# --- Laying out ------------------------------------------------------------------------------------


def test_the_week_is_laid_out_from_the_rungs_of_the_plan(client: Client, person: Person) -> None:
    assert "Lay out my week" in text(client.get(WEEK))
    week = a_week(client)
    coaching = coaching_of(person)
    assert coaching
    laddered = [slug for slug in coaching.recommendation.techniques if coaching.steps.of(slug)]
    assert {step.technique_id for step in steps()} == set(laddered)
    for step in steps():
        rung = coaching.steps.of(step.technique_id)
        assert rung
        assert (step.minutes, step.rung, step.probability) == (rung.minutes, rung.standing.place, 1)
        assert week.begins_on <= step.day <= week.ends_on
        assert step.at is not None


def test_two_tabs_make_one_week(client: Client, person: Person) -> None:
    a_week(client)
    count = WeekStep.objects.count()
    send(client, "make_week")
    assert (Week.objects.count(), WeekStep.objects.count()) == (1, count)


def test_somebody_without_an_account_has_a_week_too(client: Client, clock: Clock) -> None:
    a_plan(a_visitor(client), at=clock.at)
    a_week(client)
    assert "Too much this week" in text(client.get(WEEK))


def test_without_a_plan_the_week_leads_to_the_questions(client: Client) -> None:
    a_visitor(client)
    assert client.get(WEEK).url == "/intake/"
    assert client.post("/week/make/").url == "/intake/"


# --- Changing it -----------------------------------------------------------------------------------


def change(client: Client, step: WeekStep, **told: Any) -> str:
    usual = {"do": "move", "day": step.day.isoformat(), "at": f"{step.at:%H:%M}" if step.at else "", "place": ""}
    return send(client, "week_step", step.pk, **{**usual, **told})


def test_a_step_moves_in_day_time_and_place_and_says_so(client: Client, person: Person) -> None:
    week = a_week(client)
    step = steps()[0]
    day = week.ends_on
    page = change(client, step, day=day.isoformat(), at="07:15", place="Kitchen chair")
    step.refresh_from_db()
    assert (step.day, f"{step.at:%H:%M}", step.place) == (day, "07:15", "Kitchen chair")
    assert "Kitchen chair" not in step.sealed_place
    assert "has another day" in page and "You asked for it" in page and "Kitchen chair" in page


def test_a_day_outside_the_week_is_refused(client: Client, person: Person) -> None:
    week = a_week(client)
    step = steps()[0]
    told = {"do": "move", "day": (week.ends_on + DAY).isoformat(), "at": "", "place": ""}
    assert client.post(f"/week/step/{step.pk}/", told).status_code == 422
    step.refresh_from_db()
    assert step.day <= week.ends_on


def test_a_step_is_made_lighter_and_rests_and_comes_back(client: Client, person: Person) -> None:
    a_week(client)
    step = next(step for step in steps() if step.minutes > 1)
    change(client, step, do="lighter")
    before = step.minutes
    step.refresh_from_db()
    assert step.minutes == before // 2
    change(client, step, do="pause")
    step.refresh_from_db()
    assert step.state == "paused"
    change(client, step, do="take_up")
    step.refresh_from_db()
    assert step.state == "planned"
    whats = list(WeekChange.objects.order_by("id").values_list("what", flat=True))
    assert whats == ["lighter", "paused", "resumed"]


def test_another_practice_of_the_plan_takes_its_place(client: Client, person: Person) -> None:
    a_week(client)
    several = {step.technique_id for step in steps()}
    step = steps()[0]
    instead = min(several - {step.technique_id})
    change(client, step, instead=instead)
    step.refresh_from_db()
    assert step.technique_id == instead
    assert WeekChange.objects.get().what == "swapped"


def test_a_change_from_an_old_tab_does_nothing_twice(client: Client, person: Person) -> None:
    a_week(client)
    step = next(step for step in steps() if step.minutes > 1)
    stale = WeekStep.objects.select_related("week").get(pk=step.pk)
    at = timezone.now()
    assert edits.lighten(step, at)
    assert not edits.lighten(stale, at)
    assert WeekChange.objects.count() == 1


def test_too_much_is_one_tap_and_makes_the_rest_smaller_once(client: Client, person: Person) -> None:
    a_week(client)
    before = {step.pk: step.minutes for step in steps()}
    page = send(client, "ease_week")
    assert "no failure" in page
    after = {step.pk: (step.minutes, step.state) for step in steps()}
    assert all(minutes <= before[key] for key, (minutes, _) in after.items())
    assert sum(minutes for minutes, state in after.values() if state == "planned") < sum(before.values())
    send(client, "ease_week")
    assert {step.pk: (step.minutes, step.state) for step in steps()} == after
    assert "Too much this week" not in text(client.get(WEEK))


def test_saying_yes_is_one_tap_and_optional(client: Client, person: Person) -> None:
    week = a_week(client)
    assert week.committed_at is None
    assert "You said yes to this week" in send(client, "commit_week")
    first = Week.objects.get().committed_at
    send(client, "commit_week")
    assert Week.objects.get().committed_at == first


def test_nobody_changes_the_week_of_another(client: Client, person: Person, clock: Clock) -> None:
    a_week(client)
    step = steps()[0]
    other = Client()
    a_plan(a_member(other, "walter@example.org"), at=clock.at)
    assert other.post(f"/week/step/{step.pk}/done/").status_code == 404
    other.post(f"/week/step/{step.pk}/", {"do": "lighter"})
    step.refresh_from_db()
    assert (step.done_at, WeekChange.objects.count()) == (None, 0)


@pytest.mark.parametrize("word", ["kill myself", "end it all"])
def test_words_that_call_for_care_are_heard_in_a_small_step(client: Client, person: Person, word: str) -> None:
    page = send(client, "small_step", words=f"I want to {word}")
    assert "You do not have to carry this alone" in page


def test_a_small_step_is_offered_and_kept_in_own_words(client: Client, person: Person) -> None:
    a_week(client)
    page = text(client.get("/week/small-step/"))
    assert "After breakfast" in page and "Kitchen chair" in page
    page = send(client, "small_step", words="Two stairs", when_offer="After breakfast", where="Hall")
    assert all(words in page for words in ("Two stairs", "After breakfast", "Hall"))
    rhythm = Rhythm.objects.get()
    assert rhythm.step == {"words": "Two stairs", "when": "After breakfast", "where": "Hall"}
    assert "stairs" not in rhythm.sealed_step
    assert "Two stairs" in text(client.get(TODAY))


# --- Today -----------------------------------------------------------------------------------------


def test_today_shows_the_next_thing_at_its_rung_and_ticks_what_was_practised(
    client: Client, person: Person, clock: Clock
) -> None:
    week = a_week(client)
    first = next(step for step in steps() if step.day == week.begins_on)
    page = text(client.get(TODAY))
    assert f"{first.at:%H:%M}" in page
    assert "One small thing" in page
    practise(person, first.technique_id, clock.at)
    assert "Done" in text(client.get(TODAY)).partition("Today’s plan")[2]


def test_what_was_left_is_there_without_blame(client: Client, person: Person, clock: Clock) -> None:
    a_week(client)
    clock.at += DAY
    page = text(client.get(TODAY))
    assert "Still there, if you like" in page and "Nothing is late" in page
    assert not re.search(r"overdue|missed it|should have|failed", page)


def test_enough_for_today_ends_the_day_and_can_be_taken_back(client: Client, person: Person) -> None:
    a_week(client)
    assert "Enough for today." in send(client, "enough")
    assert "Enough for today." not in send(client, "enough", do="more")


def test_a_tick_by_hand_counts_and_is_taken_back(client: Client, person: Person) -> None:
    a_week(client)
    step = steps()[0]
    send(client, "week_step_done", step.pk)
    step.refresh_from_db()
    assert step.done_at
    send(client, "week_step_done", step.pk, do="take_back")
    step.refresh_from_db()
    assert step.done_at is None


def test_the_lesson_fits_the_strongest_need(client: Client, clock: Clock) -> None:
    person = a_member(client)
    a_plan(person, at=clock.at, sleep=0, avoid=0, tension=0, stuck_thoughts=0, active_days=6)
    assert "sleep" in text(client.get(TODAY)).partition("Next for you")[2].partition("Read, 4 minutes")[0].lower()


def test_a_week_ends_and_a_fresh_one_takes_one_tap(client: Client, person: Person, clock: Clock) -> None:
    a_week(client)
    clock.at += 20 * DAY
    assert "A fresh week" in text(client.get(TODAY))
    assert "however it went" in text(client.get(WEEK))
    send(client, "make_week")
    assert Week.objects.count() == 2


# --- Looking back ----------------------------------------------------------------------------------


def to_review(clock: Clock) -> None:
    week = Week.objects.first()
    assert week
    clock.at += (week.ends_on - clock.at.date()) * 1


def a_review(client: Client, **told: Any) -> str:
    return send(client, "week_review", **told)


def decide(client: Client, choice: str) -> str:
    return send(client, "week_decide", choice=choice)


def a_full_week(client: Client, person: Person, clock: Clock, **rated: int) -> str:
    """Every step of the first practice done; its technique."""
    a_week(client)
    coaching = coaching_of(person)
    assert coaching
    technique = next(slug for slug in coaching.recommendation.techniques if coaching.steps.of(slug))
    for step in steps():
        if step.technique_id == technique:
            at = datetime.combine(step.day, clock.at.time(), tzinfo=UTC)
            practise(person, technique, at, **rated)
    to_review(clock)
    return technique


def test_a_good_week_is_offered_one_step_up_and_the_person_decides(
    client: Client, person: Person, clock: Clock
) -> None:
    technique = a_full_week(client, person, clock)
    assert "Two minutes to look back?" in text(client.get(WEEK))
    page = a_review(client, confidence="8")
    review = WeekReview.objects.get()
    assert (review.move, review.technique_id, review.rule) == ("up", technique, "ready-for-more")
    assert (review.probability, review.confidence) == (1, 8)
    assert "You did as many goes as this step asks for" in page
    page = decide(client, f"up:{technique}")
    assert held(technique)["place"] == 2
    assert Week.objects.count() == 2
    coaching = coaching_of(Person.objects.get(pk=person.pk))
    assert coaching
    step = coaching.steps.of(technique)
    assert step and step.standing.place == 2 and "as you decided" in step.since
    assert "One step up" in page and "You did as many goes" in page


def test_whoever_keeps_it_keeps_it(client: Client, person: Person, clock: Clock) -> None:
    technique = a_full_week(client, person, clock)
    a_review(client, confidence="8")
    decide(client, "keep")
    assert held(technique)["place"] == 1
    newest = Week.objects.first()
    assert newest and {step.rung for step in newest.steps.filter(technique=technique)} == {1}


def test_a_review_is_answered_once_and_decided_once(client: Client, person: Person, clock: Clock) -> None:
    technique = a_full_week(client, person, clock)
    a_review(client, confidence="8")
    a_review(client, confidence="0")
    assert WeekReview.objects.get().confidence == 8
    decide(client, f"up:{technique}")
    decide(client, f"up:{technique}")
    assert held(technique)["place"] == 2


@pytest.mark.parametrize("choice", ["up:no-such", "swap:walking", "away:x", "down:breathing", ""])
def test_only_what_is_there_can_be_decided(client: Client, person: Person, clock: Clock, choice: str) -> None:
    a_full_week(client, person, clock)
    a_review(client, confidence="8")
    client.post("/week/review/decide/", {"choice": choice})
    assert WeekReview.objects.get().decided == ""


def test_a_week_that_left_somebody_worse_is_offered_a_step_down(client: Client, person: Person, clock: Clock) -> None:
    technique = a_full_week(client, person, clock)
    a_review(client, confidence="8")
    decide(client, f"up:{technique}")
    clock.at += DAY
    newest = Week.objects.first()
    assert newest
    for step in newest.steps.filter(technique=technique)[:3]:
        at = datetime.combine(step.day, clock.at.time(), tzinfo=UTC)
        rated = dict.fromkeys(("tension_before", "pain_before", "belief_before"), 3)
        practise(person, technique, at, **rated, tension_after=7, pain_after=7, belief_after=7)
    to_review(clock)
    a_review(client, confidence="9")
    review = WeekReview.objects.order_by("-id")[0]
    assert (review.move, review.technique_id, review.rule) == ("down", technique, "most-goes-left-you-worse")


def test_a_rule_that_staff_withdrew_no_longer_speaks(client: Client, person: Person, clock: Clock) -> None:
    StepRule.objects.filter(slug="ready-for-more").update(status="withdrawn")
    a_full_week(client, person, clock)
    a_review(client, confidence="8")
    assert WeekReview.objects.get().rule == "going-well"


def test_the_rules_are_shown_to_whoever_asks(client: Client) -> None:
    page = text(client.get("/week/rules/"))
    for rule in StepRule.objects.all():
        assert rule.title in page and f'id="{rule.slug}"' in page
    assert "A flare is running." in page and "Of 100 goes, those that left you worse: 51 or more" in page
    assert "1 if" not in page and "the person" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_review_may_be_empty_and_says_no_word_of_blame(client: Client, person: Person, clock: Clock) -> None:
    a_week(client)
    to_review(clock)
    assert "A week like that happens" in text(client.get(REVIEW))
    a_review(client)
    assert WeekReview.objects.get().confidence is None


def test_the_day_of_looking_back_is_theirs(client: Client, person: Person, clock: Clock) -> None:
    week = a_week(client)
    wanted = (week.ends_on.weekday() + 1) % 7
    send(client, "review_day", review_day=wanted)
    week.refresh_from_db()
    assert week.ends_on.weekday() == wanted
    assert 4 <= (week.ends_on - week.begins_on).days + 1 <= 10


# --- A flare ---------------------------------------------------------------------------------------


def log(client: Client, **told: Any) -> str:
    return send(client, "log", client_id=f"a-tap-of-a-page-{WeekChange.objects.count()}-{told['kind']}", **told)


def test_a_flare_makes_the_week_smaller_by_itself_and_the_way_back_is_proposed(
    client: Client, person: Person, clock: Clock
) -> None:
    technique = a_full_week(client, person, clock)
    a_review(client, confidence="8")
    decide(client, f"up:{technique}")
    clock.at += DAY
    assert "check the danger signs first" in log(client, kind="flare_on")
    assert held(technique) | {"at": ""} == held(technique) | {"at": "", "place": 1, "why": "flare", "before": 2}
    page = text(client.get(WEEK))
    assert "A flare week" in page and "A flare has begun. A smaller week is the plan for it." in page
    newest = Week.objects.first()
    assert newest and {step.rung for step in newest.steps.filter(technique=technique)} == {1}
    to_review(clock)
    a_review(client, confidence="9")
    assert WeekReview.objects.order_by("-id")[0].rule == "flare-is-running"
    decide(client, "keep")
    clock.at += DAY
    log(client, kind="flare_off")
    assert held(technique)["place"] == 1
    to_review(clock)
    a_review(client, confidence="9")
    review = WeekReview.objects.order_by("-id")[0]
    assert (review.move, review.rule) == ("up", "flare-is-over")
    decide(client, f"up:{review.technique_id}")
    assert held(review.technique_id or "")["place"] == 2


def test_a_flare_twice_steps_down_once(client: Client, person: Person) -> None:
    a_week(client)
    log(client, kind="flare_on")
    before = Plan.objects.current().get().held
    log(client, kind="flare_on")
    assert Plan.objects.current().get().held == before


# --- Bad days --------------------------------------------------------------------------------------


def test_a_withdrawn_technique_leaves_the_week_with_its_reason_and_the_week_stays_whole(
    client: Client, person: Person
) -> None:
    a_week(client)
    gone = steps()[0].technique_id
    days = sorted(step.day for step in steps() if step.technique_id == gone)
    Technique.objects.filter(slug=gone).update(startable=False, updated=timezone.now() + 2 * DAY)
    page = text(client.get(WEEK))
    assert "no longer offer it" in page
    rows = [step for step in steps() if step.technique_id == gone]
    assert {(row.state, row.why) for row in rows} == {("taken_out", "library")}
    in_place = [step for step in steps() if step.state == "planned"]
    change = WeekChange.objects.get()
    assert change.technique_id == gone
    if change.instead_id:
        assert sorted(step.day for step in in_place if step.technique_id == change.instead_id) == days
    count = WeekStep.objects.count()
    client.get(WEEK)
    assert (WeekStep.objects.count(), WeekChange.objects.count()) == (count, 1)


def test_what_became_unsafe_leaves_the_week_for_safety(client: Client, person: Person, clock: Clock) -> None:
    a_week(client)
    shut = {"conditions": ["fracture", "heart", "lung", "surgery"], "safety_soon": ["weight_loss"]}
    before = {step.technique_id for step in steps()}
    a_plan(person, at=clock.at + timedelta(minutes=1), **shut)
    person.forget_what_was_read()
    client.get(WEEK)
    coaching = coaching_of(Person.objects.get(pk=person.pk))
    assert coaching
    out = before - set(coaching.recommendation.techniques)
    assert {step.technique_id for step in steps() if step.state == "taken_out"} == out
    unsafe = {one.technique for one in coaching.recommendation.exclusions}
    assert out and {step.why for step in steps() if step.technique_id in out & unsafe} <= {"safety"}


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_travelling_in_mid_week_loses_no_step_and_no_tick(
    client: Client, person: Person, clock: Clock, zone: str
) -> None:
    a_week(client)
    clock.at += 2 * DAY
    done = steps()[0]
    practise(person, done.technique_id, clock.at - DAY)
    ticks = text(client.get(WEEK)).count("is-done")
    Profile.objects.filter(user=person.user).update(time_zone=zone)
    page = text(client.get(WEEK))
    assert page.count("is-done") == ticks == 1
    assert page.count("week-day") >= 4 and Week.objects.count() == 1


def test_a_clock_that_was_a_day_ahead_leaves_one_week(client: Client, person: Person, clock: Clock) -> None:
    clock.at += DAY
    a_week(client)
    clock.at -= DAY
    assert "My week" in text(client.get(WEEK))
    send(client, "make_week")
    assert Week.objects.count() == 1


def test_a_practice_of_a_wrong_clock_ticks_nothing_outside_its_week(
    client: Client, person: Person, clock: Clock
) -> None:
    week = a_week(client)
    practise(person, steps()[0].technique_id, clock.at - 30 * DAY)
    page = text(client.get(WEEK))
    assert "is-done" not in page
    assert isinstance(week.begins_on, date)


# --- What it costs ---------------------------------------------------------------------------------


def test_today_with_a_week_asks_little_however_much_was_done(
    client: Client, person: Person, clock: Clock, django_assert_max_num_queries: Any
) -> None:
    a_week(client)
    Practice.objects.bulk_create(
        Practice(
            person=person,
            technique_id="breathing",
            client_id=f"one-of-two-thousand-{number}",
            started_at=clock.at - timedelta(hours=number),
        )
        for number in range(2000)
    )
    client.get(TODAY)
    # Two ask how the library and the pool stand, as a site does once a second.
    with django_assert_max_num_queries(8):
        assert client.get(TODAY).status_code == 200
