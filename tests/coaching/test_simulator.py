"""The rule simulator in the admin."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import User
from content.models import Evidence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

ANSWERS = {
    "minutes_a_day": "30",
    "adult": "yes",
    "safety_now": ["none"],
    "safety_soon": ["none"],
    "duration": "over12",
    "tension": "8",
    "sleep": "3",
    "conditions": ["none"],
}


def staff(client: Client, *permissions: str) -> Client:
    user = User.objects.create_user("editor@example.org", "a-made-up-password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return client


def test_staff_see_the_recommendation_with_its_reasons(client: Client) -> None:
    page = staff(client, "view_evidence").get(reverse("simulator"))

    assert page.status_code == 200
    assert "Your muscles feel tight: 8 of 10." in page.content.decode()
    assert page.context["before"].picks


def test_a_tried_change_shows_both_plans_and_how_many_cases_change(client: Client) -> None:
    change = {"caution_technique": "yoga", "caution_condition": "anyone", "caution_action": "exclude"}

    page = staff(client, "view_evidence").post(reverse("simulator"), ANSWERS | change)

    assert "yoga" in page.context["before"].techniques
    assert "yoga" not in page.context["after"].techniques
    assert f"{len(page.context['case_changes'])} of 96" in page.content.decode()


def test_trying_a_change_saves_nothing(client: Client) -> None:
    before = list(Evidence.objects.order_by("pk").values("need", "technique", "grade"))
    change = {"evidence_technique": "pmr", "evidence_need": "tension", "evidence_grade": "A"}

    staff(client, "view_evidence").post(reverse("simulator"), ANSWERS | change)

    assert list(Evidence.objects.order_by("pk").values("need", "technique", "grade")) == before


def test_half_a_change_is_refused_with_a_word(client: Client) -> None:
    page = staff(client, "view_evidence").post(reverse("simulator"), ANSWERS | {"evidence_technique": "pmr"})

    assert page.status_code == 422
    assert "Choose all three, or none of them." in page.content.decode()


def test_a_danger_sign_leaves_no_plan_here_either(client: Client) -> None:
    page = staff(client, "view_evidence").post(reverse("simulator"), ANSWERS | {"safety_now": ["bladder_bowel"]})

    assert page.context["before"].blocked == "emergency"


def test_staff_without_the_permission_are_kept_out(client: Client) -> None:
    assert staff(client).get(reverse("simulator")).status_code == 403


def test_a_visitor_is_sent_to_log_in(client: Client) -> None:
    assert client.get(reverse("simulator")).status_code == 302
