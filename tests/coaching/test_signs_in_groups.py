"""Danger signs and conditions are asked in short groups, one a screen; no question is lost, changed or asked twice."""

import html
import re

import pytest
from django.test import Client

from coaching.core.intake.conditions import ASKED
from coaching.core.intake.questionnaires import STEP
from coaching.core.intake.signs import LEAST_LEVEL
from coaching.core.questions.chapters import GROUPS, HEALTH_GROUPS, LAST_GROUP
from content.models import ConditionText, DangerSign
from tests.coaching.shell_makers import CHAPTER, DIRECT, answer_all, newest_answers, open_page, post, step_url, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

SIGN_SCREENS = [step for step in CHAPTER["safety"] if step != DIRECT]
TICK_SCREENS = [*SIGN_SCREENS, *CHAPTER["health"]]


def all_screens(client: Client, chapter: str) -> str:
    return html.unescape("".join(text(open_page(client, step)) for step in CHAPTER[chapter]))


def test_every_known_sign_stands_in_one_group() -> None:
    assert sorted(sign for signs in GROUPS.values() for sign in signs) == sorted(LEAST_LEVEL)


def test_every_condition_stands_in_one_group() -> None:
    found = [condition for group in HEALTH_GROUPS.values() for condition in group]
    assert len(found) == len(set(found))
    assert set(found) == ASKED


def test_every_sign_of_the_library_is_asked_once_in_its_own_words(client: Client) -> None:
    page = all_screens(client, "safety")
    for sign in DangerSign.objects.all():
        assert page.count(f'value="{sign.slug}"') == 1, sign.slug
        assert page.count(f"<span>{sign.question}</span>") == 1, sign.slug


def test_every_condition_is_asked_once_in_its_own_words(client: Client) -> None:
    page = all_screens(client, "health")
    for condition in ConditionText.objects.asked():
        assert page.count(f'value="{condition.slug}"') == 1, condition.slug
        assert page.count(f"<span>{condition.label}</span>") == 1, condition.slug


def test_a_line_that_says_what_a_tick_means_stands_under_it_and_is_read_with_it(client: Client) -> None:
    page = all_screens(client, "health")
    helped = ConditionText.objects.asked().exclude(help="")
    assert "effort_chest" in helped.values_list("slug", flat=True)
    for condition in helped:
        tick = re.search(rf'<input[^>]*value="{condition.slug}"[^>]*>', page)
        tied = re.search(r'aria-describedby="(\w+)"', tick[0]) if tick else None
        assert tied, condition.slug
        assert f'id="{tied[1]}">{condition.help}</p>' in page, condition.slug


def test_a_tick_without_such_a_line_names_none(client: Client) -> None:
    ConditionText.objects.filter(slug="heart").update(help="")
    page = text(open_page(client, "heart-and-lungs"))
    tick = re.search(r'<input[^>]*value="heart"[^>]*>', page)
    assert tick
    assert "aria-describedby" not in tick[0]


@pytest.mark.parametrize("step", SIGN_SCREENS)
def test_a_screen_asks_for_its_own_group_and_no_other(client: Client, step: str) -> None:
    asked = set(re.findall(r'value="(\w+)"', text(open_page(client, step)))) & set(LEAST_LEVEL)
    assert asked == set(GROUPS[STEP[step].items[0].id])


@pytest.mark.parametrize("step", TICK_SCREENS)
def test_a_group_has_one_button_that_says_none_and_nothing_is_ticked_before(client: Client, step: str) -> None:
    page = text(open_page(client, step))
    item = STEP[step].items[0]
    assert page.count("None of these</button>") == 1
    assert f'name="{item.id}" value="none">None of these</button>' in page
    assert " checked" not in page


@pytest.mark.parametrize("step", SIGN_SCREENS)
def test_each_group_must_be_answered(client: Client, step: str) -> None:
    answer = post(client, step, **{STEP[step].items[0].id: None})
    assert answer.status_code == 422
    assert "press None of these" in text(answer)


