"""Who somebody says they are, on what they hand out: a name and a date of birth, for this once, if they like."""

from datetime import date

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.core.typed import one_line
from accounts.forms.days import DayField, DayInput
from accounts.forms.fields import WordsField
from coaching.core.summary.choice import LONGEST_NAME
from content.core.reading_direction import without_turns

OLDEST = date(1900, 1, 1)


def name_field(label: Promise, help_text: Promise) -> WordsField:
    return WordsField(
        label=label,
        max_length=LONGEST_NAME,
        required=False,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto", "data-no-draft": True}),
    )


def born_field() -> DayField:
    return DayField(
        label=_("Date of birth"),
        required=False,
        help_text=_("A clinic may need it to find you in its own records."),
        widget=DayInput({"autocomplete": "bday", "data-no-draft": True}),
    )


class WhoForm(forms.Form):
    """A form with the two fields above. `today` is the day of the person's own calendar."""

    today: date

    def clean_name(self) -> str:
        return one_line(without_turns(self.cleaned_data["name"]))

    def clean_born(self) -> date | None:
        born: date | None = self.cleaned_data["born"]
        if born and not OLDEST <= born <= self.today:
            raise forms.ValidationError(_now("That day cannot be a date of birth. Write it as year, month, day."))
        return born
