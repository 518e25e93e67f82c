"""TODAY hides everything physical, SOON holds it back, VISIT adds a word."""

import pytest
from django.test import Client

from coaching.core.intake.signs import LEAST_LEVEL
from content.core.vocabulary import Family, Level
from content.models import Caution, Technique
from tests.coaching.shell_makers import a_plan, a_visitor, answer_all, change, post, suggested, tell, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def signs(level: Level) -> list[str]:
    return sorted(sign for sign, least in LEAST_LEVEL.items() if least is level)


def physical() -> set[str]:
    rows = Technique.objects.filter(family__in=[Family.MOVING.value, Family.EASING.value])
    return set(rows.values_list("slug", flat=True))


def may_start(client: Client, guide: str) -> bool:
    return "<guide-player" in text(client.get(f"/practice/{guide}/"))


def startable(client: Client) -> set[str]:
    """Of one practice of each kind, those that may be begun."""
    return {guide for guide in ("breathing", "pmr", "walking", "yoga", "heat") if may_start(client, guide)}


def test_today_hides_all_that_is_physical() -> None:
    for sign in signs(Level.TODAY):
        client = Client()
        a_plan(a_visitor(client), safety_now=[sign])
        picks = set(suggested(client))
        assert picks, sign
        assert not picks & (physical() | {"pmr"}), sign
        assert not startable(client) & (physical() | {"pmr"}), sign
        assert may_start(client, "breathing"), sign


def test_soon_holds_back_what_is_physical() -> None:
    for sign in signs(Level.SOON):
        client = Client()
        a_plan(a_visitor(client), safety_soon=[sign])
        picks = set(suggested(client))
        assert picks, sign
        assert not picks & physical(), sign
        assert not startable(client) & physical(), sign
        assert {"breathing", "pmr"} <= startable(client), sign


@pytest.mark.parametrize("sign", signs(Level.VISIT))
def test_visit_closes_nothing(client: Client, sign: str) -> None:
    a_plan(a_visitor(client), safety_soon=[sign])
    assert set(suggested(client)) & physical()
    assert physical() & startable(client)


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        ("fever", "Be seen by a doctor today"),
        ("night_pain", "See a doctor within days"),
        ("morning_stiffness", "Mention this to a doctor"),
    ],
)
def test_the_result_says_how_soon_to_be_seen(client: Client, sign: str, words: str) -> None:
    answer_all(client, safety={"signs": [sign]})
    page = text(client.get("/recommendations/"))
    assert words in page
    assert 'href="/help-now/#calls"' in page


def test_the_more_urgent_of_two_signs_holds(client: Client) -> None:
    answer_all(client, safety={"signs": ["fever", "night_pain", "morning_stiffness"]})
    assert "Be seen by a doctor today" in text(client.get("/recommendations/"))


def test_no_wish_opens_what_a_sign_has_closed(client: Client) -> None:
    a_plan(a_visitor(client), safety_soon=["night_pain"])
    change(client, "pin", technique="walking")
    change(client, "swap", technique=suggested(client)[0], instead="yoga")
    assert not set(suggested(client)) & physical()


def test_no_edit_of_the_cautions_opens_what_a_sign_has_closed(client: Client) -> None:
    Caution.objects.filter(condition__in=["urgent_sign", "open_sign"]).delete()
    a_plan(a_visitor(client), safety_now=["fever"])
    assert not set(suggested(client)) & (physical() | {"pmr"})
    assert not may_start(client, "walking")


def test_a_sign_ticked_after_the_plan_was_made_holds_at_once(client: Client) -> None:
    a_plan(a_visitor(client))
    assert set(suggested(client)) & physical()
    tell(client, "weight_loss")
    assert not set(suggested(client)) & physical()
    assert not may_start(client, "walking")


def test_a_sign_holds_for_a_practice_before_there_is_a_plan(client: Client) -> None:
    post(client, "goal")
    tell(client, "fever")
    assert not may_start(client, "walking")
    assert not may_start(client, "pmr")
    assert may_start(client, "breathing")


def test_lessons_stay_open_to_everyone_in_danger(client: Client) -> None:
    tell(client, "chest_pain")
    for lesson in ("the-loop", "gentle-activity", "breathing"):
        assert client.get(f"/lessons/{lesson}/").status_code == 200
