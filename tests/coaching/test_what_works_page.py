"""What works for me: the person's own goes first, drawn as they were; the words come from them alone."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Profile
from coaching.core.learning.norms import Norms
from coaching.models import Person, PlanItem, PoolCell, PoolNorms, Practice
from coaching.people.session import SESSION_KEY
from coaching.plan import plans
from tests.coaching.shell_makers import a_member, a_plan, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


@pytest.fixture
def person(client: Client) -> Person:
    found = a_plan(a_member(client)).person
    assert SESSION_KEY
    return found


def practise(person: Person, technique: str, *pairs: tuple[int, int], name: str = "tension") -> None:
    for number, (before, after) in enumerate(pairs):
        Practice.objects.create(
            person=person,
            technique_id=technique,
            client_id=f"{technique}-{Practice.objects.count()}",
            started_at=timezone.now() - timedelta(days=len(pairs) - number),
            **{f"{name}_before": before, f"{name}_after": after},
        )
    person.forget_what_was_read()


def page(client: Client) -> str:
    return text(client.get("/progress/what-works/"))


def test_two_goes_are_too_early_to_say(client: Client, person: Person) -> None:
    practise(person, "breathing", (8, 1), (8, 1))

    assert "Too early to say: 2 of about 6 goes." in page(client)


def test_what_was_worse_each_time_is_said_and_drawn_below_the_line(client: Client, person: Person) -> None:
    practise(person, "breathing", (4, 6), (5, 7), (3, 6))
    found = page(client)

    assert "Made it worse 3 of 3 times. Let us swap it." in found
    assert found.count('class="go worse"') == 3
    assert "Likely helps you:" not in found


def test_the_swap_is_one_tap_away(client: Client, person: Person) -> None:
    coaching = plans.coaching_of(person)
    assert coaching
    pick = next(pick for pick in coaching.recommendation.picks if pick.outranked)
    names = {"confidence": (6, 3)} if pick.family == "moving" else {"tension": (3, 6)}
    name, pair = next(iter(names.items()))
    practise(person, pick.technique, pair, pair, pair, name="belief" if pick.family == "thinking" else name)
    answer = client.post(
        "/recommendations/swap/",
        {"technique": pick.technique, "instead": pick.outranked[0].technique},
    )

    assert f'value="{pick.outranked[0].technique}"' in page(client) or answer.status_code == 302
    assert PlanItem.objects.get(plan=coaching.plan, technique_id=pick.technique).state == "refused"


def test_nine_good_goes_are_a_likely_help_and_studies_stand_beside_it_by_name(client: Client, person: Person) -> None:
    practise(person, "breathing", *[(7, 3), (8, 4), (6, 3)] * 3)
    found = page(client)

    assert "Likely helps you: better after 9 of 9 goes, by about 3.7 points." in found
    assert "In studies:" in found
    assert "people who share their ratings" not in found


@pytest.mark.parametrize(
    ("technique", "mean", "said"),
    [
        ("breathing", 1.2, "40 people who share their ratings: about 1.2 points of 10 better after a go."),
        ("breathing", -0.4, "40 people who share their ratings: about 0.4 points of 10 worse after a go."),
        ("breathing", -0.02, "40 people who share their ratings: neither better nor worse after a go."),
        # A pool counts in points of tension (2.0 of noise); how sure one is of a move goes up and down by 1.5.
        ("walking", 1.2, "40 people who share their ratings: about 0.9 points of 10 better after a go."),
    ],
)
def test_what_others_rated_is_said_in_points_of_its_own_scale_and_which_way(
    client: Client, person: Person, technique: str, mean: float, said: str
) -> None:
    PoolNorms.objects.create(values=asdict(Norms(people=40)), people=40, made_at=timezone.now())
    PoolCell.objects.create(technique=technique, need="", people=40, mean=mean, spread=1, shift=0)
    practise(person, technique, (6, 4), name="confidence" if technique == "walking" else "tension")

    assert said in page(client)


def test_goes_of_something_else_do_not_count(client: Client, person: Person) -> None:
    """Two weeks in which tension of the moment did not fall say nothing of sleep skills."""
    practise(person, "sleep", *[(6, 6)] * 14)
    found = page(client)

    assert "14 goes, none of them rated yet." in found
    assert "Has not helped" not in found


def test_who_hides_pain_numbers_sees_none(client: Client, person: Person) -> None:
    Profile.objects.update_or_create(user=person.user, defaults={"hide_pain_numbers": True})
    practise(person, "breathing", (9, 2), (9, 2), name="pain")
    told: dict[str, Any] = {"confidence_before": 3, "confidence_after": 6, "pain_before": 9, "pain_next_day": 2}
    Practice.objects.create(person=person, technique_id="walking", client_id="w", started_at=timezone.now(), **told)
    found = page(client)

    assert "9 before, 2 after" not in found
    assert "the next day 2" not in found
    assert "3 before, 6 after" in found


def test_the_result_page_says_pain_in_words_alone_to_who_hides_its_numbers(client: Client, person: Person) -> None:
    assert "6.0 of 10" in text(client.get("/recommendations/"))
    Profile.objects.update_or_create(user=person.user, defaults={"hide_pain_numbers": True})

    found = text(client.get("/recommendations/"))
    assert "6.0 of 10" not in found
    assert "Pain, and how much it gets in the way (PEG)" in found
