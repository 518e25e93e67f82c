"""Choosing two techniques and what to watch, and rating a day."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from coaching.comparing.comparisons import POWER, Wish
from coaching.comparing.words import OUTCOMES, power_words
from coaching.models.comparison import WEEKS
from coaching.widgets import ChoiceCards


class CompareForm(forms.Form):
    """`names` are the techniques that this person may begin, by their address."""

    def __init__(self, names: Mapping[str, str], *, hides_pain: bool, data: Any = None) -> None:
        super().__init__(data=data)
        chosen = [("", _("Choose one")), *sorted(names.items(), key=lambda one: one[1])]
        shown = [(code, words) for code, words in OUTCOMES.items() if not (hides_pain and code == "pain")]
        weeks = [(count, power_words(count, POWER[count])) for count in WEEKS]
        self.fields["first"] = forms.ChoiceField(label=_("The one"), choices=chosen)
        self.fields["second"] = forms.ChoiceField(label=_("The other"), choices=chosen)
        self.fields["outcome"] = forms.ChoiceField(
            label=_("What shall tell? You rate it once a day, in one tap"), choices=shown, widget=ChoiceCards
        )
        self.fields["weeks"] = forms.TypedChoiceField(
            label=_("How long?"), choices=weeks, coerce=int, widget=ChoiceCards
        )
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("first") and cleaned.get("first") == cleaned.get("second"):
            raise forms.ValidationError(_now("Choose two that differ."))
        return cleaned

    def wish(self) -> Wish:
        return Wish(**self.cleaned_data)


class RateForm(forms.Form):
    """One tap for one day. Left out, it takes the rating back."""

    on = forms.DateField()
    rating = forms.TypedChoiceField(
        choices=[(str(number), str(number)) for number in range(11)], coerce=int, empty_value=None, required=False
    )
