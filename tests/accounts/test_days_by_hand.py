"""A day typed by hand that may be two is asked for, in the format of the person, and never guessed."""

import unicodedata
from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as some

from accounts.core.days import days_meant
from accounts.forms.days import MEANT, DayField, DayInput
from tests.coaching.tool_makers import text, words_of

DAYS = some.dates(date(2000, 1, 1), date(2099, 12, 31))
ZEROS = [
    sign for sign in map(chr, range(0x110000)) if unicodedata.category(sign) == "Nd" and unicodedata.digit(sign) == 0
]
SCRIPTS = ["".join(chr(ord(zero) + number) for number in range(10)) for zero in ZEROS]
"""The digits of each script that has its own."""


def in_script(text: str, digits: str) -> str:
    return text.translate({ord("0") + place: digit for place, digit in enumerate(digits)})


@given(DAYS, some.sampled_from(SCRIPTS), some.sampled_from("-./ "))
def test_a_day_written_with_its_year_first_is_that_day_in_any_script(day: date, digits: str, between: str) -> None:
    typed = f"\u200f {day.year}{between}{day.month}{between}{day.day:02}\u200e"
    assert days_meant(in_script(typed, digits)) == [day]


@given(DAYS, some.sampled_from(SCRIPTS), some.sampled_from(["-", ".", "/", " ", ". "]))
def test_a_day_written_with_its_year_last_is_among_what_may_be_meant(day: date, digits: str, between: str) -> None:
    by_day = days_meant(in_script(f"{day.day:02}{between}{day.month}{between}{day.year}", digits))
    by_month = days_meant(in_script(f"{day.month}{between}{day.day}{between}{day:%y}", digits))
    assert day in by_day and day in by_month
    assert len(by_day) == (2 if day.day <= 12 and day.day != day.month else 1)


@given(some.text())
def test_whatever_is_typed_it_is_at_most_two_days_and_never_a_crash(typed: str) -> None:
    assert len(days_meant(typed)) <= 2


@pytest.mark.parametrize(("typed", "day"), [("31/03/2026", date(2026, 3, 31)), ("03/31/2026", date(2026, 3, 31))])
def test_a_day_that_can_only_be_one_is_taken(typed: str, day: date) -> None:
    assert DayField().clean(typed) == day


@pytest.mark.parametrize("typed", ["31/02/2026", "soon", "2026-13-45", "1.1", "99999/1/1", "٣"])
def test_what_is_no_day_is_refused_with_the_words_of_its_field(typed: str) -> None:
    field = DayField(error_messages={"invalid": "Which day?"}, required=False)
    with pytest.raises(Exception, match="Which day"):
        field.clean(typed)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "5 March 2026", "3 May 2026"), ("es", "5 de marzo de 2026", "3 de mayo de 2026")],
)
def test_both_days_are_named_in_the_format_of_the_person(language: str, one: str, other: str) -> None:
    with override(language), pytest.raises(Exception, match=f"{one}.+{other}"):
        DayField().clean("05/03/2026")


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_a_page_asks_which_day_and_takes_the_one_that_is_chosen(client: Client) -> None:
    sent = {"client_id": "a-night-of-the-diary-1", "on": "05/03/2026", "up": "7:10"}
    asked = client.post("/tools/sleep-diary/new/", sent)
    assert asked.status_code == 422
    assert "Is that 5 March 2026 or 3 May 2026? Please choose." in words_of(asked)
    page = text(asked)
    assert 'value="05/03/2026"' in page and f'name="on{MEANT}" value="2026-05-03"' in page

    kept = client.post("/tools/sleep-diary/new/", {**sent, f"on{MEANT}": "2026-05-03"})
    assert kept.status_code == 302
    assert "2026-05-03" in text(client.get(f"{kept.headers['Location']}edit/"))


def test_a_choice_for_what_was_typed_before_counts_no_more() -> None:
    widget = DayInput()
    data = QueryDict(f"night=2026-06-07&night{MEANT}=2026-05-03")
    assert widget.value_from_datadict(data, {}, "night") == "2026-06-07"
    assert timedelta(0) == date(2026, 6, 7) - DayField().clean("2026-06-07")
