"""Answering again: a row holds what was given on its day, and what is known is the last answer to each question."""

import itertools
from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.sealing import CannotOpen
from coaching.belongings.my_data import export
from coaching.core.intake.again import CHECK_IN, MEASURED, given_on, to_show, with_day
from coaching.core.intake.groups import SAFETY_ITEMS
from coaching.core.intake.questionnaires import ITEM, WORRY_MORE
from coaching.core.intake.routing import taps
from coaching.core.intake.scores import Incomplete, score_all
from coaching.core.questions.chapters import GROUPS
from coaching.core.questions.items import Kind
from coaching.intake.known import answers_now, known_at, told_on
from coaching.intake.rechecks import Why, recheck_due
from coaching.models import Intake, Plan, Practice
from coaching.views.intake import CHECK_IN_TAPS
from tests.accounts.people import make_user
from tests.coaching.shell_makers import (
    CHAPTER,
    FIRST_SCREEN,
    POSTS,
    answer_all,
    known_answers,
    newest_answers,
    open_page,
    post,
    step_url,
    suggested,
    text,
    the_person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

MORE = {item.id for item in WORRY_MORE.items}
MEASURING = ("pain", "mood", "worry-more", "body", "days")
CHECKED = [*CHAPTER["safety"], *MEASURING]


def begin_check_in(client: Client) -> Any:
    return client.post(reverse("coaching:check_in"))


def check_in(client: Client, **told: dict[str, Any]) -> Any:
    begin_check_in(client)
    for step in CHECKED:
        answer = post(client, step, **told.get(step, {}))
    return answer


def of_that_day(day: dict[str, Any]) -> set[str]:
    return set(day) - set(SAFETY_ITEMS)


def let_time_pass(days: int) -> None:
    """All that was answered so far was answered that long ago."""
    for intake in Intake.objects.all():
        for name in ("started_at", "changed_at", "finished_at", "safety_at"):
            if at := getattr(intake, name):
                setattr(intake, name, at - timedelta(days=days))
        intake.save()


# --- One change -------------------------------------------------------------------------


def test_a_change_keeps_what_was_changed_and_nothing_else(client: Client) -> None:
    answer_all(client)
    post(client, "pain", peg_1="1")
    post(client, "safety")
    assert of_that_day(newest_answers()) == {"peg_1"}
    assert (known_answers()["peg_1"], known_answers()["peg_2"], known_answers()["sleep"]) == (1, 5, 3)


@pytest.mark.parametrize("step", ["goal", "pain", "mood", "body", "days", "heart-and-lungs"])
def test_a_part_sent_as_it_stood_is_no_new_answer(client: Client, step: str) -> None:
    answer_all(client)
    before = known_answers()
    post(client, step)
    for rest in CHAPTER["health"][1:] if step in CHAPTER["health"] else ():
        post(client, rest)
    post(client, "safety")
    assert of_that_day(newest_answers()) == set()
    assert known_answers() == before


def test_the_plan_is_what_it_was_when_nothing_changed(client: Client) -> None:
    answer_all(client)
    before = suggested(client)
    post(client, "body")
    post(client, "safety")
    assert Plan.objects.count() == 2
    assert suggested(client) == before


def test_an_answer_taken_back_later_is_not_known_any_more_and_its_day_keeps_it(client: Client) -> None:
    answer_all(client)
    post(client, "pain", peg_2=None)
    post(client, "safety")
    assert "peg_2" not in known_answers()
    assert [row.answers.get("peg_2") for row in the_person().intakes.order_by("pk")] == [5, None]
    assert checked(client, "pain", "peg_2") == 0
    post(client, "pain", peg_2="4")
    post(client, "safety")
    assert known_answers()["peg_2"] == 4


def test_a_condition_ticked_once_stands_through_every_later_row(client: Client) -> None:
    answer_all(client, health={"conditions": ["glaucoma"]})
    check_in(client)
    post(client, "pain", peg_1="1")
    post(client, "safety")
    assert "health_blood" not in newest_answers()
    assert known_answers()["health_blood"] == ["glaucoma"]
    assert answers_now(the_person(), the_person().all_intakes[0])["health_blood"] == ["glaucoma"]


def test_what_is_known_is_opened_once_for_the_rows_of_a_page_and_anew_where_one_changed(
    client: Client, settings: Any
) -> None:
    answer_all(client)
    person, keys = the_person(), settings.FIELD_KEYS
    newest = person.all_intakes[0]
    known = known_at(person, newest)
    known["peg_1"] = "changed by whoever asked"
    settings.FIELD_KEYS = ["other:" + b64encode(bytes(32)).decode()]
    assert known_at(person, newest)["peg_1"] != "changed by whoever asked"
    newest.sealed_answers = "gone" + newest.sealed_answers
    with pytest.raises(CannotOpen):
        known_at(person, newest)
    settings.FIELD_KEYS = keys
    newest.answers = {"peg_1": 9}
    assert known_at(person, newest)["peg_1"] == 9


def checked(client: Client, step: str, name: str) -> int:
    tags = [tag.split(">")[0] for tag in text(open_page(client, step)).split("<input")[1:]]
    return sum(f'name="{name}"' in tag and " checked" in tag for tag in tags)


# --- A check-in -------------------------------------------------------------------------


def test_finished_answers_offer_a_check_in_and_a_change(client: Client) -> None:
    answer_all(client)
    page = text(client.get("/intake/"))
    assert "Begin a new check-in" in page
    assert "Change one answer" in page
    assert f"{CHECK_IN_TAPS} taps" in page


def test_whoever_has_not_finished_is_offered_neither(client: Client) -> None:
    post(client, "goal")
    page = text(client.get("/intake/"))
    assert "check-in" not in page
    assert begin_check_in(client).url == step_url(FIRST_SCREEN)
    assert not Intake.objects.filter(is_check_in=True).exists()


def test_a_check_in_asks_danger_first_then_the_scales_and_ends_at_the_result(client: Client) -> None:
    answer_all(client)
    assert client.get(begin_check_in(client).url).url == step_url(FIRST_SCREEN)
    for step, following in itertools.pairwise(CHECKED):
        assert post(client, step).url == step_url(following)
    assert post(client, "days").url == reverse("coaching:recommendations")
    assert Intake.objects.filter(finished_at=None).count() == 0


def test_the_scales_of_a_check_in_come_empty_and_the_rest_as_it_was(client: Client) -> None:
    answer_all(client)
    begin_check_in(client)
    post(client, "safety")
    assert [checked(client, "pain", name) for name in ("peg_1", "peg_2", "duration")] == [0, 0, 1]
    assert [checked(client, "body", name) for name in ("panic", "tension")] == [0, 0]


def test_what_is_given_in_a_check_in_counts_even_where_it_is_what_it_was(client: Client) -> None:
    answer_all(client)
    before, plan = known_answers(), suggested(client)
    check_in(client)
    measured = {name for step in MEASURING for name in POSTS[step]} - {"duration", "using_now"}
    assert of_that_day(newest_answers()) == measured
    assert known_answers() == before
    assert suggested(client) == plan


def test_what_a_check_in_skips_stays_as_told_and_keeps_its_day(client: Client) -> None:
    answer_all(client)
    let_time_pass(days=20)
    check_in(client, pain=dict.fromkeys(("peg_1", "peg_2", "peg_3")), body={"tension": None})
    person = the_person()
    days = told_on(person, person.all_intakes[0])
    assert known_answers()["peg_1"] == 6
    assert timezone.now() - days["peg_1"] > timedelta(days=19)
    assert timezone.now() - days["gad_1"] < timedelta(days=1)
    assert "peg_1" not in newest_answers()


def test_the_numbers_on_the_result_say_the_day_they_are_of(client: Client) -> None:
    answer_all(client)
    let_time_pass(days=20)
    check_in(client, pain=dict.fromkeys(("peg_1", "peg_2", "peg_3")))
    page = text(client.get(reverse("coaching:recommendations")))
    assert page.count("you told us on") == 1


def test_a_second_click_at_the_end_of_a_check_in_changes_nothing(client: Client) -> None:
    answer_all(client)
    check_in(client, days={"sleep": None})
    last = {**POSTS["days"], "round": "3"}
    last.pop("sleep")
    assert client.post(step_url("days"), last).url == reverse("coaching:recommendations")
    assert Intake.objects.count() == 2


def test_a_sign_told_in_a_check_in_acts_and_is_not_carried_on(client: Client) -> None:
    answer_all(client)
    begin_check_in(client)
    post(client, "safety", signs=["fever"])
    assert known_answers()["signs_ill"] == ["fever"]
    for step in MEASURING:
        post(client, step)
    check_in(client)
    assert newest_answers()["signs_ill"] == ["none"]
    assert known_answers()["signs_ill"] == ["none"]


def test_pain_is_compared_with_what_was_told_of_it_last(client: Client) -> None:
    """Danger signs asked alone measure no pain: the rise since is counted from the last that was told."""
    answer_all(client)
    post(client, "safety")
    person = the_person()
    assert "peg_1" not in newest_answers()
    Practice.objects.create(
        person=person,
        technique_id="breathing",
        client_id="made-up-client-id-1",
        started_at=timezone.now(),
        pain_after=8,
    )
    assert recheck_due(person, person.newest_finished, timezone.now()) is Why.PAIN


def test_a_copy_of_ones_data_has_of_each_day_what_was_given_on_it(client: Client) -> None:
    answer_all(client)
    post(client, "pain", peg_1="2", peg_2=None)
    post(client, "safety")
    person = the_person()
    person.user = make_user()
    person.save()
    rows = export(person.user)["intakes"]
    assert of_that_day(rows[1]["answers"]) == {"peg_1"}
    assert rows[1]["taken_back"] == ["peg_2"]
    assert rows[0]["answers"]["peg_2"] == 5


def test_the_taps_of_a_check_in_are_what_a_person_needs() -> None:
    """For whoever skips nothing and whose worry opens no more questions."""
    day = {name: ["none"] for name in GROUPS} | {"self_harm": "no", "panic": "no"}
    day |= {name: 0 for name in MEASURED if ITEM[name].kind is Kind.SCALE and name not in MORE}
    assert taps(day, CHECK_IN) == CHECK_IN_TAPS


# --- The rules alone --------------------------------------------------------------------


def test_a_scale_begun_anew_holds_no_answer_of_another_day() -> None:
    before = {f"gad_{number}": 3 for number in range(1, 8)} | {"peg_1": 6, "peg_2": 6, "peg_3": 6}
    known = with_day(before, {"gad_1": 0, "gad_2": 0}, is_check_in=True)
    scores = score_all(known)
    assert isinstance(scores.gad7, Incomplete)
    assert scores.gad2.total == 0
    assert scores.peg.total == 18


def test_a_change_corrects_one_question_of_a_scale() -> None:
    before = {"peg_1": 6, "peg_2": 6, "peg_3": 6}
    assert score_all(with_day(before, {"peg_1": 3}, is_check_in=False)).peg.total == 15


def test_danger_signs_are_never_carried_on() -> None:
    before = {"signs_ill": ["fever"], "extra_care": True, "asked_directly": True, "sleep": 3}
    assert with_day(before, {}, is_check_in=False) == with_day(before, {}, is_check_in=True) == {"sleep": 3}


def test_danger_signs_are_given_each_time_they_are_answered() -> None:
    told = {"signs_ill": ["none"]}
    assert given_on({}, told, told, is_check_in=False) == told


def test_each_scale_and_nothing_that_stands_is_asked_empty() -> None:
    scales = {name for name, item in ITEM.items() if item.kind is Kind.SCALE}
    assert scales <= MEASURED
    assert scales <= {item.id for step in CHECK_IN for item in step.items}
    standing = {"adult": "yes", "goal": "Walk", "duration": "over12", "health_mind": ["none"]}
    assert to_show(standing | {"sleep": 3}, {}, is_check_in=True) == standing
