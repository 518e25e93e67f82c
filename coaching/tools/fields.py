"""One question of a tool as a form field: its control, what it takes, and what it says when it cannot."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from accounts.forms.days import DayField
from accounts.forms.fields import TOO_LONG, WordsField
from coaching.core.tools.shapes import LONGEST_LINE, LONGEST_TEXT, Ask, Kind
from coaching.widgets import QuietScale, Taps

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
NO_ANSWER = ("", "–")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a question stands: `called` names it in an error; in a list there is less room."""

    called: str
    options: tuple[tuple[str, str], ...] = ()
    in_list: bool = False
    today: date = LATEST


def field_of(ask: Ask, place: Place) -> forms.Field:
    return MAKERS[ask.kind](ask, place, {"label": ask.label, "help_text": ask.hint, "required": False})


def storable(value: object) -> object:
    """A cleaned value as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value


def _line(ask: Ask, place: Place, common: dict[str, Any]) -> forms.Field:
    return WordsField(max_length=LONGEST_LINE, error_messages=_wrong_words(place), **common)


def _text(ask: Ask, place: Place, common: dict[str, Any]) -> forms.Field:
    area = forms.Textarea(attrs={"rows": 4})
    return WordsField(max_length=LONGEST_TEXT, widget=area, error_messages=_wrong_words(place), **common)


def _wrong_words(place: Place) -> dict[str, str]:
    return {
        "max_length": f"{place.called}: {TOO_LONG}",
        "null_characters_not_allowed": f"{place.called}: this holds a sign that cannot be kept.",
    }


def _tenths(ask: Ask, place: Place, common: dict[str, Any]) -> forms.Field:
    tenths = [(str(number), str(number)) for number in range(ask.low, ask.high + 1)]
    wrong = {"invalid_choice": f"{place.called}: choose a number from {ask.low} to {ask.high}."}
    widget = forms.Select() if place.in_list else QuietScale(ask.low_words, ask.high_words)
    choices = [NO_ANSWER, *tenths] if place.in_list else tenths
    return forms.TypedChoiceField(
        choices=choices, coerce=int, empty_value=None, widget=widget, error_messages=wrong, **common
    )


def _number(ask: Ask, place: Place, common: dict[str, Any]) -> forms.Field:
    wrong = f"{place.called}: write a whole number from {ask.low} to {ask.high}."
    field = forms.IntegerField(
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": ask.low, "max": ask.high, "step": 1}),
        error_messages={"invalid": wrong},
        **common,
    )
    field.validators += [MinValueValidator(ask.low, wrong), MaxValueValidator(ask.high, wrong)]
    return field


def _choice(ask: Ask, place: Place, common: dict[str, Any]) -> forms.Field:
    wrong = {"invalid_choice": f"{place.called}: choose one of the list."}
    widget = forms.Select() if place.in_list else Taps()
    choices = [NO_ANSWER, *place.options] if place.in_list else place.options
    return forms.ChoiceField(choices=choices, widget=widget, error_messages=wrong, **common)


def _ticks(ask: Ask, place: Place, common: dict[str, Any]) -> forms.Field:
    wrong = {"invalid_choice": f"{place.called}: tick only what is on the list."}
    return forms.MultipleChoiceField(
        choices=place.options, widget=forms.CheckboxSelectMultiple(), error_messages=wrong, **common
    )


def _day(ask: Ask, place: Place, common: dict[str, Any]) -> forms.Field:
    wrong = f"{place.called}: choose a day, such as 2026-03-05."
    field = DayField(called=place.called, error_messages={"invalid": wrong}, **common)
    latest = place.today if ask.is_not_future else LATEST
    late = f"{place.called}: that day has not come yet." if ask.is_not_future else wrong
    field.validators += [MinValueValidator(EARLIEST, wrong), MaxValueValidator(latest, late)]
    return field


def _time(ask: Ask, place: Place, common: dict[str, Any]) -> forms.Field:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    wrong = {"invalid": f"{place.called}: write a time such as 7:30."}
    return forms.TimeField(widget=widget, error_messages=wrong, **common)


def _yes(ask: Ask, place: Place, common: dict[str, Any]) -> forms.Field:
    return forms.BooleanField(**common)


MAKERS: dict[Kind, Callable[[Ask, Place, dict[str, Any]], forms.Field]] = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.PERCENT: _number,
    Kind.NUMBER: _number,
    Kind.TENTHS: _tenths,
    Kind.CHOICE: _choice,
    Kind.TICKS: _ticks,
    Kind.DATE: _day,
    Kind.TIME: _time,
    Kind.YES: _yes,
}