def test_no_group_stands_for_another(client: Client) -> None:
    """A forced choice for each group finds more signs than one list with one "none"."""
    for step in SIGN_SCREENS[:-1]:
        assert post(client, step).url == step_url(CHAPTER["safety"][CHAPTER["safety"].index(step) + 1])
    post(client, "goal")
    for step in [*CHAPTER["health"], "pain", "mood", "body", "days"]:
        post(client, step)
    assert client.get("/recommendations/").url == "/intake/"
    assert client.get("/intake/safety/").url == step_url(SIGN_SCREENS[-1])


def test_a_sign_that_only_the_library_knows_is_asked_too(client: Client) -> None:
    DangerSign.objects.create(
        slug="new_sign", question="A sign that was added", worry="", level="now", step="safety_now"
    )
    page = text(open_page(client, next(step for step in SIGN_SCREENS if STEP[step].items[0].id == LAST_GROUP)))
    assert "A sign that was added" in page
    assert re.search(r'value="new_sign"[^>]*data-acts-at-once', page)


def test_a_tick_that_acts_at_once_is_marked_for_the_script_and_no_other_is(client: Client) -> None:
    marked = set(re.findall(r'value="(\w+)"[^>]*data-acts-at-once', all_screens(client, "safety")))
    assert marked == {sign for sign, level in LEAST_LEVEL.items() if level == "now"}


def test_each_group_is_kept_under_its_own_name(client: Client) -> None:
    post(client, "safety", signs=["cough_pain"])
    post(client, "health", conditions=["lung", "osteo"])
    kept = newest_answers()
    assert {name: kept[name] for name in GROUPS} == {
        **{group: ["none"] for group in GROUPS},
        "signs_pain": ["cough_pain"],
    }
    assert (kept["health_heart"], kept["health_bones"], kept["health_mind"]) == (["lung"], ["osteo"], ["none"])


# --- The addresses of the long pages ----------------------------------------------------------


def test_the_old_address_of_the_danger_signs_goes_on_at_the_first_group_that_waits(client: Client) -> None:
    assert client.get("/intake/safety/").url == step_url(SIGN_SCREENS[0])
    post(client, SIGN_SCREENS[0])
    assert client.get("/intake/safety/").url == step_url(SIGN_SCREENS[1])
    post(client, "safety")
    assert client.get("/intake/safety/").url == step_url(SIGN_SCREENS[0])


def test_the_old_address_of_the_health_questions_goes_on_at_the_first_group_that_waits(client: Client) -> None:
    assert client.get("/intake/health/").url == step_url(CHAPTER["health"][0])
    post(client, CHAPTER["health"][0])
    assert client.get("/intake/health/").url == step_url(CHAPTER["health"][1])


def test_a_long_page_that_was_open_before_is_heard_and_leads_to_the_groups(client: Client) -> None:
    told = {"safety_now": ["fever"], "safety_soon": ["none"], "self_harm": "no", "round": "1"}
    assert client.post("/intake/safety/", told).url == step_url(SIGN_SCREENS[0])
    assert newest_answers()["signs_ill"] == ["fever"]


# --- The progress -------------------------------------------------------------------------------


def counted(client: Client, step: str) -> tuple[int, int]:
    found = re.search(r"Step (\d+) of (\d+)", text(open_page(client, step)))
    assert found
    return int(found[1]), int(found[2])


def test_the_progress_counts_every_screen_there_is(client: Client) -> None:
    walked = [counted(client, step) for step in STEP if step != "worry-more"]
    assert walked == [(place, len(walked)) for place in range(1, len(walked) + 1)]


def test_a_check_of_the_danger_signs_alone_counts_those_alone(client: Client) -> None:
    answer_all(client)
    assert [counted(client, step) for step in CHAPTER["safety"]] == [(place, 6) for place in range(1, 7)]
    assert counted(client, "pain") == (1, 7)
