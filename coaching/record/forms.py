"""What goes into a record: scales, weeks, and who the person says they are."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.core.record.bundle import Who
from coaching.core.record.scales import ASKED, PEG
from coaching.core.summary.choice import USUAL_WEEKS
from coaching.record.making import RecordChoice
from coaching.sharing.links import USUAL_DAYS
from coaching.summary.forms import days_words, weeks_words
from coaching.summary.who import WhoForm, born_field, name_field

SCALES = {
    "peg": _("Pain, and how it gets in the way (PEG)"),
    "gad-7": _("Worry (GAD-7)"),
    "phq-4": _("Worry and mood in four questions (PHQ-4)"),
}


class RecordForm(WhoForm):
    """Both buttons send all of it: what leaves is what these fields say at that moment."""

    page = forms.RegexField(r"^[A-Za-z0-9_-]{22,64}$", widget=forms.HiddenInput)
    scales = forms.MultipleChoiceField(
        label=_("Which answers?"),
        choices=list(SCALES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick one at least.")},
    )
    weeks = forms.TypedChoiceField(label=_("Of which weeks?"), coerce=int)
    name = name_field(
        _("Name to stand in it"), _("Only if you want to. Without it, nothing in the file says who you are.")
    )
    born = born_field()
    days = forms.TypedChoiceField(label=_("If by a link: how long may it be opened?"), coerce=int, initial=USUAL_DAYS)

    def __init__(self, data: Any = None, *, hides_pain: bool, today: date, page: str = "") -> None:
        shown = [slug for slug in ASKED if not (hides_pain and slug == PEG.slug)]
        super().__init__(data=data, initial={"scales": shown, "weeks": USUAL_WEEKS, "page": page})
        self.today = today
        self.fields["weeks"].choices = weeks_words()  # type: ignore[attr-defined]
        self.fields["days"].choices = days_words()  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def choice(self) -> RecordChoice:
        told = self.cleaned_data
        who = Who(name=told["name"], born=told["born"])
        return RecordChoice(scales=frozenset(told["scales"]), weeks=told["weeks"], who=who)
