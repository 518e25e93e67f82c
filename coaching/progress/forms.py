"""The form of a check-in: every question may be left out, and no answer is filled in before a tap."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _

from coaching.core.person.unwanted import Bad, Kind
from coaching.intake.forms import AnswerField, choices_of
from coaching.progress.asking import Asked
from coaching.progress.unwanted import MORE


class CheckInForm(forms.Form):
    def __init__(self, asked: Asked, data: Any = None) -> None:
        shown = {name: str(value) if isinstance(value, int) else value for name, value in asked.given.items()}
        super().__init__(data=data, initial=shown)
        self.asked = asked
        for item in (*asked.items, *asked.more):
            self.fields[item.id] = AnswerField(item, choices_of(item))
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        tapped = {name: value for name, value in self.cleaned_data.items() if value is not None}
        if not tapped and not self.errors:
            raise forms.ValidationError(_("Nothing was tapped yet. One answer is enough, and none is fine too."))
        return tapped

    @property
    def own(self) -> list[forms.BoundField]:
        return [self[name] for name in ("function", "confidence")]

    @property
    def pain(self) -> list[forms.BoundField]:
        return self._of("peg")

    @property
    def worry(self) -> list[forms.BoundField]:
        return self._of("gad", among=self.asked.items)

    @property
    def more_worry(self) -> list[forms.BoundField]:
        return self._of("gad", among=self.asked.more)

    @property
    def note(self) -> forms.BoundField:
        return self["note"]

    def _of(self, stem: str, among: Any = None) -> list[forms.BoundField]:
        items = self.asked.items if among is None else among
        return [self[item.id] for item in items if item.id.startswith(stem)]


class UnwantedForm(forms.Form):
    """One tap on what was noticed. `token` is the page's own, so that two presses are one report."""

    kind = forms.TypedChoiceField(choices=Kind.choices, coerce=Kind)
    technique = forms.SlugField(required=False, max_length=60)
    token = forms.RegexField(r"^[A-Za-z0-9_-]{16,40}$")


class MoreForm(forms.Form):
    """How bad, and still there: both in one tap."""

    more = forms.ChoiceField(choices=[(code, words) for code, words in MORE])

    @property
    def bad(self) -> Bad:
        return Bad(self.cleaned_data["more"].partition("-")[0])

    @property
    def still_there(self) -> bool:
        return str(self.cleaned_data["more"]).endswith("-here")
