"""My picture: what starts it, what keeps it going, where it can open, and what the person says is not it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coaching.core.intake.needs import Snapshot
from coaching.core.intake.questionnaires import MATTERS
from coaching.core.intake.scores import Distress
from coaching.core.person.my_picture import KEEPS, KEEPS_BY_HABIT, MAY_START, STARTS, Line, keeps, starts
from coaching.core.person.told import Trigger
from coaching.models import Intake
from coaching.plan.results import ROOM_FOR, hope_in
from content.core.vocabulary import Need
from content.models import Lesson
from tests.coaching.makers import snapshot
from tests.coaching.shell_makers import a_plan, a_visitor, text

URL = "/recommendations/"


def start_of(read: Snapshot) -> Line:
    return starts(read.told, read.needs, read.not_it, keeps_of(read))


def keeps_of(read: Snapshot) -> Line:
    return keeps(read.told, read.needs, read.inactive, read.not_it)


def test_what_was_told_is_said_plainly_and_what_is_guessed_says_may() -> None:
    told = start_of(snapshot(triggers=["overdoing"], sleep=1))
    assert (told.words, told.is_guess) == ("Doing too much on a good day turns it up.", False)
    guess = start_of(snapshot(sleep=1, avoid=9))
    assert (guess.words, guess.is_guess) == ("A bad night may turn it up.", True)


@pytest.mark.parametrize("words", [words for words, _ in (*KEEPS.values(), *KEEPS_BY_HABIT.values())])
def test_what_keeps_it_going_is_always_a_guess(words: str) -> None:
    assert " may " in words


def test_the_strongest_of_what_is_known_keeps_it_going() -> None:
    assert keeps_of(snapshot(avoid=9, stuck_thoughts=6)).about == "fear_avoid"
    assert keeps_of(snapshot(avoid=5, stuck_thoughts=9)).about != "fear_avoid"
    assert keeps_of(snapshot(triggers=["sitting", "overdoing"], avoid=6)).about == "overdoing"


def test_without_anything_to_go_by_nothing_is_made_up() -> None:
    quiet = snapshot()
    assert not start_of(quiet).about
    assert "cannot see yet" in start_of(quiet).words
    assert "cannot see yet" in keeps_of(quiet).words


def test_that_is_not_it_brings_the_next_guess_and_another_plan() -> None:
    before = snapshot(avoid=9, sleep=2)
    after = snapshot(avoid=9, sleep=2, not_it=["fear_avoid"])
    assert keeps_of(before).about == "fear_avoid"
    assert keeps_of(after).about != "fear_avoid"
    assert (before.strongest, after.strongest) == (Need.FEAR_AVOID, Need.SLEEP)


def test_a_trigger_that_is_not_it_leads_nowhere() -> None:
    read = snapshot(triggers=["overdoing"], not_it=["overdoing"])
    assert read.told.triggers == ()
    assert "pacing" not in read.bents


def test_every_trigger_has_its_line_and_every_tick_its_hope() -> None:
    assert set(STARTS) == set(Trigger)
    assert set(ROOM_FOR) == set(MATTERS)


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_every_line_leads_to_a_lesson_that_is_there() -> None:
    named = {lesson for _, lesson in (*STARTS.values(), *MAY_START.values(), *KEEPS.values(), *KEEPS_BY_HABIT.values())}
    assert named <= set(Lesson.objects.values_list("slug", flat=True))


def test_what_matters_comes_back() -> None:
    assert hope_in(["family"]) == "So that there is more room for time with family."
    assert hope_in(["rest", "play"]) == "So that there is more room for hobbies and fun and for rest and good sleep."
    assert hope_in([]) == ""


# --- On the page -----------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
class TestThePage:
    def test_three_lines_stand_above_the_techniques_each_with_its_lesson(self, client: Client) -> None:
        a_plan(a_visitor(client), avoid=9, values=["family"], triggers=["bending"])
        page = text(client.get(URL))
        lines = ["Bending or lifting turns it up.", "may keep it going.", "It can open at"]
        assert [page.index(line) for line in lines] == sorted(page.index(line) for line in lines)
        assert page.index("It can open at") < page.index('id="picks-title"')
        assert "So that there is more room for time with family." in page
        assert page.count("That is not it") == 2

    def test_a_correction_is_kept_changes_the_plan_and_can_be_taken_back(self, client: Client) -> None:
        person = a_visitor(client)
        a_plan(person, avoid=9, sleep=2, tension=2, stuck_thoughts=2, gad_1=0, gad_2=0, panic="no")
        first = self.picks(client)
        answer = client.post(reverse("coaching:correct_picture"), {"about": "fear_avoid"})
        assert answer.url == URL
        assert Intake.objects.get().answers["not_it"] == ["fear_avoid"]
        assert self.picks(client)[0] != first[0] == "exposure"
        assert "You said what is not it." in text(client.get(URL))
        client.post(reverse("coaching:correct_picture"))
        assert self.picks(client) == first

    def test_only_what_was_named_can_be_corrected(self, client: Client) -> None:
        a_plan(a_visitor(client))
        client.post(reverse("coaching:correct_picture"), {"about": "chest_pain"})
        assert "not_it" not in Intake.objects.get().answers

    def test_a_correction_is_never_made_by_an_address(self, client: Client) -> None:
        assert client.get(reverse("coaching:correct_picture")).status_code == 405

    def test_much_distress_has_a_panel_of_its_own_said_once_with_whom_to_talk_to(self, client: Client) -> None:
        worry = dict.fromkeys((f"gad_{number}" for number in range(1, 8)), 3)
        a_plan(a_visitor(client), **worry, phq_1=0, phq_2=0)
        page = text(client.get(URL))
        assert page.count(Distress.WORRY.label) == page.count("You need not carry this alone") == 1
        assert "/help-now/#services" in page
        assert "doctor or therapist as well" not in page

    def test_the_panel_names_the_services_and_lines_of_the_chosen_country(self, client: Client) -> None:
        client.post("/help-now/", {"country": "GB"})
        a_plan(a_visitor(client), phq_1=3, phq_2=3)
        page = text(client.get(URL))
        panel = page[page.index('id="distress-title"') : page.index("</section>", page.index('id="distress-title"'))]
        assert "United Kingdom" in panel
        assert "Samaritans" in panel

    def test_a_card_offers_one_or_instead_that_swaps(self, client: Client) -> None:
        a_plan(a_visitor(client))
        pick = client.get(URL).context["result"].cards[0].pick
        told = {"technique": pick.technique, "instead": pick.instead.technique}
        client.post(reverse("coaching:swap_technique"), told)
        assert pick.instead.technique in self.picks(client)
        assert pick.technique not in self.picks(client)

    def picks(self, client: Client) -> list[str]:
        return [card.pick.technique for card in client.get(URL).context["result"].cards]


@pytest.mark.parametrize(
    ("told", "distress"),
    [
        ({f"gad_{number}": 3 for number in range(1, 8)}, Distress.WORRY),
        ({"phq_1": 3, "phq_2": 2}, Distress.MOOD),
        ({"phq_1": 2, "phq_2": 2}, None),
        ({"gad_1": 3, "gad_2": 1, "phq_1": 2, "phq_2": 1}, Distress.BOTH),
        ({f"gad_{number}": 2 for number in range(1, 8)} | {"phq_1": 2, "phq_2": 1}, Distress.BOTH),
        ({f"gad_{number}": 2 for number in range(1, 8)}, None),
        ({}, None),
    ],
)
def test_the_marks_of_much_distress(told: dict[str, Any], distress: Distress | None) -> None:
    assert snapshot(**told).distress is distress
