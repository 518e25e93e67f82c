"""Whatever the order of posts: once NOW was told, no plan is shown until danger was asked about anew.

The machine plays a browser with several tabs. Each tab shows the safety page of some moment; only one that
was opened after the last NOW may end the danger. The model of the truth is two facts: what the last NOW was,
and how old each tab is.
"""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from coaching.core.intake.signs import LEAST_LEVEL
from content.core.vocabulary import Level
from tests.coaching.shell_makers import POSTS, a_plan, a_visitor, round_on, step_url, text

NOW_SIGNS = sorted(sign for sign, level in LEAST_LEVEL.items() if level is Level.NOW)
OTHER_STEPS = [step for step in POSTS if step != "safety"]
BAD = [{}, {"self_harm": "maybe"}, {"self_harm": ["no", "no"]}, {"safety_soon": ["dragons"]}, {"round": "x"}]
HIDDEN = ("/recommendations/", "/plan/")


class Browser(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.moment = transaction.atomic()
        self.moment.__enter__()
        self.client = Client()
        self.in_danger = False
        self.tabs: list[tuple[str, bool]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.moment.__exit__(None, None, None)

    @initialize(has_plan=st.booleans())
    def begin(self, has_plan: bool) -> None:  # noqa: FBT001
        person = a_visitor(self.client)
        if has_plan:
            a_plan(person)

    def send(self, step: str, **told: Any) -> Any:
        return self.client.post(step_url(step), {**POSTS[step], **told})

    @rule()
    def open_a_tab(self) -> None:
        page = self.client.get(step_url("safety"))
        self.tabs.append((round_on(page), True))

    @rule(sign=st.sampled_from(NOW_SIGNS), step=st.sampled_from(list(POSTS)), bad=st.sampled_from(BAD))
    def tell_of_danger(self, sign: str, step: str, bad: dict[str, Any]) -> None:
        answer = self.send(step, **{**bad, "safety_now": ["none", sign]})
        assert "Please call now." in text(answer)
        self.in_danger = True
        self.tabs = [(seen, False) for seen, _ in self.tabs]

    @precondition(lambda self: self.tabs)
    @rule(data=st.data(), told=st.sampled_from(["none", "night_pain", "fever"]))
    def answer_safety_in_a_tab(self, data: st.DataObject, told: str) -> None:
        seen, is_fresh = data.draw(st.sampled_from(self.tabs))
        self.send("safety", safety_soon=[told], round=seen)
        if is_fresh:
            self.in_danger = False
            # The answer made a newer round: what the other tabs show is older than it, though not than the danger.
            self.tabs = [(other, fresh and other != seen) for other, fresh in self.tabs]

    @rule(seen=st.sampled_from(["", "0", "-1", "x", "1", "999999"]))
    def answer_safety_by_hand(self, seen: str) -> None:
        if self.in_danger and seen not in self.newest_rounds():
            self.send("safety", round=seen)

    @rule(step=st.sampled_from(OTHER_STEPS))
    def answer_another_step(self, step: str) -> None:
        self.send(step)

    @rule(path=st.sampled_from(["/recommendations/change/", "/plan/keep/", "/practice/breathing/"]))
    def change_the_plan(self, path: str) -> None:
        self.client.post(path, {"do": "minutes", "minutes": "5", "client_id": "a-made-up-client-id"})

    def newest_rounds(self) -> set[str]:
        return {round_on(self.client.get(step_url("safety")))}

    @invariant()
    def no_plan_is_shown_in_danger(self) -> None:
        if not self.in_danger:
            return
        for path in HIDDEN:
            assert self.client.get(path).headers.get("Location") == "/help-now/emergency/"
        assert "<guide-player" not in text(self.client.get("/practice/breathing/"))


@pytest.mark.django_db
def test_no_order_of_posts_shows_a_plan_in_danger(library: None) -> None:
    limits = settings(
        max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    Browser.TestCase.settings = settings(limits, derandomize=True)
    Browser.TestCase().runTest()
