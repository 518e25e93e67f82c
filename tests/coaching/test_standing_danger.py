"""A danger sign goes along to every page, in its own words, until it is answered anew."""

from typing import Any

import pytest
from django.test import Client

from coaching.core.intake.signs import LEAST_LEVEL
from coaching.models import Person
from content.core.vocabulary import Level
from content.models import DangerSign
from tests.coaching.shell_makers import DIRECT, a_finished_intake, a_member, a_plan, a_visitor, post, tell, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PUBLIC = [
    "/",
    "/about/",
    "/privacy/",
    "/practice/",
    "/practice/breathing/",
    "/practice/walking/",
    "/lessons/",
    "/lessons/heat/",
    "/lessons/breathing/",
    "/lessons/people/",
    "/tools/",
    "/tools/ladder/",
    "/tools/ladder/new/",
    "/tips/",
    "/evidence/",
    "/newsletter/",
    "/help-now/",
    "/help-now/crisis/",
    "/intake/",
]
OF_A_PLAN = ["/recommendations/", "/plan/", "/progress/", "/balance/"]
SIGNED_IN = ["/today/", "/accounts/profile/", "/accounts/data/"]
TITLES = {
    Level.NOW: "Please call now.",
    Level.TODAY: "Be seen by a doctor today",
    Level.SOON: "See a doctor within days",
    Level.VISIT: "Mention this to a doctor",
}
BANNER = 'id="standing"'


def told(person: Person, sign: str) -> None:
    """Somebody who finished the questions, and ticked this sign."""
    level = LEAST_LEVEL[sign]
    is_first_list = level in (Level.NOW, Level.TODAY)
    intake_answers: dict[str, Any] = {"safety_now" if is_first_list else "safety_soon": [sign]}
    plan = a_plan(person, **intake_answers)
    plan.intake.safety_level = level
    plan.intake.save()
    person.forget_what_was_read()


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("Location"))
    return text(answer)


@pytest.mark.parametrize("sign", LEAST_LEVEL)
def test_each_sign_stands_on_the_practices_in_its_own_words(client: Client, sign: str) -> None:
    told(a_visitor(client), sign)
    row = DangerSign.objects.get(slug=sign)
    assert row.advice
    shown = page(client, "/practice/")
    assert TITLES[LEAST_LEVEL[sign]] in shown
    assert row.advice in shown.replace("&#x27;", "'")
    others = DangerSign.objects.exclude(slug=sign).values_list("advice", flat=True)
    assert not [words for words in others if words in shown]


@pytest.mark.parametrize("sign", ["chest_pain", "fever", "night_pain", "morning_stiffness"])
@pytest.mark.parametrize("path", PUBLIC)
def test_a_sign_stands_on_every_public_page(client: Client, path: str, sign: str) -> None:
    told(a_visitor(client), sign)
    shown = page(client, path)
    assert BANNER in shown
    assert TITLES[LEAST_LEVEL[sign]] in shown


@pytest.mark.parametrize("sign", ["fever", "night_pain"])
@pytest.mark.parametrize("path", [*(path for path in PUBLIC if path != "/"), *OF_A_PLAN, *SIGNED_IN])
def test_a_sign_stands_on_every_page_of_somebody_signed_in(client: Client, path: str, sign: str) -> None:
    told(a_member(client), sign)
    assert BANNER in page(client, path)


@pytest.mark.parametrize("path", OF_A_PLAN)
def test_a_sign_stands_on_the_pages_of_a_plan_without_an_account(client: Client, path: str) -> None:
    told(a_visitor(client), "fever")
    assert BANNER in page(client, path)


def test_a_sign_that_was_told_and_not_finished_stands_too(client: Client) -> None:
    a_visitor(client)
    tell(client, "fever")
    shown = page(client, "/lessons/heat/")
    assert TITLES[Level.TODAY] in shown
    assert DangerSign.objects.get(slug="fever").advice in shown


