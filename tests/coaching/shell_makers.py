"""Makers for the pages of the coach: whole sets of form answers, people with plans, and what a page says."""

import re
from datetime import UTC, datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from coaching.core.intake.questionnaires import STEP, VERSION
from coaching.core.intake.signs import group_of
from coaching.intake.known import known_at
from coaching.models import Intake, Person, Plan
from coaching.people.session import SESSION_KEY
from coaching.plan.plans import make_plan
from tests.accounts.people import PASSWORD, make_user
from tests.coaching.makers import answers
from tests.markup import squeezed

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
POSTS: dict[str, dict[str, Any]] = {
    "goal": {"adult": "yes", "goal": "Carry my bag upstairs", "values": ["family", "rest"]},
    "below-the-waist": {"signs_below": ["none"]},
    "after-a-fall": {"signs_fall": ["none"]},
    "chest-and-tummy": {"signs_chest": ["none"]},
    "feeling-ill": {"signs_ill": ["none"]},
    "how-the-pain-is": {"signs_pain": ["none"]},
    "one-direct-question": {"self_harm": "no"},
    "pain": {"duration": "over12", "peg_1": "6", "peg_2": "5", "peg_3": "7"},
    "mood": {"gad_1": "2", "gad_2": "1", "phq_1": "0", "phq_2": "1"},
    "worry-more": {"gad_3": "1", "gad_4": "2", "gad_5": "0", "gad_6": "1", "gad_7": "1"},
    "body": {"panic": "no", "tension": "7", "stuck_thoughts": "6", "avoid": "6"},
    "days": {"sleep": "3", "active_days": "1", "using_now": ["rest", "medicine"]},
    "yours": {},
    "heart-and-lungs": {"health_heart": ["none"]},
    "bones-and-nerves": {"health_bones": ["none"]},
    "eyes-blood-and-skin": {"health_blood": ["none"]},
    "stomach-and-medicines": {"health_stomach": ["none"]},
    "mind-sleep-and-work": {"health_mind": ["none"]},
}
"""One set of answers as a browser posts it, step by step."""

CHAPTER = {
    "safety": [step for step in POSTS if STEP[step].chapter == "safety"],
    "health": [step for step in POSTS if STEP[step].chapter == "health"],
}
CHAPTER_STEPS = [*CHAPTER["safety"], *CHAPTER["health"]]
FIRST_SCREEN, DIRECT = CHAPTER["safety"][0], CHAPTER["safety"][-1]

UNEASY: dict[str, Any] = {
    **{f"peg_{number}": 6 for number in (1, 2, 3)},
    **{f"gad_{number}": 2 for number in range(1, 8)},
    "tension": 7,
    "stuck_thoughts": 7,
    "avoid": 7,
    "sleep": 3,
    "active_days": 1,
}
"""Answers of a person who needs something at every stage of the loop."""


def step_url(step: str) -> str:
    return reverse("coaching:intake_step", args=[step])


def text(answer: Any) -> str:
    return squeezed(answer.content.decode())


def round_on(page: Any) -> str:
    found = re.search(r'name="round" value="(\d*)"', text(page))
    assert found, "no safety round on the page"
    return found[1]


def open_page(client: Client, step: str) -> Any:
    """A step as it is now; of a chapter, the screen that it goes on with."""
    page = client.get(step_url(step), follow=step in CHAPTER)
    assert page.status_code == 200, (step, page.status_code, page.headers.get("Location"))
    return page


def screen_of(sign: str) -> str:
    """The step that asks for a sign."""
    return next(step for step in CHAPTER["safety"] if STEP[step].items[0].id == group_of(sign))


def post(client: Client, step: str, **told: Any) -> Any:
    """Open the step as it is now, answer as `POSTS` has it but for what is told, and send it.

    An answer of None is left out. With `round`, the page is one that was opened at that safety round.
    A chapter is answered screen by screen: `signs` or `conditions` are ticked where they are asked.
    """
    if step in CHAPTER:
        return _answer_chapter(client, step, **told)
    seen = told.pop("round", None) or round_on(open_page(client, step))
    given = {**POSTS[step], **told, "round": seen}
    return client.post(step_url(step), {name: value for name, value in given.items() if value is not None})


