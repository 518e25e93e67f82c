"""One go at a practice, the tap of the day after it, and a breath of one's own."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import WordsField
from coaching.core.practice.breath import RANGES, Breath, read_breath
from coaching.practice.practices import Report
from coaching.practice.questions import QUESTIONS, TENTHS, Question, asking_of
from coaching.widgets import QuietCards, QuietScale
from content.core.signals import Signal
from content.models import Guide

LONGEST_DAY = 86400
"""Seconds."""

PRACTICE = "practice"
"""The id of the form on the page of a practice: the taps before Start stand outside of it, and name it."""


class RatingField(forms.TypedChoiceField):
    """A tap that may be left out, and taken back. Only the taps that are shown are taken."""

    def __init__(self, question: Question, *, is_outside: bool = False) -> None:
        attrs = {"form": PRACTICE} if is_outside else {}
        super().__init__(
            label=question.label,
            # Looked at when one is tapped or drawn: a device answers two of the ten questions that it may.
            choices=lambda: question.choices,
            coerce=int,
            empty_value=None,
            required=False,
            widget=QuietCards(attrs=attrs) if question.words else QuietScale(*question.ends, attrs=attrs),
        )
        self.question = question

    def valid_value(self, value: Any) -> bool:
        """Looked for among the values: Django would put the taps together anew, words and all, for each look."""
        return str(value) in self.question.values


@dataclass(frozen=True, kw_only=True)
class BlankGo:
    """What a page has in the place of a form before anything is known of a go but its number."""

    number: str = ""
    is_bound = False
    errors = ()

    @classmethod
    def numbered(cls) -> "BlankGo":
        return cls(number=secrets.token_urlsafe(16))


class PracticeForm(forms.Form):
    """One go with its taps; which of them is told by what the technique is judged by. `signal` None takes any."""

    client_id = forms.RegexField(r"^[A-Za-z0-9_-]{16,40}$", widget=forms.HiddenInput)
    started_at = forms.Field(required=False, widget=forms.HiddenInput)
    seconds = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_DAY, widget=forms.HiddenInput)

    def __init__(self, *args: Any, signal: Signal | None = None, hides_pain: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.hides_pain = hides_pain
        self.asking = asking_of(signal, hides_pain=hides_pain)
        self.fields |= {name: RatingField(QUESTIONS[name], is_outside=True) for name in self.asking.before}
        self.fields |= {name: RatingField(QUESTIONS[name]) for name in self.asking.after}

    @property
    def before(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asking.before]

    @property
    def after(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asking.after]

    def report(self) -> Report:
        data = self.cleaned_data
        return _report(data, {name: data[name] for name in (*self.asking.before, *self.asking.after)})


def read_report(typed: Mapping[str, str], *, hides_pain: bool) -> Report | None:
    """What a device says of one go, as the form with every tap would read it; None where it would refuse it.

    A form is there to be shown again: to make one of a dozen fields takes ten times as long as to read what was typed.
    """
    try:
        go = {name: field.clean(typed.get(name)) for name, field in PracticeForm.base_fields.items()}
        taps = {name: field.clean(typed[name]) if name in typed else None for name, field in _taps(hides_pain).items()}
    except forms.ValidationError:
        return None
    return _report(go, taps)


@cache
def _taps(hides_pain: bool) -> dict[str, RatingField]:  # noqa: FBT001 - kept by its value
    """They are asked what they make of a value, and nothing else: no page shows or changes these."""
    asking = asking_of(None, hides_pain=hides_pain)
    return {name: RatingField(QUESTIONS[name]) for name in (*asking.before, *asking.after)}


def _report(go: Mapping[str, Any], taps: Mapping[str, int | None]) -> Report:
    moment, seconds = _moment(go["started_at"]), go["seconds"] or 0
    return Report(client_id=go["client_id"], started_at=moment, seconds=seconds, ratings=taps)


def _moment(told: str | None) -> datetime | None:
    """A clock that makes no sense costs nobody their practice: the time of arrival is taken instead."""
    try:
        moment = datetime.fromisoformat(told or "")
    except ValueError:
        return None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


@dataclass(frozen=True, kw_only=True)
class Taps:
    """The taps of a page that nobody has tapped yet: the same for all who are asked the same. No number is in it."""

    signal: Signal
    hides_pain: bool = False

    @property
    def drawn_by(self) -> tuple[Signal, bool]:
        return (self.signal, self.hides_pain)

    @property
    def form(self) -> PracticeForm:
        return PracticeForm(signal=self.signal, hides_pain=self.hides_pain)


class LaterForm(forms.Form):
    """The tap of the day after. Left out, it takes back what was told."""

    rating = forms.TypedChoiceField(choices=TENTHS, coerce=int, empty_value=None, required=False)


class BreathForm(forms.Form):
    """A breath to keep under a name. Its numbers come from the page; the name is the person's own."""

    name = WordsField(label=_("Name"), max_length=40, required=False)
    guide = forms.SlugField()

    def clean_guide(self) -> str:
        slug = self.cleaned_data["guide"]
        if not Guide.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("There is no such practice."))
        return str(slug)

    def clean(self) -> dict[str, Any]:
        super().clean()
        told = read_breath({name: self.data[name] for name in RANGES if name in self.data})
        if told is None:
            raise forms.ValidationError(_("Those seconds are not among the ones on the page."))
        return {**self.cleaned_data, "breath": told}

    @property
    def breath(self) -> Breath:
        breath: Breath = self.cleaned_data["breath"]
        return breath


class BreathChoice(forms.Form):
    id = forms.IntegerField(min_value=1, max_value=2**62)
