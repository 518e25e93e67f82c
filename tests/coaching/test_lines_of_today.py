"""What Today says of a day is drawn once while nothing of it changes, and anew after whatever does."""

import re
import sys
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from accounts.models import Profile
from coaching.kept import Kept, OwnParts
from coaching.models import Intake, LessonProgress, Person, Plan, PlanItem, Practice, Rhythm, Week, WeekReview, WeekStep
from coaching.people.zones import COOKIE
from config.drawn import part
from config.drawn.shelf import Shelf
from content.models import Caution, Lesson, Technique
from tests.coaching.shell_makers import a_member, a_plan
from tests.coaching.test_week_pages import Clock
from tests.test_drawn_once import without_own

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PAGES = ["/today/", "/es/today/"]
DAY = timedelta(days=1)


class On(NamedTuple):
    client: Client
    person: Person
    clock: Clock


Change = Callable[[On], Any]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, library: None) -> Clock:
    # Tomorrow: by then the library is published, whenever today it was loaded.
    found = Clock((timezone.now() + DAY).replace(hour=8, minute=0, second=0, microsecond=0))
    monkeypatch.setattr(timezone, "now", found)
    return found


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_nothing(monkeypatch)
    part.told_anew.clear()


def keep_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(part, "shelf", Shelf())
    for room in [room for name, room in sys.modules.items() if name.startswith("coaching.")]:
        for name in [name for name, kept in vars(room).items() if isinstance(kept, Kept)]:
            patch.setattr(room, name, Kept())


def seen(client: Client) -> list[str]:
    answers = [client.get(path) for path in PAGES]
    return [without_own(answer) if answer.status_code == 200 else answer.url for answer in answers]


def fresh(client: Client) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        keep_nothing(patch)
        return seen(client)


def of_today(place: int = 0) -> Any:
    """One of the steps of the day as a query set, the first thing of all at 0."""
    return WeekStep.objects.filter(pk=WeekStep.objects.filter(day=timezone.localdate())[place].pk)


def a_place(words: str) -> None:
    step = of_today().select_related("week").get()
    step.place = words
    step.save()


def answer(person: Person, **told: Any) -> None:
    row = Intake.objects.filter(person=person).latest("id")
    row.answers = {**row.answers, **told}
    row.save()


def practise(person: Person, at: datetime, **rated: int) -> None:
    key = f"a-made-up-go-{person.practices.count()}"
    Practice.objects.create(person=person, technique_id=first_of(person), client_id=key, started_at=at, **rated)


def practise_in_abidjan(person: Person, at: datetime) -> None:
    profile(time_zone="Africa/Abidjan")
    practise(person, at)


def named(person: Person) -> list[str]:
    return list(Plan.objects.get(person=person).items.values_list("technique_id", flat=True))


def first_of(person: Person) -> str:
    """What comes first on the page."""
    return of_today().get().technique_id if Week.objects.exists() else named(person)[0]


def rename(person: Person) -> None:
    for row in Technique.objects.filter(slug__in=named(person)):
        row.name = f"{row.name}, renamed"
        row.save()


def a_warning(person: Person) -> None:
    told = {"action": "warn", "words": "Have somebody near.", "limits": []}
    Caution.objects.update_or_create(technique_id=first_of(person), condition="heart", defaults=told)
    answer(person, health_heart=["heart"])


def refuse(person: Person) -> None:
    assert PlanItem.objects.filter(technique=first_of(person)).update(state="refused")


def danger(person: Person) -> None:
    answer(person, signs_legs=["saddle_numbness"])
    row = Intake.objects.filter(person=person).latest("id")
    row.safety_level = "now"
    row.save()


def rename_lessons() -> None:
    for row in Lesson.objects.all():
        row.title = f"{row.title}, renamed"
        row.save()


def climb(person: Person) -> None:
    plan, since = Plan.objects.get(person=person), timezone.now().isoformat()
    plan.held = {slug: {"at": since, "place": 3, "why": "up"} for slug in named(person)}
    plan.save()


def rhythm(**told: Any) -> None:
    assert Rhythm.objects.update(**told)


def a_step(words: str) -> None:
    row = Rhythm.objects.get()
    row.step = {"words": words}
    row.save()


def read_all(person: Person, at: datetime) -> None:
    for lesson in Lesson.objects.all():
        LessonProgress.objects.create(person=person, lesson=lesson, done_at=at)


def look_back(clock: Clock) -> None:
    Week.objects.update(ends_on=clock.at.date())
    WeekReview.objects.create(week=Week.objects.get(), at=clock.at, done=1, planned=3, move="keep")