def test_it_stands_while_something_else_is_answered_anew(client: Client) -> None:
    person = a_visitor(client)
    told(person, "night_pain")
    post(client, "body")
    shown = page(client, "/tools/")
    assert TITLES[Level.SOON] in shown
    assert DangerSign.objects.get(slug="night_pain").advice in shown


def test_it_goes_when_the_safety_questions_are_answered_anew(client: Client) -> None:
    told(a_visitor(client), "fever")
    post(client, "safety")
    assert BANNER not in page(client, "/practice/")


def test_staff_who_raise_a_level_raise_what_stands(client: Client) -> None:
    told(a_visitor(client), "night_pain")
    DangerSign.objects.filter(slug="night_pain").update(level=Level.TODAY.value)
    assert TITLES[Level.TODAY] in page(client, "/practice/")


def test_a_sign_that_this_browser_told_before_log_in_stands_for_the_account(client: Client) -> None:
    waiting = a_visitor(client)
    tell(client, "chest_pain")
    account = Client()
    a_finished_intake(a_member(account))
    session = account.session
    session["person"] = waiting.pk
    session.save()
    assert TITLES[Level.NOW] in page(account, "/practice/")


def test_who_told_nothing_sees_no_banner(client: Client) -> None:
    for path in PUBLIC:
        assert BANNER not in page(client, path), path
    a_plan(a_visitor(client))
    for path in [*PUBLIC, *OF_A_PLAN]:
        assert BANNER not in page(client, path), path


@pytest.mark.parametrize("path", ["/practice/", "/lessons/heat/", "/tips/", "/help-now/", "/"])
def test_a_page_that_says_a_sign_is_kept_in_no_cache(client: Client, path: str) -> None:
    told(a_visitor(client), "fever")
    assert "no-store" in client.get(path).headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/offline/practice/breathing/?size=4", "/offline/", "/help-now/three/"])
def test_a_copy_for_a_device_never_says_what_somebody_ticked(client: Client, path: str) -> None:
    told(a_visitor(client), "fever")
    assert BANNER not in page(client, path)


def test_one_number_is_called_first_where_the_country_is_known(client: Client) -> None:
    told(a_visitor(client), "chest_pain")
    client.post("/help-now/", {"country": "GB"})
    assert 'href="tel:999"' in page(client, "/lessons/").split(BANNER)[1].split("</section>")[0]


# --- Help beside the plan -------------------------------------------------------------------

BESIDE = 'id="people-title"'


def cares(client: Client) -> None:
    a_plan(a_visitor(client), extra_care=True)


@pytest.mark.parametrize("path", [*OF_A_PLAN, "/practice/", "/practice/breathing/"])
def test_people_to_call_stand_beside_the_plan(client: Client, path: str) -> None:
    cares(client)
    assert BESIDE in page(client, path)


def test_people_to_call_stand_beside_the_day(client: Client) -> None:
    a_plan(a_member(client), extra_care=True)
    assert BESIDE in page(client, "/today/")


def test_the_line_of_the_chosen_country_comes_first(client: Client) -> None:
    cares(client)
    client.post("/help-now/", {"country": "GB"})
    panel = page(client, "/recommendations/").split(BESIDE)[1].split("</section>")[0]
    assert "United Kingdom" in panel
    assert "116 123" in panel
    assert panel.index("United Kingdom") < panel.index("/help-now/#calls")


def test_people_to_call_stand_on_no_page_for_who_said_no(client: Client) -> None:
    person = a_visitor(client)
    a_plan(person)
    for path in [*OF_A_PLAN, "/practice/"]:
        assert BESIDE not in page(client, path), path
    told(person, "fever")
    for path in [*OF_A_PLAN, "/practice/"]:
        assert BESIDE not in page(client, path), path


@pytest.mark.parametrize("answer", ["yes", "skip"])
def test_yes_and_rather_not_say_lead_to_the_very_same_panel(client: Client, answer: str) -> None:
    a_visitor(client)
    post(client, DIRECT, self_harm=answer)
    assert BESIDE in page(client, "/practice/breathing/")
