"""Pin, swap, refuse, take back, and how many minutes: the person's wishes on the result page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from coaching.models import PlanChange, PlanItem
from content.models import Caution, DemandCaution
from tests.coaching.shell_makers import (
    CHANGES,
    a_plan,
    a_visitor,
    answer_all,
    change,
    post,
    suggested,
    text,
    the_person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


@pytest.fixture
def shown(client: Client) -> list[str]:
    a_plan(a_visitor(client))
    found = suggested(client)
    assert len(found) == 3
    return found


def page_of(client: Client) -> str:
    return text(client.get("/recommendations/"))


def card(client: Client, technique: str) -> str:
    return page_of(client).split(f'id="pick-{technique}"')[1].split("</article>")[0]


def instead_of(client: Client, technique: str) -> str:
    """The first technique that the card offers in its place."""
    return re.findall(r'<option value="([\w-]+)"', card(client, technique))[0]


def wishes() -> dict[str, str]:
    rows = PlanItem.objects.exclude(state="suggested").filter(plan__ended_at=None)
    return dict(rows.values_list("technique_id", "state"))


def close_to_everyone(technique: str) -> None:
    told = {"action": "exclude", "words": "Not any more."}
    Caution.objects.update_or_create(technique_id=technique, condition="anyone", defaults=told)


# --- Each wish -----------------------------------------------------------------------------


def test_what_is_refused_is_gone_and_the_page_says_what_it_cost(client: Client, shown: list[str]) -> None:
    answer = change(client, "refuse", technique=shown[0])
    assert answer.url == "/recommendations/"
    assert shown[0] not in suggested(client)
    page = page_of(client)
    assert "You left out" in page
    assert "Bring" in page


def test_what_was_refused_can_be_brought_back(client: Client, shown: list[str]) -> None:
    change(client, "refuse", technique=shown[0])
    change(client, "undo", technique=shown[0])
    assert suggested(client) == shown
    assert wishes() == {}


def test_what_is_pinned_stays_and_says_that_it_is_the_persons_choice(client: Client, shown: list[str]) -> None:
    change(client, "pin", technique=shown[1])
    assert shown[1] in suggested(client)
    assert "Your choice" in card(client, shown[1])
    assert "You kept" in page_of(client)


def test_a_pin_can_be_left_to_us_again(client: Client, shown: list[str]) -> None:
    change(client, "pin", technique=shown[1])
    change(client, "undo", technique=shown[1])
    assert suggested(client) == shown
    assert "Your choice" not in page_of(client)


def test_a_swap_takes_the_other_in_its_place(client: Client, shown: list[str]) -> None:
    other = instead_of(client, shown[0])
    change(client, "swap", technique=shown[0], instead=other)
    found = suggested(client)
    assert other in found
    assert shown[0] not in found


def test_swapping_back_is_possible(client: Client, shown: list[str]) -> None:
    other = instead_of(client, shown[0])
    change(client, "swap", technique=shown[0], instead=other)
    change(client, "swap", technique=other, instead=shown[0])
    assert shown[0] in suggested(client)
    assert other not in suggested(client)


def test_fewer_minutes_make_a_smaller_plan(client: Client, shown: list[str]) -> None:
    change(client, "minutes", minutes="5")
    assert len(suggested(client)) < len(shown)
    assert the_person().plans.current().get().minutes_a_day == 5
    change(client, "minutes", minutes="30")
    assert suggested(client) == shown


def test_a_wish_sent_twice_is_one_wish(client: Client, shown: list[str]) -> None:
    for _ in range(2):
        change(client, "refuse", technique=shown[0])
    assert wishes() == {shown[0]: "refused"}


def test_everything_can_be_refused_and_the_page_leads_on(client: Client, shown: list[str]) -> None:
    for _ in range(30):
        found = suggested(client)
        if not found:
            break
        change(client, "refuse", technique=found[0])
    assert suggested(client) == []
    assert 'href="/lessons/"' in page_of(client)
    assert client.get("/plan/").status_code == 200


def test_a_pin_that_cannot_be_kept_can_be_taken_back(client: Client, shown: list[str]) -> None:
    change(client, "pin", technique="walking")
    change(client, "pin", technique="yoga")
    change(client, "pin", technique="pacing")
    change(client, "pin", technique="exposure")
    lost = ({"walking", "yoga", "pacing", "exposure"} - set(suggested(client))).pop()
    page = page_of(client)
    assert "We could not keep" in page
    forms = [part for part in page.split("<form") if f'name="technique" value="{lost}"' in part]
    assert any('action="/recommendations/undo/"' in form for form in forms)
    change(client, "undo", technique=lost)
    assert lost not in wishes()


# --- Safety stands above wishes --------------------------------------------------------------


def test_a_pin_does_not_open_what_a_condition_closes(client: Client) -> None:
    a_plan(a_visitor(client), conditions=["fracture"])
    change(client, "pin", technique="yoga")
    assert "yoga" not in suggested(client)
    assert "left out for your safety" in page_of(client)


def test_a_caution_added_later_removes_a_pick_at_once(client: Client, shown: list[str]) -> None:
    close_to_everyone(shown[0])
    assert shown[0] not in suggested(client)
    assert f'id="pick-{shown[0]}"' not in text(client.get("/plan/"))
    assert "Not any more." in text(client.get(f"/practice/{shown[0]}/"))


def test_a_caution_added_later_removes_what_was_pinned(client: Client, shown: list[str]) -> None:
    change(client, "pin", technique=shown[0])
    close_to_everyone(shown[0])
    assert shown[0] not in suggested(client)


def test_that_a_pin_left_is_written_down_once_and_so_is_its_way_back(client: Client, shown: list[str]) -> None:
    change(client, "pin", technique=shown[0])
    close_to_everyone(shown[0])

    def written(**told: str) -> int:
        return PlanChange.objects.filter(plan__person=the_person(), **told).count()

    for _ in range(3):
        for path in ("/plan/", "/recommendations/"):
            assert client.get(path).status_code == 200
    assert written(taken=shown[0]) == 1
    assert wishes() == {shown[0]: "pinned"}
    before = written()
    Caution.objects.filter(technique_id=shown[0], condition="anyone").delete()
    for _ in range(3):
        assert shown[0] in suggested(client)
        client.get("/plan/")
    assert (written(taken=shown[0]), written(given=shown[0])) == (1, 1)
    assert written() <= before + 3


def test_a_caution_taken_away_gives_it_back(client: Client) -> None:
    a_plan(a_visitor(client), conditions=["fracture"])
    for kind in (Caution, DemandCaution):
        kind.objects.filter(condition="fracture").delete()
    change(client, "pin", technique="yoga")
    assert "yoga" in suggested(client)


def test_what_was_not_disclosed_is_not_named_by_a_wish(client: Client) -> None:
    """Mindfulness is closed to somebody whose answer on self-harm asks for care; the page must not tell why."""
    a_plan(a_visitor(client), extra_care=True)
    change(client, "pin", technique="mindfulness")
    told = Caution.objects.get(technique="mindfulness", condition="crisis").words
    assert "mindfulness" not in suggested(client)
    assert told not in page_of(client)
    assert told not in text(client.get("/practice/mindfulness/"))


# --- Carried on --------------------------------------------------------------------------------


def test_wishes_go_along_to_the_next_plan(client: Client) -> None:
    answer_all(client)
    first, second = suggested(client)[:2]
    change(client, "refuse", technique=first)
    change(client, "pin", technique=second)
    change(client, "minutes", minutes="20")
    client.post("/plan/keep/")
    post(client, "pain", peg_1="3")
    post(client, "safety")
    plan = the_person().plans.current().get()
    assert the_person().plans.count() == 2
    assert wishes() == {first: "refused", second: "pinned"}
    assert (plan.minutes_a_day, plan.kept_at is not None) == (20, True)
    assert first not in suggested(client)


# --- What no honest page sends -------------------------------------------------------------------

WRONG: list[tuple[str, dict[str, str]]] = [
    ("pin", {}),
    ("pin", {"technique": "no-such-thing"}),
    ("pin", {"technique": "../breathing"}),
    ("pin", {"technique": "facts_meds"}),
    ("refuse", {"technique": "bed_rest"}),
    ("undo", {}),
    ("swap", {"technique": "breathing"}),
    ("swap", {"technique": "breathing", "instead": "no-such-thing"}),
    ("swap", {"instead": "breathing"}),
    ("minutes", {}),
    ("minutes", {"minutes": "7"}),
    ("minutes", {"minutes": "-5"}),
    ("minutes", {"minutes": "5.0"}),
    ("minutes", {"minutes": "9" * 5000}),
]
OLD = "/recommendations/change/"


@pytest.mark.parametrize("is_old", [False, True], ids=["now", "from a page left open"])
def test_a_change_that_makes_no_sense_is_refused_on_the_same_page(
    client: Client,
    shown: list[str],
    is_old: bool,  # noqa: FBT001
) -> None:
    for do, told in WRONG:
        answer = client.post(OLD, {"do": do, **told}) if is_old else change(client, do, **told)
        assert answer.status_code == 422, (do, told)
        assert "That change could not be made" in text(answer), (do, told)
        assert re.findall(r'id="pick-([\w-]+)"', text(answer)) == shown, (do, told)
    assert wishes() == {}


@pytest.mark.parametrize("told", [{}, {"do": "explode", "technique": "breathing"}])
def test_a_page_left_open_that_asks_for_nothing_we_know_changes_nothing(
    client: Client, shown: list[str], told: dict[str, str]
) -> None:
    answer = client.post(OLD, told)
    assert answer.status_code == 422
    assert "That change could not be made" in text(answer)
    assert wishes() == {}


@pytest.mark.parametrize("do", CHANGES)
def test_a_page_left_open_since_before_still_changes_the_plan(client: Client, shown: list[str], do: str) -> None:
    """All wishes came to one address, told apart by `do`."""
    other = instead_of(client, shown[0])
    if do == "undo":
        change(client, "pin", technique=shown[0])
    answer = client.post(OLD, {"do": do, "technique": shown[0], "instead": other, "minutes": "5"})
    wished = {
        "pin": {shown[0]: "pinned"},
        "refuse": {shown[0]: "refused"},
        "swap": {shown[0]: "refused", other: "pinned"},
        "undo": {},
        "minutes": {},
    }
    assert answer.url == "/recommendations/"
    assert wishes() == wished[do]
    assert the_person().plans.current().get().minutes_a_day == (5 if do == "minutes" else 30)


@pytest.mark.parametrize(("do", "other"), [("pin", "refuse"), ("refuse", "pin")])
def test_an_address_does_one_thing_whatever_else_is_sent_to_it(
    client: Client, shown: list[str], do: str, other: str
) -> None:
    client.post(reverse(f"coaching:{CHANGES[do]}"), {"do": other, "technique": shown[0], "minutes": "5"})
    assert wishes() == {shown[0]: {"pin": "pinned", "refuse": "refused"}[do]}
    assert the_person().plans.current().get().minutes_a_day == 30


def test_a_wrong_number_of_minutes_is_refused_at_its_field(client: Client, shown: list[str]) -> None:
    page = text(change(client, "minutes", minutes="7"))
    assert 'id="id_minutes_error"' in page
    assert 'aria-describedby="id_minutes_error"' in page
    assert the_person().plans.current().get().minutes_a_day == 30


def test_without_a_plan_a_change_leads_to_the_questions(client: Client) -> None:
    assert change(client, "pin", technique="breathing").url == "/intake/"
    for told in ({}, {"do": "pin", "technique": "breathing"}):
        assert client.post(OLD, told).url == "/intake/"
    assert client.post("/plan/keep/").url == "/intake/"


def test_a_change_is_never_made_by_an_address(client: Client, shown: list[str]) -> None:
    assert client.get(f"{OLD}?do=refuse&technique={shown[0]}").status_code == 405
    for name in CHANGES.values():
        assert client.get(f"{reverse(f'coaching:{name}')}?technique={shown[0]}").status_code == 405
    assert client.get("/plan/keep/").status_code == 405


def test_nobody_changes_the_plan_of_another(client: Client, shown: list[str]) -> None:
    other = Client()
    a_plan(a_visitor(other))
    change(other, "refuse", technique=shown[0])
    assert suggested(client) == shown
