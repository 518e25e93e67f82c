"""One go at a practice, and the tap of the day after it."""

import secrets
from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone

from coaching.practice.practices import Report
from coaching.practice.questions import QUESTIONS, TENTHS, Question, asking_of
from coaching.widgets import QuietCards, QuietScale
from content.core.signals import Signal

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

    @classmethod
    def blank(cls, *, signal: Signal | None = None, hides_pain: bool) -> "PracticeForm":
        return cls(initial={"client_id": secrets.token_urlsafe(16)}, signal=signal, hides_pain=hides_pain)

    @property
    def before(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asking.before]

    @property
    def after(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asking.after]

    def clean_started_at(self) -> datetime | None:
        # A clock that makes no sense costs nobody their practice: the time of arrival is taken instead.
        try:
            told = datetime.fromisoformat(self.cleaned_data["started_at"] or "")
        except ValueError:
            return None
        return told if timezone.is_aware(told) else timezone.make_aware(told)

    def report(self) -> Report:
        data = self.cleaned_data
        return Report(
            client_id=data["client_id"],
            started_at=data["started_at"],
            seconds=data["seconds"] or 0,
            ratings={name: data[name] for name in (*self.asking.before, *self.asking.after)},
        )


class LaterForm(forms.Form):
    """The tap of the day after. Left out, it takes back what was told."""

    rating = forms.TypedChoiceField(choices=TENTHS, coerce=int, empty_value=None, required=False)