def profile(**told: Any) -> None:
    assert Profile.objects.update(**told)


def pass_by(clock: Clock, **much: int) -> None:
    clock.at += timedelta(**much)


OF_ANY_DAY: dict[str, Change] = {
    "another name": lambda on: profile(name="Nadia"),
    "no name": lambda on: profile(name=""),
    "another goal": lambda on: answer(on.person, goal="Dance"),
    "a hope": lambda on: answer(on.person, values=["work"]),
    "a go": lambda on: practise(on.person, on.clock.at),
    "a go that hurt": lambda on: practise(on.person, on.clock.at, pain_before=3, pain_after=10),
    "a go of yesterday": lambda on: practise(on.person, on.clock.at - DAY, pain_after=10),
    "the afternoon": lambda on: pass_by(on.clock, hours=6),
    "the night": lambda on: pass_by(on.clock, hours=14),
    "another zone": lambda on: profile(time_zone="Asia/Tokyo"),
    "a zone where it is another day": lambda on: profile(time_zone="Pacific/Pago_Pago"),
    "a zone of the browser": lambda on: on.client.cookies.load({COOKIE: "Asia/Tokyo"}),
    "a technique by another name": lambda on: rename(on.person),
    "a technique that is refused": lambda on: refuse(on.person),
    "a caution": lambda on: a_warning(on.person),
    "a danger sign": lambda on: danger(on.person),
    "fewer minutes a day": lambda on: profile(minutes_a_day=10),
    "another rung": lambda on: climb(on.person),
    "a check-in is due": lambda on: Person.objects.update(check_in_from=on.clock.at.date()),
    "two weeks later": lambda on: pass_by(on.clock, days=15),
    "lessons by another name": lambda on: rename_lessons(),
}
OF_A_WEEK: dict[str, Change] = {
    "another time": lambda on: of_today().update(at=time(6, 15)),
    "no time": lambda on: of_today().update(at=None),
    "another time of what comes later": lambda on: of_today(1).update(at=time(23, 15)),
    "a place": lambda on: a_place("In the kitchen"),
    "lighter": lambda on: of_today().update(minutes=1),
    "paused": lambda on: of_today().update(state="paused"),
    "what comes later is paused": lambda on: of_today(1).update(state="paused"),
    "out": lambda on: of_today().update(state="taken_out", why="plan"),
    "what comes later is out": lambda on: of_today(1).update(state="taken_out", why="safety"),
    "on another day": lambda on: of_today().update(day=(on.clock.at + DAY).date()),
    "ticked": lambda on: of_today().update(done_at=on.clock.at),
    "what comes later is ticked": lambda on: of_today(1).update(done_at=on.clock.at),
    "another row": lambda on: WeekStep.objects.update(id=F("id") + 100_000),
    "the next day": lambda on: pass_by(on.clock, days=1),
    "what waits": lambda on: of_today().update(day=(on.clock.at - DAY).date()),
    "enough": lambda on: rhythm(enough_on=on.clock.at.date()),
    "left": lambda on: rhythm(left_at=on.clock.at),
    "a day of looking back": lambda on: Week.objects.update(ends_on=on.clock.at.date()),
}


ON_ANY_DAY_AFTER_ANOTHER: dict[str, tuple[Change, Change]] = {
    "the day after a go": (lambda on: practise(on.person, on.clock.at), lambda on: pass_by(on.clock, days=1)),
    "a zone in which a go was yesterday": (
        lambda on: practise_in_abidjan(on.person, on.clock.at.replace(hour=0, minute=30)),
        lambda on: profile(time_zone="Atlantic/Cape_Verde"),
    ),
}
ONE_AFTER_THE_OTHER: dict[str, tuple[Change, Change]] = {
    "out for another reason": (
        lambda on: of_today().update(state="taken_out", why="plan"),
        lambda on: of_today().update(why="safety"),
    ),
    "waits since another day": (
        lambda on: of_today().update(day=(on.clock.at - DAY).date(), id=1000),
        lambda on: WeekStep.objects.filter(id=1000).update(day=(on.clock.at - 2 * DAY).date()),
    ),
    "ticked after a go": (
        lambda on: practise(on.person, on.clock.at),
        lambda on: of_today().update(done_at=on.clock.at),
    ),
    "a day of looking back that was decided": (
        lambda on: look_back(on.clock),
        lambda on: WeekReview.objects.update(decided="keep", decided_at=on.clock.at),
    ),
    "another place": (lambda on: a_place("In the kitchen"), lambda on: a_place("In the garden")),
    "a minute later by the clock of the browser": (
        lambda on: on.client.cookies.load({COOKIE: "Asia/Tokyo"}),
        lambda on: pass_by(on.clock, minutes=1),
    ),
    "another zone than that of the browser": (
        lambda on: on.client.cookies.load({COOKIE: "Asia/Tokyo"}),
        lambda on: profile(time_zone="Europe/Paris"),
    ),
    "another zone of the browser": (
        lambda on: on.client.cookies.load({COOKIE: "Asia/Tokyo"}),
        lambda on: on.client.cookies.load({COOKIE: "Asia/Seoul"}),
    ),
    "another small step": (lambda on: a_step("Sweep"), lambda on: a_step("Rake")),
    "a lesson that was read": (
        lambda on: rename_lessons(),
        lambda on: read_all(on.person, on.clock.at),
    ),
}