def tell(client: Client, *signs: str, **told: Any) -> Any:
    """Tick signs on the screen of the first of them."""
    step = screen_of(signs[0])
    return post(client, step, **{STEP[step].items[0].id: list(signs), **told})


def _answer_chapter(client: Client, chapter: str, **told: Any) -> Any:
    """Each screen in its order, until one leads out of the questions or is shown again."""
    seen = {"round": told["round"]} if "round" in told else {}
    for step, given in _by_screen({chapter: told}).items():
        answer = post(client, step, **given, **seen)
        if answer.status_code != 302 or "/intake/" not in answer.url:
            break
    return answer


def answer_up_to(client: Client, last: str, **told: dict[str, Any]) -> Any:
    """Walk the steps as a browser does, following each redirect, up to and with `last`."""
    asked = {**{step: told.get(step, {}) for step in POSTS}, **_by_screen(told)}
    for step in POSTS:
        answer = post(client, step, **asked[step])
        if step in (last, *CHAPTER.get(last, [])[-1:]):
            break
    return answer


def _by_screen(told: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What is told of a chapter, by the screens that ask for it."""
    asked = {"signs", "conditions", "round", *(item for step in CHAPTER_STEPS for item in POSTS[step])}
    for chapter, given in told.items():
        assert chapter not in CHAPTER or asked >= set(given), given
    found: dict[str, dict[str, Any]] = {}
    for chapter, given in told.items():
        ticks = {tick for name in ("signs", "conditions") for tick in given.get(name, ())}
        for step in CHAPTER.get(chapter, []):
            item = STEP[step].items[0]
            ours = sorted(tick for tick in ticks if tick == "skip" or tick in item.among)
            found[step] = {item.id: ours} if ours else {item.id: given[item.id]} if item.id in given else {}
    return found


def answer_all(client: Client, **told: dict[str, Any]) -> Any:
    answer = answer_up_to(client, CHAPTER["health"][-1], **told)
    assert answer.status_code == 302, text(answer)
    return answer


def a_finished_intake(person: Person, at: datetime = NOON, **told: Any) -> Intake:
    given = answers(**{**UNEASY, **told})
    given.pop("self_harm")
    intake = Intake(person=person, version=VERSION, started_at=at, changed_at=at, finished_at=at, safety_at=at)
    intake.safety_round, intake.answers = 2, given
    intake.save()
    return intake


def a_plan(person: Person, minutes: int = 30, at: datetime = NOON, **told: Any) -> Plan:
    return make_plan(person, a_finished_intake(person, at, **told), minutes, at)


def a_visitor(client: Client) -> Person:
    """The anonymous person of this browser."""
    person = Person.objects.create()
    session = client.session
    session[SESSION_KEY] = person.pk
    session.save()
    return person


def as_a_request_reads(person: Person) -> Person | None:
    """Anew, with all their answers."""
    people = Person.objects
    return people.of_account(person.user_id) if person.user_id else people.of_visit(person.pk)


def a_member(client: Client, email: str = "nadia@example.org") -> Person:
    """Somebody with an account, logged in in this browser."""
    person = Person.objects.create(user=make_user(email))
    client.login(email=email, password=PASSWORD)
    return person


def the_user(email: str = "nadia@example.org") -> User:
    return User.objects.get(email=email)


def the_person() -> Person:
    return Person.objects.get()


def newest_answers() -> dict[str, Any]:
    return the_person().intakes.newest().answers


def known_answers() -> dict[str, Any]:
    """The last answer to each question, whatever day it was given on."""
    person = the_person()
    return known_at(person, person.all_intakes[0])


def suggested(client: Client) -> list[str]:
    """The techniques on the result page, in their order."""
    return re.findall(r'id="pick-([\w-]+)"', text(client.get(reverse("coaching:recommendations"))))


CHANGES = {
    "pin": "pin_technique",
    "refuse": "refuse_technique",
    "swap": "swap_technique",
    "undo": "undo_wish",
    "minutes": "set_minutes",
}
"""The address of each wish about a plan, by what an old page calls it."""


def change(client: Client, do: str, **told: Any) -> Any:
    return client.post(reverse(f"coaching:{CHANGES[do]}"), told)
