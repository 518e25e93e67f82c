"""Whatever the order of posts from up to three tabs, stale or not, no danger answer is ever lost.

The machine plays one browser. A tab shows one screen as it was at some moment; it is old from the moment anything
of danger was told since. The model of the truth is what must stand: each sign told, a NOW sign, and the mark that
a "yes" or "prefer not to say" leaves. Only a page that is not old may take back what its own question asks for.
What is told is told through any door: its own screen, another step, the address of the long page, an address that
is not there, a form whose token ran out; and with anything else wrong beside it.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from coaching.core.intake.groups import signs_in
from coaching.core.intake.questionnaires import STEP
from coaching.core.intake.signs import LEAST_LEVEL, group_of
from coaching.core.questions.chapters import GROUPS
from coaching.intake.intakes import standing_of
from coaching.models import Person
from content.core.vocabulary import Level
from tests.coaching.shell_makers import CHAPTER, DIRECT, POSTS, a_plan, a_visitor, round_on, step_url, text

EMERGENCY, CRISIS = "Please call now.", "Thank you for telling us."
SIGNS = sorted(LEAST_LEVEL)
NOW_SIGNS = {sign for sign, level in LEAST_LEVEL.items() if level is Level.NOW}
DOORS = [
    *(step_url(step) for step in POSTS),
    *("/intake/safety/", "/intake/no-such-step/", "/recommendations/change/", "/recommendations/minutes/"),
]
BAD = [{}, {"self_harm": "maybe"}, {"signs_pain": ["none", "none"]}, {"peg_1": "99"}, {"round": "x"}, {"adult": ""}]
HIDDEN = ("/recommendations/", "/plan/")


@dataclass
class Tab:
    step: str
    round: str
    is_old: bool = False


class Browser(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.moment = transaction.atomic()
        self.moment.__enter__()
        self.client, self.without_token = Client(), Client(enforce_csrf_checks=True)
        self.signs: set[str] = set()
        self.has_mark = False
        self.tabs: list[Tab] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.moment.__exit__(None, None, None)

    @initialize(has_plan=st.booleans())
    def begin(self, has_plan: bool) -> None:  # noqa: FBT001
        self.person = a_visitor(self.client)
        self.without_token.cookies = self.client.cookies
        if has_plan:
            a_plan(self.person)

    @property
    def is_now(self) -> bool:
        return not NOW_SIGNS.isdisjoint(self.signs)

    def told(self, signs: set[str], self_harm: str = "no") -> None:
        self.signs |= signs
        self.has_mark = self.has_mark or self_harm != "no"
        if signs or self_harm != "no":
            self.tabs = [Tab(tab.step, tab.round, is_old=True) for tab in self.tabs]

    def check(self, answer: Any, signs: set[str], self_harm: str = "no") -> None:
        page = text(answer)
        if not NOW_SIGNS.isdisjoint(signs):
            assert EMERGENCY in page
        if self_harm == "yes":
            assert CRISIS in page
            assert (EMERGENCY in page) >= self.is_now

    @precondition(lambda self: len(self.tabs) < 3)
    @rule(step=st.sampled_from(CHAPTER["safety"]))
    def open_a_tab(self, step: str) -> None:
        self.tabs.append(Tab(step, round_on(self.client.get(step_url(step)))))

    @precondition(lambda self: len(self.tabs) == 3)
    @rule()
    def close_the_oldest_tab(self) -> None:
        self.tabs.pop(0)

    @precondition(lambda self: self.tabs)
    @rule(data=st.data(), ticked=st.sets(st.sampled_from(SIGNS), max_size=2), self_harm=st.sampled_from(["no", "yes"]))
    def answer_in_a_tab(self, data: st.DataObject, ticked: set[str], self_harm: str) -> None:
        tab = data.draw(st.sampled_from(self.tabs))
        item = STEP[tab.step].items[0].id
        ours = {sign for sign in ticked if group_of(sign) == item}
        said = {"self_harm": self_harm} if tab.step == DIRECT else {item: sorted(ours) or ["none"]}
        answer = self.client.post(step_url(tab.step), {**said, "round": tab.round})
        if not tab.is_old:
            self.signs -= set(GROUPS.get(item, ()))
            self.has_mark = self.has_mark and tab.step != DIRECT
        self.told(ours, self_harm if tab.step == DIRECT else "no")
        self.check(answer, ours, self_harm if tab.step == DIRECT else "no")

    @rule(
        sign=st.sampled_from(SIGNS),
        door=st.sampled_from(DOORS),
        bad=st.sampled_from(BAD),
        self_harm=st.sampled_from(["no", "skip", "yes"]),
        has_token=st.booleans(),
        name=st.sampled_from(["own", "safety_now", "signs_below"]),
    )
    def tell_through_any_door(
        self,
        sign: str,
        door: str,
        bad: dict[str, Any],
        self_harm: str,
        has_token: bool,  # noqa: FBT001
        name: str,
    ) -> None:
        told = {group_of(sign) if name == "own" else name: ["none", sign], "self_harm": self_harm}
        client = self.client if has_token else self.without_token
        answer = client.post(door, {**bad, **told})
        self.told({sign}, self_harm)
        self.check(answer, {sign}, self_harm)

    @rule(
        step=st.sampled_from(CHAPTER["safety"]),
        door=st.sampled_from(DOORS),
        self_harm=st.sampled_from(["skip", "yes"]),
        data=st.data(),
    )
    def take_back_with_an_old_page(self, step: str, door: str, self_harm: str, data: st.DataObject) -> None:
        """A page is open, its question is answered elsewhere with danger, and then by that page with none.

        What stood before the page was opened is ticked on it, and may be taken back there.
        """
        seen, item = round_on(self.client.get(step_url(step))), STEP[step].items[0].id
        sign = data.draw(st.sampled_from(GROUPS.get(item, SIGNS)))
        if self.has_mark if step == DIRECT else sign in self.signs:
            return
        if step == DIRECT:
            self.client.post(door, {"self_harm": self_harm})
            self.told(set(), self_harm)
        else:
            self.client.post(door, {item: [sign]})
            self.told({sign})
        self.client.post(step_url(step), {**POSTS[step], "round": seen})

    @rule(step=st.sampled_from([step for step in POSTS if step not in CHAPTER["safety"]]))
    def answer_another_step(self, step: str) -> None:
        self.client.post(step_url(step), {**POSTS[step], "round": "1"})

    @rule(path=st.sampled_from(["/recommendations/minutes/", "/plan/keep/", "/practice/breathing/"]))
    def change_the_plan(self, path: str) -> None:
        self.client.post(path, {"minutes": "5", "client_id": "a-made-up-client-id"})

    @rule()
    def answer_all_anew(self) -> None:
        """What is asked and answered anew on pages of now ends all that stood."""
        for step in CHAPTER["safety"]:
            seen = round_on(self.client.get(step_url(step)))
            self.client.post(step_url(step), {**POSTS[step], "round": seen})
        self.signs, self.has_mark = set(), False
        standing = standing_of(Person.objects.get(pk=self.person.pk))
        assert (standing.level, standing.needs_extra_care) == (None, False)

    @invariant()
    def all_that_was_told_stands(self) -> None:
        if not self.signs and not self.has_mark:
            return
        standing = standing_of(Person.objects.get(pk=self.person.pk))
        found = set().union(*(signs_in(standing.told, group) for group in GROUPS))
        assert found >= self.signs
        assert standing.needs_extra_care >= self.has_mark

    @invariant()
    def no_plan_is_shown_in_danger(self) -> None:
        if not self.is_now:
            return
        for path in HIDDEN:
            assert self.client.get(path).headers.get("Location") == "/help-now/emergency/"
        assert "<guide-player" not in text(self.client.get("/practice/breathing/"))


@pytest.mark.django_db
def test_no_order_of_posts_loses_a_danger_answer(library: None) -> None:
    limits = settings(
        max_examples=20, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    Browser.TestCase.settings = settings(limits, derandomize=True)
    Browser.TestCase().runTest()
