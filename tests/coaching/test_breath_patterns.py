"""A breath of one's own: inside what is safe, kept under a name, paced with and without a script."""

import re
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from coaching.belongings.joining import bring_along
from coaching.core.practice.breath import RANGES, READY, Breath, read_breath, style_sheet
from coaching.models import BreathPattern, Person
from coaching.practice.breaths import MOST, breaths_of, export_breaths
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text

EVERY = [
    Breath(breathe_in=into, hold=hold, breathe_out=out, rest=rest)
    for into, hold, out, rest in product(*(RANGES[name] for name in ("in", "hold", "out", "rest")))
]
KEEP, FORGET = "/practice/breaths/keep/", "/practice/breaths/forget/"


def keep(client: Client, **told: Any) -> Any:
    return client.post(KEEP, {"guide": "breathing", "name": "Before sleep", "in": "4", "out": "7", **told})


def page(client: Client, query: str = "") -> str:
    return text(client.get(f"/practice/breathing/{query}"))


def patterns(found: str) -> list[str]:
    row = re.search(r'aria-label="Pattern">(.*?)</nav>', found, re.DOTALL)
    return re.findall(r"<a [^>]*>([^<]+)<", row[1]) if row else []


# --- What is safe --------------------------------------------------------------------------


def test_no_breath_on_offer_is_fast_or_long_held() -> None:
    assert min(sum(breath.seconds.values()) for breath in EVERY) == 6
    assert max(max(breath.hold, breath.rest) for breath in EVERY) == 2


def test_every_ready_pattern_is_inside_the_ranges() -> None:
    assert set(READY.values()) <= set(EVERY)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"in": "4"},
        {"in": "2", "out": "6"},
        {"in": "8", "out": "6"},
        {"in": "4", "out": "10"},
        {"in": "4", "out": "6", "hold": "3"},
        {"in": "4", "out": "6", "rest": "-1"},
        {"in": "4.5", "out": "6"},
        {"in": "٤", "out": "6"},
        {"in": "4", "out": "6", "hold": ""},
        {"in": "x" * 5000, "out": "6"},
    ],
)
def test_numbers_out_of_range_are_no_breath(told: dict[str, str]) -> None:
    assert read_breath(told) is None


# --- Without a script ----------------------------------------------------------------------


@pytest.mark.parametrize("breath", [EVERY[0], EVERY[-1], *READY.values()])
def test_the_style_sheet_paces_the_same_phases(breath: Breath) -> None:
    css = style_sheet(breath)
    whole = sum(breath.seconds.values())
    assert f"breathe-own {whole}s linear infinite" in css
    peak = round(100 * breath.breathe_in / whole, 3)
    assert f"{peak}% {{ transform: scale(1); }}" in css
    assert ("cue-hold-own" in css) == bool(breath.hold)


@pytest.mark.django_db
def test_the_style_sheet_of_a_breath_may_be_kept_by_any_cache_for_good(client: Client) -> None:
    answer = client.get("/practice/breaths/5-1-7-0.css")
    assert answer["Content-Type"].startswith("text/css")
    assert "immutable" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("numbers", ["5-1-7", "9-0-6-0", "4-0-6-0-1", "a-b-c-d", "4--6-0"])
def test_no_other_style_sheet_is_made(client: Client, numbers: str) -> None:
    assert client.get(f"/practice/breaths/{numbers}.css").status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_a_breath_that_is_asked_for_is_paced_and_named_without_a_script(client: Client) -> None:
    a_plan(a_visitor(client), conditions=["none"])
    found = page(client, "?in=5&hold=1&out=7")
    assert '<noscript><link rel="stylesheet" href="/practice/breaths/5-1-7-0.css"></noscript>' in found
    assert "In for 5" in found and "Pause for 1" in found and "Out for 7" in found
    assert "breaths/" not in page(client).split("</head>")[0]


