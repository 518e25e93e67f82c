"""What no honest page sends: the same page comes back, the other answers stay, and the error is at its field."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.coaching.shell_makers import (
    DIRECT,
    FIRST_SCREEN,
    POSTS,
    a_visitor,
    answer_up_to,
    newest_answers,
    post,
    step_url,
    text,
    the_person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

WRONG: list[tuple[str, str, Any]] = [
    ("goal", "adult", None),
    ("goal", "adult", "maybe"),
    ("goal", "adult", ["yes", "no"]),
    ("goal", "goal", "x" * 301),
    ("goal", "goal", "a\x00b"),
    ("goal", "goal", ["one", "two"]),
    ("goal", "values", ["family", "gold"]),
    ("goal", "values", ["family", "family"]),
    ("below-the-waist", "signs_below", None),
    ("feeling-ill", "signs_ill", ["fever", "fever"]),
    ("how-the-pain-is", "signs_pain", None),
    ("how-the-pain-is", "signs_pain", ["none", "none"]),
    ("one-direct-question", "self_harm", None),
    ("one-direct-question", "self_harm", "perhaps"),
    ("one-direct-question", "self_harm", ["no", "no"]),
    ("pain", "duration", "forever"),
    ("pain", "duration", ["under6", "over12"]),
    *[
        ("pain", "peg_1", wrong)
        for wrong in ("11", "-1", "5.5", "5,5", "05", "٥", "true", " 5", "1e1", "x", "9" * 5000)
    ],
    ("pain", "peg_1", ["3", "7"]),
    ("pain", "peg_1", ["3", "3"]),
    ("mood", "gad_1", "4"),
    ("mood", "gad_1", "11"),
    ("mood", "phq_2", ["0", "3"]),
    ("mood", "more_gad", "on"),
    ("body", "panic", "1"),
    ("days", "active_days", "8"),
    ("days", "using_now", ["rest", "rest"]),
    ("days", "using_now", ["rest,medicine"]),
    ("heart-and-lungs", "health_heart", ["lung", "dragons"]),
    ("bones-and-nerves", "health_bones", ["lung"]),
    ("mind-sleep-and-work", "health_mind", ["urgent_sign"]),
]


def test_a_wrong_answer_is_refused_at_its_field(subtests: pytest.Subtests) -> None:
    for step, name, wrong in WRONG:
        with subtests.test(step=step, name=name, wrong=str(wrong)[:30]):
            answer = post(Client(), step, **{name: wrong})
            page = text(answer)
            assert answer.status_code == 422
            assert described_by(page, name).endswith(f"id_{name}_error")
            assert "<title>Error:" in page
            assert not (the_links_of_the_summary(answer) | {f"id_{name}_error"}) - ids_on(page)


def test_nothing_of_a_refused_step_is_kept(subtests: pytest.Subtests) -> None:
    for step, name, wrong in WRONG[-12:]:
        with subtests.test(step=step, name=name, wrong=wrong):
            client = Client()
            person = a_visitor(client)
            post(client, step, **{name: wrong})
            assert not person.intakes.exists()


def described_by(page: str, name: str) -> str:
    """What the group or the field of a question points to as its description."""
    tag = re.search(rf'<fieldset[^>]*id="id_{name}_group"[^>]*>|<textarea[^>]*id="id_{name}"[^>]*>', page)
    assert tag, f"no field for {name}"
    return tag[0].partition('aria-describedby="')[2].partition('"')[0]


def the_links_of_the_summary(answer: Any) -> set[str]:
    summary = text(answer).split('id="error-summary"')[1].split("</div>")[0]
    links = set(re.findall(r'href="#([\w-]+)"', summary))
    assert links
    return links


def ids_on(page: str) -> set[str]:
    return set(re.findall(r'\bid="([\w-]+)"', page))


def test_the_other_answers_stay_on_the_page(client: Client) -> None:
    page = text(post(client, "goal", adult="maybe", goal="Dance at the wedding"))
    assert "Dance at the wedding" in page
    assert re.search(r'value="family"[^>]* checked', page)


def test_what_a_person_wrote_is_shown_as_text_and_never_as_markup(client: Client) -> None:
    page = text(post(client, "goal", adult="", goal="<script>alert(1)</script>"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_goal_in_any_script_is_kept_whole(client: Client) -> None:
    told = "Volver a bailar, 歩く, नाचना, and more’s “to come” 🙂"
    post(client, "goal", goal=told)
    assert newest_answers()["goal"] == told


def test_answers_to_questions_of_other_steps_are_not_taken(client: Client) -> None:
    post(client, "goal", peg_1="9", extra_care="true", finished_at="2026-01-01", person="someone-else")
    assert set(newest_answers()) == {"adult", "goal", "values"}


def test_none_of_these_beside_a_real_tick_is_dropped(client: Client) -> None:
    answer_up_to(client, "how-the-pain-is", **{"how-the-pain-is": {"signs_pain": ["none", "night_pain"]}})
    assert newest_answers()["signs_pain"] == ["night_pain"]


@pytest.mark.parametrize("told", ["", "x", "-1", "99", "1.5", "9" * 5000])
def test_a_round_that_makes_no_sense_is_taken_for_an_old_page_and_nothing_more(client: Client, told: str) -> None:
    post(client, "goal")
    answer = client.post(step_url(FIRST_SCREEN), {**POSTS[FIRST_SCREEN], "round": told})
    assert answer.url == step_url("after-a-fall")


def test_an_empty_post_asks_for_what_must_be_answered(client: Client) -> None:
    for step, first in {FIRST_SCREEN: "id_signs_below_0", DIRECT: "id_self_harm_0", "goal": "id_adult_0"}.items():
        answer = client.post(step_url(step), {})
        assert answer.status_code == 422
        assert the_links_of_the_summary(answer) == {first}


def test_a_tick_that_staff_have_since_taken_away_is_refused_kindly(client: Client) -> None:
    answer = client.post(step_url("heart-and-lungs"), {"health_heart": ["a-condition-of-last-year"]})
    assert answer.status_code == 422
    assert "Tick only the lines shown." in text(answer)


def test_a_file_for_an_answer_is_no_answer(client: Client) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="adult"; filename="a"\r\n\r\nyes\r\n--x--\r\n'
    answer = client.post(step_url("goal"), body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 422


def test_a_refused_answer_leaves_no_open_question_behind(client: Client) -> None:
    answer_up_to(client, "safety")
    post(client, "pain", peg_1="11")
    assert the_person().intakes.count() == 1
