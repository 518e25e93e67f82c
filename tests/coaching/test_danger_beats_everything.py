"""A NOW answer beats every other answer, on every path, until danger is asked about anew."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coaching.core.intake.signs import LEAST_LEVEL
from coaching.models import Plan
from content.core.vocabulary import Level
from content.models import DangerSign
from tests.coaching.shell_makers import (
    CHAPTER,
    DIRECT,
    FIRST_SCREEN,
    POSTS,
    a_member,
    a_plan,
    a_visitor,
    answer_all,
    answer_up_to,
    newest_answers,
    open_page,
    post,
    round_on,
    step_url,
    tell,
    text,
    the_person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

EMERGENCY = "Please call now."
NOW_SIGNS = sorted(sign for sign, level in LEAST_LEVEL.items() if level is Level.NOW)
GUARDED = ["/recommendations/", "/plan/", "/today/", step_url("goal"), step_url("pain"), step_url("heart-and-lungs")]


def is_emergency(answer: Any) -> bool:
    return answer.status_code == 200 and EMERGENCY in text(answer)


def assert_closed(client: Client, why: str = "") -> None:
    for path in ("/recommendations/", "/plan/"):
        assert client.get(path).url == reverse("coaching:emergency"), (path, why)
    page = text(client.get("/practice/breathing/"))
    assert "Not for you right now" in page, why
    assert "<guide-player" not in page, why


# --- Ticked --------------------------------------------------------------------------------


def test_every_now_sign_shows_the_emergency_page_at_once() -> None:
    for sign in NOW_SIGNS:
        client = Client()
        assert is_emergency(tell(client, sign)), sign
        assert_closed(client, sign)


def test_a_now_sign_among_the_others_counts_the_same() -> None:
    for sign in NOW_SIGNS:
        client = Client()
        assert is_emergency(tell(client, sign)), sign
        assert_closed(client, sign)


def test_the_page_holds_no_lesson_no_plan_and_no_score(client: Client) -> None:
    answer_all(client)
    page = text(tell(client, "chest_pain")).split("<main")[1].split("</main>")[0]
    assert "not able to check you" in page
    for link in ("/lessons/", "/practice/", "/recommendations/", "/plan/"):
        assert f'href="{link}' not in page
    assert "of 10" not in page


def test_chest_pain_is_never_called_panic(client: Client) -> None:
    answer_up_to(client, "goal")
    assert "panic" not in text(tell(client, "chest_pain")).lower()


def test_now_beside_none_of_these_is_now(client: Client) -> None:
    assert is_emergency(tell(client, "none", "saddle_numbness"))


def test_now_beside_a_missing_answer_is_now(client: Client) -> None:
    assert is_emergency(client.post(step_url(FIRST_SCREEN), {"signs_below": ["leg_weakness"]}))
    assert_closed(client)


@pytest.mark.parametrize("bad", [{"self_harm": "maybe"}, {"signs_pain": ["none"]}, {"self_harm": ["no", "no"]}])
def test_now_beside_a_broken_answer_is_now(client: Client, bad: dict[str, Any]) -> None:
    assert is_emergency(tell(client, "leg_weakness", "dragons", **bad))
    assert_closed(client)


def test_now_ticked_twice_is_now(client: Client) -> None:
    assert is_emergency(tell(client, "leg_weakness", "leg_weakness"))


def test_a_sign_that_nobody_knows_counts_as_the_most_urgent_of_its_list(client: Client) -> None:
    answer_all(client)
    assert is_emergency(client.post(step_url("safety"), {"safety_now": ["no_such_sign"]}))
    assert_closed(client)


def test_a_hand_made_post_to_any_step_is_heard() -> None:
    for step in POSTS:
        client = Client()
        a_plan(a_visitor(client))
        sent = {**POSTS[step], "safety_now": ["both_legs"], "round": "1"}
        assert is_emergency(client.post(step_url(step), sent)), step
        assert_closed(client, step)


def test_a_hand_made_post_with_a_bad_answer_beside_it_is_heard() -> None:
    bad = {"adult": "x", "peg_1": "99", "gad_1": "x", "panic": "x", "sleep": "-1", "conditions": "x"}
    for step in POSTS:
        client = Client()
        assert is_emergency(client.post(step_url(step), {**bad, "safety_soon": ["tearing_pain"]})), step
        assert_closed(client, step)


def test_somebody_under_18_in_danger_is_told_to_call(client: Client) -> None:
    post(client, "goal", adult="no")
    assert is_emergency(tell(client, "chest_pain"))


def test_a_sign_that_staff_raised_is_now_from_then_on(client: Client) -> None:
    DangerSign.objects.filter(slug="fever").update(level=Level.NOW)
    assert is_emergency(tell(client, "fever"))


def test_staff_cannot_lower_a_sign(client: Client) -> None:
    DangerSign.objects.filter(slug="chest_pain").update(level=Level.VISIT)
    assert is_emergency(tell(client, "chest_pain"))
    assert_closed(client)


def test_a_sign_taken_out_of_the_library_still_counts(client: Client) -> None:
    page = open_page(client, "chest-and-tummy")
    DangerSign.objects.filter(slug="chest_pain").delete()
    assert is_emergency(
        client.post(step_url("chest-and-tummy"), {"signs_chest": ["chest_pain"], "round": round_on(page)})
    )
    assert_closed(client)


# --- It stays ------------------------------------------------------------------------------


def test_a_finished_plan_is_hidden_while_danger_stands(client: Client) -> None:
    a_plan(a_member(client))
    assert [client.get(path).status_code for path in GUARDED] == [200] * len(GUARDED)
    tell(client, "chest_pain")
    assert {client.get(path).url for path in GUARDED} == {reverse("coaching:emergency")}


@pytest.mark.parametrize("path", ["/recommendations/change/", "/recommendations/minutes/", "/plan/keep/"])
def test_a_plan_is_not_changed_while_danger_stands(client: Client, path: str) -> None:
    plan = a_plan(a_visitor(client))
    tell(client, "chest_pain")
    answer = client.post(path, {"do": "minutes", "minutes": "5"})
    assert answer.url == reverse("coaching:emergency")
    plan.refresh_from_db()
    assert (plan.minutes_a_day, plan.kept_at) == (30, None)


def test_a_practice_is_not_taken_while_danger_stands(client: Client) -> None:
    tell(client, "chest_pain")
    client.post("/practice/breathing/", {"client_id": "a-made-up-client-id"})
    assert_closed(client)
    assert the_person().practices.count() == 0


def test_going_on_with_another_step_leads_to_the_emergency_page(client: Client) -> None:
    answer_up_to(client, "safety")
    tell(client, "chest_pain")
    others = [step for step in POSTS if step not in CHAPTER["safety"]]
    answers = [client.post(step_url(step), {**POSTS[step], "round": "99"}) for step in others]
    assert {answer.url for answer in answers} == {reverse("coaching:emergency")}
    assert not Plan.objects.exists()


def test_the_back_button_and_none_of_these_does_not_undo_it(client: Client) -> None:
    seen_before = round_on(open_page(client, "safety"))
    tell(client, "chest_pain")
    answer = post(client, "safety", round=seen_before)
    assert answer.url == reverse("coaching:emergency")
    assert_closed(client)


def test_sending_the_same_post_again_stays_an_emergency(client: Client) -> None:
    seen_before = round_on(open_page(client, "safety"))
    for _ in range(2):
        assert is_emergency(tell(client, "chest_pain", round=seen_before))
    assert_closed(client)


def test_a_tab_left_open_cannot_undo_it(client: Client) -> None:
    tab, other = (round_on(open_page(client, "safety")) for _ in range(2))
    tell(client, "chest_pain", round=tab)
    assert post(client, "safety", round=other).url == reverse("coaching:emergency")
    assert_closed(client)


def test_a_tab_left_open_since_before_the_plan_cannot_undo_it(client: Client) -> None:
    tab = round_on(open_page(client, "safety"))
    answer_all(client)
    tell(client, "chest_pain")
    assert post(client, "safety", round=tab).url == reverse("coaching:emergency")
    assert_closed(client)


@pytest.mark.parametrize("made_up", ["", "x", "0", "-1", "999999999"])
def test_a_hand_made_round_cannot_undo_it(client: Client, made_up: str) -> None:
    tell(client, "chest_pain")
    for step in CHAPTER["safety"]:
        for sent in ({**POSTS[step], "round": made_up}, POSTS[step]):
            assert client.post(step_url(step), sent).url == reverse("coaching:emergency"), step
    assert_closed(client)


def test_a_broken_answer_on_a_fresh_page_does_not_undo_it(client: Client) -> None:
    tell(client, "chest_pain")
    assert post(client, DIRECT, self_harm="maybe").status_code == 422
    assert_closed(client)


def test_a_page_that_came_back_with_an_error_is_as_old_as_it_was(client: Client) -> None:
    tab = round_on(open_page(client, "safety"))
    tell(client, "chest_pain")
    refused = post(client, DIRECT, self_harm="maybe", round=tab)
    assert round_on(refused) == tab
    assert post(client, "safety", round=round_on(refused)).url == reverse("coaching:emergency")


def test_answering_anew_on_a_fresh_page_ends_it(client: Client) -> None:
    answer_all(client)
    tell(client, "chest_pain")
    assert 'value="chest_pain"' in text(open_page(client, "safety"))
    post(client, "safety")
    assert client.get("/recommendations/").status_code == 200
    assert "<guide-player" in text(client.get("/practice/breathing/"))


def test_what_was_ticked_stands_ticked_on_the_fresh_page(client: Client) -> None:
    tell(client, "chest_pain", "both_legs")
    kept = newest_answers()
    assert (kept["signs_below"], kept["signs_chest"]) == (["both_legs"], ["chest_pain"])


def test_danger_ticked_while_answering_again_hides_the_old_plan(client: Client) -> None:
    answer_all(client)
    post(client, "goal", goal="Something else")
    tell(client, "chest_pain")
    assert_closed(client)
    assert Plan.objects.count() == 1


def test_pages_of_a_plan_are_kept_in_no_cache(client: Client) -> None:
    a_plan(a_member(client))
    for path in ("/recommendations/", "/plan/", "/today/", "/practice/breathing/"):
        assert "no-store" in client.get(path).headers["Cache-Control"], path


def test_a_lesser_danger_cannot_be_taken_back_by_an_old_page_either(client: Client) -> None:
    tab = round_on(open_page(client, "feeling-ill"))
    tell(client, "fever")
    answer = post(client, "feeling-ill", round=tab)
    assert answer.status_code == 409
    assert "answered again since this page was opened" in text(answer)
    assert newest_answers()["signs_ill"] == ["fever"]
    assert post(client, "feeling-ill", round=round_on(answer)).status_code == 302
    assert newest_answers()["signs_ill"] == ["none"]


def test_a_token_that_ran_out_does_not_silence_danger() -> None:
    """The stale tab of somebody who has logged in since: its form is refused, what it says is heard."""
    client = Client(enforce_csrf_checks=True)
    answer = client.post(step_url("chest-and-tummy"), {"signs_chest": ["chest_pain"]})
    assert answer.status_code == 403
    assert EMERGENCY in text(answer)
    other = client.post(step_url("chest-and-tummy"), {"signs_chest": ["none"]})
    assert other.status_code == 403
    assert EMERGENCY not in text(other)