# --- Cautions ------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("condition", ["lung", "preg", "heart", "fainting"])
def test_where_a_caution_says_so_there_is_no_pause_to_choose_to_ask_for_or_to_keep(
    client: Client, condition: str
) -> None:
    a_plan(a_visitor(client), conditions=[condition])
    found = page(client, "?in=4&hold=2&out=6&rest=2")
    assert [name for name in patterns(found) if "pause" in name.casefold()] == []
    assert 'data-set="hold"' not in found
    assert "Pause for" not in found
    keep(client, hold="2", rest="1")
    assert BreathPattern.objects.get().breath == Breath(breathe_in=4, breathe_out=7)


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_whose_health_is_not_known_has_no_pause_either(client: Client) -> None:
    found = page(client, "?in=4&hold=2&out=6&rest=2")
    assert "Pause for" not in found
    assert 'data-set="hold"' not in found
    keep(client, hold="2", rest="1")
    assert BreathPattern.objects.get().breath == Breath(breathe_in=4, breathe_out=7)


# --- Kept ----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_a_breath_is_kept_under_a_name_without_an_account(client: Client) -> None:
    answer = keep(client)
    assert answer.url == "/practice/breathing/?in=4&out=7"
    assert "Before sleep: 4 · 7" in patterns(page(client))
    assert "Before sleep" not in BreathPattern.objects.values_list("sealed_name", flat=True)[0]


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_keeping_it_again_renames_it_and_makes_no_second(client: Client) -> None:
    keep(client)
    keep(client, name="At noon")
    assert patterns(page(client))[-1] == "At noon: 4 · 7"
    assert BreathPattern.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_a_breath_without_a_name_is_called_by_its_numbers(client: Client) -> None:
    keep(client, name="  ")
    assert patterns(page(client))[-1] == "4 · 7"


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("told", [{"in": "1"}, {"out": "99"}, {"hold": "9"}, {"name": "x" * 41}, {"guide": "nowhere"}])
def test_a_breath_that_no_page_offers_is_refused(client: Client, told: dict[str, str]) -> None:
    assert keep(client, **told).status_code == 422
    assert not Person.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_there_is_room_for_a_dozen(client: Client) -> None:
    a_plan(a_visitor(client), conditions=["none"])
    for breath in EVERY[: MOST + 3]:
        keep(client, **{name: str(seconds) for name, seconds in breath.seconds.items()})
    assert BreathPattern.objects.count() == MOST
    assert "Remove one to make room" in page(client)


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_one_may_be_removed_and_nobody_elses(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    keep(client)
    row = BreathPattern.objects.get()
    other = Client()
    keep(other, name="Mine")
    caplog.clear()
    assert other.post(FORGET, {"id": row.pk}).status_code == 404
    assert caplog.records == []
    assert client.post(FORGET, {"id": row.pk}).status_code == 302
    assert client.post(FORGET, {"id": row.pk}).status_code == 404
    assert [kept.name for kept in breaths_of(Person.objects.exclude(pk=row.person_id).get())] == ["Mine"]


@pytest.mark.django_db
@pytest.mark.parametrize("told", ["", "x", "-1", "9" * 40, "1.5"])
def test_what_names_no_breath_is_not_found(client: Client, told: str) -> None:
    a_visitor(client)
    assert client.post(FORGET, {"id": told}).status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_breaths_come_along_into_an_account_and_into_the_file_of_my_data(client: Client) -> None:
    keep(client)
    waiting = Person.objects.get()
    person = a_member(Client())
    bring_along(waiting, person, timezone.now())
    [told] = export_breaths(person)
    assert told.pop("made_at")
    assert told == {"name": "Before sleep", "in": 4, "hold": 0, "out": 7, "rest": 0}


@pytest.mark.django_db
def test_the_database_holds_the_ranges_too() -> None:
    person = Person.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        BreathPattern.objects.create(person=person, breathe_in=4, hold=9, breathe_out=6, made_at=timezone.now())
