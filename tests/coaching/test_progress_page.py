"""How it goes: pictures, words and tables that say the same, beside what happens anyway."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.template import defaultfilters as filters
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Profile
from coaching.core.progress.chart import MOST_MARKS, chart_of
from coaching.core.progress.scales import SCALES, Reading
from coaching.models import CheckIn, LogEntry, Person, Practice
from coaching.progress.check_ins import keep_check_in
from coaching.progress.drawing import day_in_words
from tests.coaching.change_makers import FIRST, PEG, readings
from tests.coaching.shell_makers import a_member, a_plan, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

QUERIES = 7


def a_person(client: Client, weeks: int = 12, **told: Any) -> Person:
    return a_plan(a_member(client), at=timezone.now() - timedelta(weeks=weeks), **told).person


def pegs(person: Person, *totals: int) -> None:
    """Weekly check-ins up to today, by their sum."""
    for ago, total in zip(range(len(totals) - 1, -1, -1), totals, strict=True):
        third, rest = divmod(total, 3)
        given = {f"peg_{place}": third + (place <= rest) for place in (1, 2, 3)}
        at = timezone.now() - timedelta(weeks=ago)
        keep_check_in(person, given, day=at.date(), at=at)


def page(client: Client) -> str:
    return text(client.get("/progress/"))


def words(whole: str, slug: str = "peg") -> str:
    return re.search(rf'id="{slug}-words">([^<]*)<', whole)[1]  # type: ignore[index]


# --- Words ---------------------------------------------------------------------------------------


def test_without_a_reading_the_page_says_so(client: Client) -> None:
    a_member(client)
    assert "Nothing here yet, and that is fine." in page(client)
    assert "Nothing here yet, and that is fine." in text(Client().get("/progress/"))


def test_the_first_answers_are_the_start(client: Client) -> None:
    a_person(client, peg_1=7, peg_2=7, peg_3=7)
    assert words(page(client)) == "Your start: 7.0 of 10. There is nothing to compare yet."


@pytest.mark.parametrize(
    ("totals", "begins"),
    [
        ((7,), "Too early to say: 2.3 of 10 now."),
        ((21, 7, 7), "Better: from about 7.0 at the start to about 2.3 of 10 now."),
        ((21, 18, 18), "From about 7.0 at the start to about 6.0 of 10 now. It may be a change for the better."),
        ((21, 20, 19), "About the same: from about 7.0 at the start to about 6.5 of 10 now."),
        ((21, 27, 27), "Worse at the last two check-ins: about 9.0 of 10 now."),
    ],
)
def test_the_words_say_no_more_than_the_readings(client: Client, totals: tuple[int, ...], begins: str) -> None:
    pegs(a_person(client, peg_1=7, peg_2=7, peg_3=7), *totals)
    assert words(page(client)).startswith(begins)


@pytest.mark.parametrize("totals", [(21, 7, 7), (21, 20, 19), (21, 27, 27)])
def test_beside_each_of_them_stands_what_happens_anyway(client: Client, totals: tuple[int, ...]) -> None:
    pegs(a_person(client, peg_1=7, peg_2=7, peg_3=7), *totals)
    found = page(client)
    assert "of 100 people with lasting pain and usual care alone, 21 had at least 30 % less pain" in found
    assert "RESOLVE, JAMA 2025, 2,331 people" in found


def test_worse_twice_leads_to_somebody_to_talk_to(client: Client) -> None:
    pegs(a_person(client, peg_1=5, peg_2=5, peg_3=5), 15, 21, 21)
    assert "Time to talk to someone" in page(client)


def test_worse_once_does_not(client: Client) -> None:
    pegs(a_person(client, peg_1=5, peg_2=5, peg_3=5), 15, 15, 21)
    assert "Time to talk to someone" not in page(client)


def test_an_earlier_gad2_is_never_compared_with_a_gad7(client: Client) -> None:
    """Change case 50."""
    person = a_person(client, gad_1=3, gad_2=3, **{f"gad_{place}": None for place in range(3, 8)})
    at = timezone.now()
    keep_check_in(person, {f"gad_{place}": 0 for place in range(1, 8)}, day=at.date(), at=at)
    found = page(client)
    assert words(found, "gad7").startswith("Your start: 0 of 21.")
    assert "The two are never compared." in found
    assert 'id="gad2-words"' not in found


def test_with_numbers_of_pain_off_nothing_of_it_is_shown(client: Client) -> None:
    person = a_person(client)
    pegs(person, 21, 20, 19)
    Profile.objects.update_or_create(user=person.user, defaults={"hide_pain_numbers": True})
    found = page(client)
    assert "peg-words" not in found
    assert "gad7-words" in found
    assert "Numbers of pain are off" in found


# --- Pictures and tables -------------------------------------------------------------------------


def test_the_table_lists_what_the_picture_shows(client: Client) -> None:
    pegs(a_person(client, peg_1=7, peg_2=7, peg_3=7), 20, 17, 26)
    found = page(client).partition('id="peg-title"')[2].partition("</section>")[0]
    shown = re.findall(r"</th><td>([\d.]+)</td><td>([^<]+)</td>", found)
    assert shown == [
        ("8.7", "worse than the start by what matters"),
        ("5.7", "better than the start by what matters"),
        ("6.7", "within what matters"),
        ("7.0", "within what matters"),
    ]
    # Shapes differ, so that the picture is read without colour too.
    assert (found.count("mark better"), found.count("mark worse"), found.count("mark within")) == (1, 1, 2)


@pytest.mark.parametrize("count", [1, 2, MOST_MARKS, 2000])
def test_a_picture_holds_few_marks_however_much_was_given(count: int) -> None:
    chart = chart_of(PEG, [Reading(on=FIRST + timedelta(days=day), total=day % 31) for day in range(count)])
    assert chart
    assert len(chart.marks) == min(count, MOST_MARKS)
    assert chart.marks[-1].is_last
    assert all(0 <= mark.x <= 320 and 0 <= mark.y <= 132 for mark in chart.marks)
    assert [mark.x for mark in chart.marks] == sorted(mark.x for mark in chart.marks)


def test_nothing_given_is_no_picture() -> None:
    assert chart_of(PEG, []) is None


def test_a_change_for_the_better_goes_the_right_way() -> None:
    down, up = chart_of(PEG, readings(20, 10)), chart_of(SCALES["function"], readings(2, 8))
    assert down is not None
    assert up is not None
    assert down.better_y is not None
    assert down.better_y > down.start_y
    # For our own questions nobody knows what matters, so no line is drawn.
    assert up.better_y is None
    assert up.marks[1].step == down.marks[1].step == "better"


# --- The rest ------------------------------------------------------------------------------------


def test_what_was_managed_is_said_without_a_sum_to_reach(client: Client) -> None:
    person = a_person(client)
    for days_ago, managed in ((1, 2), (2, 1), (2, None), (40, 3)):
        Practice.objects.create(
            person=person,
            technique_id="walking",
            client_id=f"walk-{person.practices.count()}",
            started_at=timezone.now() - timedelta(days=days_ago),
            managed=managed,
        )
    found = page(client)
    assert "you practised on 2 days." in found
    assert "Once you managed what you had planned, or more." in found


def test_what_was_logged_as_managed_stands_there_in_own_words(client: Client) -> None:
    person = a_person(client)
    now = timezone.now()
    for ago, words in ((2, "Two stairs with a bag"), (40, "An old one"), (3, "I want to die")):
        at = now - timedelta(days=ago)
        entry = LogEntry(person=person, client_id=f"entry-{ago:016}", kind="managed", on=at.date(), at=at)
        entry.words = {"what": words}
        entry.save()
    page = text(client.get("/progress/"))
    assert "In your own words, from your log:" in page and "Two stairs with a bag" in page
    assert "An old one" not in page and "I want to die" not in page


def test_the_loop_is_drawn_with_what_check_ins_gave(client: Client) -> None:
    person = a_person(client, **{f"gad_{place}": 3 for place in range(1, 8)})
    before = page(client)
    at = timezone.now()
    keep_check_in(person, {f"gad_{place}": 0 for place in range(1, 8)}, day=at.date(), at=at)
    after = page(client)
    assert "The thin rings are where it was by your first answers." not in before
    assert "The thin rings are where it was by your first answers." in after


def test_it_asks_the_database_little_however_much_was_given(client: Client, django_assert_max_num_queries: Any) -> None:
    person = a_person(client)
    now = timezone.now()
    practices = [
        Practice(
            person=person, technique_id="breathing", client_id=f"go-{go}", started_at=now - timedelta(hours=7 * go)
        )
        for go in range(2000)
    ]
    Practice.objects.bulk_create(practices)
    rows = [CheckIn(person=person, version="3", given_at=now, changed_at=now) for _ in range(200)]
    for ago, row in enumerate(rows):
        row.day, row.answers = (
            (now - timedelta(days=ago)).date(),
            {"function": ago % 11, "peg_1": 5, "peg_2": 5, "peg_3": 4},
        )
    CheckIn.objects.bulk_create(rows)
    client.get("/progress/")
    with django_assert_max_num_queries(QUERIES):
        answer = client.get("/progress/")
    assert len(answer.content) < 120_000


def test_a_day_of_the_table_is_said_as_the_filter_says_it() -> None:
    for language in ("en", "es", "en"):
        with override(language):
            for on in (date(2026, 1, 1), date(2026, 11, 29), date(1999, 9, 30)):
                assert day_in_words(on, language) == filters.date(on, "SHORT_DATE_FORMAT")