@pytest.fixture
def person(client: Client, clock: Clock) -> Person:
    found = a_member(client)
    a_plan(found, at=clock.at - DAY)
    Profile.objects.of(found.user)
    profile(name="Ana")
    Person.objects.update(check_in_from=(clock.at + 2 * DAY).date())
    return found


@pytest.fixture
def on(client: Client, person: Person, clock: Clock) -> On:
    return On(client, person, clock)


def drawn_anew_after(change: Change, on: On) -> None:
    before = seen(on.client)
    assert seen(on.client) == before
    change(on)
    # A page may write down what changed, such as what left a plan, so the next one is looked at.
    seen(on.client)
    after = seen(on.client)
    assert after == fresh(on.client)
    assert all(was != became for was, became in zip(before, after, strict=True))


@pytest.mark.parametrize("change", [*OF_ANY_DAY, *OF_A_WEEK])
def test_a_day_of_a_week_is_drawn_anew_after_a_change(on: On, change: str) -> None:
    on.client.post("/week/make/")
    drawn_anew_after({**OF_ANY_DAY, **OF_A_WEEK}[change], on)


@pytest.mark.parametrize("changes", ONE_AFTER_THE_OTHER)
def test_it_is_drawn_anew_after_one_more_change(on: On, changes: str) -> None:
    on.client.post("/week/make/")
    first, then = ONE_AFTER_THE_OTHER[changes]
    first(on)
    drawn_anew_after(then, on)


@pytest.mark.parametrize("room", ["/week/make/", "/today/"])
@pytest.mark.parametrize("changes", ON_ANY_DAY_AFTER_ANOTHER)
def test_it_is_drawn_anew_when_a_go_is_no_more_of_today(on: On, changes: str, room: str) -> None:
    on.client.post(room)
    first, then = ON_ANY_DAY_AFTER_ANOTHER[changes]
    first(on)
    drawn_anew_after(then, on)


@pytest.mark.parametrize("change", OF_ANY_DAY)
def test_a_day_without_a_week_is_drawn_anew_after_a_change(on: On, change: str) -> None:
    drawn_anew_after(OF_ANY_DAY[change], on)


@pytest.mark.parametrize("first", ["/week/make/", "/today/"])
def test_nothing_of_it_is_drawn_twice(on: On, first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    on.client.post(first)
    kept, keep = list[str](), OwnParts.keep

    def counted(shelf: OwnParts, key: Any, words: str) -> None:
        kept.append(words)
        keep(shelf, key, words)

    monkeypatch.setattr(OwnParts, "keep", counted)
    for _ in range(3):
        seen(on.client)
    assert len([words for words in kept if "today-next" in words]) == len(PAGES)
    assert len([words for words in kept if "plan-title" in words]) == len(PAGES)
    assert len([words for words in kept if "lesson-title" in words]) == len(PAGES)
    assert not part.told_anew


def test_two_who_answered_alike_have_each_their_own_day(clock: Clock) -> None:
    """They share what follows from their answers, and nothing else."""
    clients, pages = [Client(), Client()], list[list[str]]()
    for client, name in zip(clients, ("ana", "ben"), strict=True):
        person = a_member(client, f"{name}@example.org")
        a_plan(person, at=clock.at - DAY)
        Profile.objects.of(person.user)
        Profile.objects.filter(user=person.user).update(name=name)
        client.post("/week/make/")
        pages.append(seen(client))
    assert [seen(client) for client in clients] == pages == [fresh(client) for client in clients]
    assert "<bdi>ana</bdi>" in pages[0][0]
    assert "<bdi>ben</bdi>" in pages[1][0]
    steps = [set(re.findall(r"/week/step/(\d+)/", page)) for page, _ in pages]
    assert steps[0]
    assert not steps[0] & steps[1]
