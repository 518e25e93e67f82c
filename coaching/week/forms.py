"""What a person tells of their week: a small step, a change of one step, a review, the log, and the leaving."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import WordsField
from coaching.core.person.told import Trigger
from coaching.core.week.small_steps import Offers
from coaching.models import LogEntry
from coaching.widgets import QuietCards, QuietScale
from content.core.week_facts import Fact

LONGEST = 200
LONGEST_TEXT = 2000
Kind = LogEntry.Kind
TENTHS = [(str(number), str(number)) for number in range(11)]
WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]
IN_THE_WAY = [
    (Fact.PAIN.value, _("Pain")),
    (Fact.TIME.value, _("No time")),
    (Fact.TIRED.value, _("Tired")),
    (Fact.FORGOT.value, _("I forgot")),
    (Fact.FEAR.value, _("Afraid of the move")),
    (Fact.MOOD.value, _("Low mood or worry")),
    (Fact.LIFE.value, _("Life came in between")),
]
MOODS = [(0, _("Very hard")), (1, _("Hard")), (2, _("So-so")), (3, _("Good")), (4, _("Very good"))]
ACTIVITY = [(0, _("Hardly any")), (1, _("A little")), (2, _("Some")), (3, _("Much")), (4, _("Very much"))]
MANAGED = (
    _("Got up and dressed"),
    _("A walk, however short"),
    _("Some work at home"),
    _("Time with somebody"),
    _("Said no to something"),
    _("Rested before it was too much"),
)


def tenths(label: Any, low: Any, high: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=TENTHS, coerce=int, empty_value=None, required=False, widget=QuietScale(low, high)
    )


class OwnWordsField(WordsField):
    """A line of one's own. The page that answers it checks the words, as every page does."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, max_length=LONGEST, **more)


class TextField(WordsField):
    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **more)


class ReviewDayForm(forms.Form):
    review_day = forms.TypedChoiceField(label=_("Day of looking back"), choices=WEEKDAYS, coerce=int)


class SmallStepForm(forms.Form):
    """Three lines, each with words to take over or to write anew."""

    words = OwnWordsField(label=_("My small step"))
    when = OwnWordsField(label=_("When"), help_text=_("Right after something that you do anyway."))
    where = OwnWordsField(label=_("Where"))

    def __init__(self, *args: Any, offers: Offers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("words", offers.steps), ("when", offers.when), ("where", offers.where)):
            choices = [(one, one) for one in words]
            self.fields[f"{name}_offer"] = forms.ChoiceField(
                label=self.fields[name].label,
                choices=choices,
                required=False,
                widget=QuietCards(),
                error_messages={"invalid_choice": _("Choose one of these, or write your own.")},
            )

    @property
    def parts(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[name], self[f"{name}_offer"]) for name in ("words", "when", "where")]

    def step(self) -> dict[str, str]:
        """Own words come before an offer; what stood there already gives way to one that is tapped."""
        return {name: self._said(name) for name in ("words", "when", "where")}

    def _said(self, name: str) -> str:
        own: str = self.cleaned_data[name]
        offer: str = self.cleaned_data.get(f"{name}_offer", "")
        is_as_it_stood = own == self.initial.get(name, "")
        return offer if offer and (not own or is_as_it_stood) else own


class StepForm(forms.Form):
    """When and where one step is meant to be, or what is to take its place."""

    day = forms.DateField(label=_("Day"))
    at = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = OwnWordsField(label=_("Place"), help_text=_("Such as: kitchen chair."))
    instead = forms.ChoiceField(label=_("Something else from my plan"), required=False)

    def __init__(self, *args: Any, days: Sequence[date], others: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = days
        choices = [(day.isoformat(), capfirst(date_format(day, gettext("l, j F")))) for day in days]
        self.fields["day"].widget = forms.Select(choices=choices)
        self.fields["instead"].choices = [("", _("As it is")), *others]  # type: ignore[attr-defined]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day not in self.days:
            raise forms.ValidationError(_("That day is not in this week."))
        return day


class ReviewForm(forms.Form):
    in_the_way = forms.MultipleChoiceField(
        label=_("What got in the way?"), choices=IN_THE_WAY, required=False, widget=forms.CheckboxSelectMultiple
    )
    confidence = tenths(_("How sure are you of a week like this one?"), _("not at all"), _("quite sure"))


class LogForm(forms.Form):
    """One tap. What a kind does not ask is not kept."""

    client_id = forms.RegexField(r"^[A-Za-z0-9_-]{16,40}$")
    kind = forms.ChoiceField(choices=Kind.choices)
    value = forms.IntegerField(min_value=0, max_value=4, required=False)
    what = OwnWordsField(label=_("In my own words"))
    category = OwnWordsField(label=_("What"))
    amount = OwnWordsField(label=_("How much, if you like"))
    trigger = forms.ChoiceField(choices=[(term.value, term.label) for term in Trigger], required=False)

    ASKED = {
        Kind.MANAGED: ("what",),
        Kind.MOOD: ("value",),
        Kind.ACTIVITY: ("value",),
        Kind.TRIGGER: ("trigger",),
        Kind.TREATMENT: ("category", "amount"),
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        needed = next(iter(self.ASKED.get(cleaned.get("kind", ""), ())), None)
        if needed and cleaned.get(needed) in (None, ""):
            raise forms.ValidationError(_("Nothing was said yet. A word is enough."))
        return cleaned

    @property
    def words(self) -> dict[str, str]:
        asked = self.ASKED.get(self.cleaned_data["kind"], ())
        return {name: self.cleaned_data[name] for name in asked if name != "value"}

    @property
    def number(self) -> int | None:
        asked = self.ASKED.get(self.cleaned_data["kind"], ())
        return self.cleaned_data["value"] if "value" in asked else None


def fresh_id() -> str:
    return secrets.token_urlsafe(16)


NEEDS = [("yes", _("I need it less than I did")), ("no", _("Not less, but I go on by myself"))]


class LeavingForm(forms.Form):
    helped = TextField(label=_("What helped me"))
    kept = forms.MultipleChoiceField(label=_("What I keep doing"), required=False, widget=forms.CheckboxSelectMultiple)
    signs = TextField(label=_("How I notice that it comes back"))
    first = TextField(label=_("What I do first then"))
    people = TextField(label=_("Whom I ask"))
    note = TextField(label=_("A line to myself, for a bad day"))
    needs = forms.ChoiceField(label=_("Do you need this less now?"), choices=NEEDS, required=False, widget=QuietCards())
    wants_letters = forms.BooleanField(label=_("Send me a letter after 1, 3 and 6 months"), required=False)

    WRITTEN = ("helped", "signs", "first", "people", "note")

    def __init__(self, *args: Any, practices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = list(practices)  # type: ignore[attr-defined]

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.WRITTEN}

    @property
    def needs_it_less(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["needs"])


class BoosterForm(forms.Form):
    doing = tenths(_("How far can you do what matters to you?"), _("not at all"), _("all of it"))
    calm = tenths(_("How calm are you, most days?"), _("not at all"), _("very calm"))
    confidence = tenths(_("How sure are you that you can cope with a bad day?"), _("not at all"), _("quite sure"))
