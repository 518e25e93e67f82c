"""What a person may change about their plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.profile import MinutesADay
from coaching.models import Plan
from coaching.plan import plans
from content.models import Technique


class PlanChangeForm(forms.Form):
    """One wish about the plan. `technique` is in the library and, where it is to be practised, startable."""

    DOES = [("pin", ""), ("refuse", ""), ("swap", ""), ("undo", ""), ("minutes", "")]

    do = forms.ChoiceField(choices=DOES)
    technique = forms.SlugField(required=False, max_length=60)
    instead = forms.SlugField(required=False, max_length=60)
    minutes = forms.TypedChoiceField(choices=MinutesADay.choices, coerce=int, required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan

    def clean_technique(self) -> str:
        return self._startable(self.cleaned_data["technique"])

    def clean_instead(self) -> str:
        return self._startable(self.cleaned_data["instead"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        needed = {"minutes": ["minutes"], "swap": ["technique", "instead"]}.get(data.get("do", ""), ["technique"])
        for name in needed:
            if not data.get(name):
                raise forms.ValidationError(_("That change could not be read."))
        return data

    def _startable(self, slug: str) -> str:
        if slug and not Technique.objects.startable().filter(slug=slug).exists():
            raise forms.ValidationError(_("There is no such practice."))
        return slug

    def apply(self) -> None:
        data = self.cleaned_data
        match data["do"]:
            case "pin":
                plans.pin(self.plan, data["technique"])
            case "refuse":
                plans.refuse(self.plan, data["technique"])
            case "swap":
                plans.swap(self.plan, data["technique"], data["instead"])
            case "undo":
                plans.leave_to_us(self.plan, data["technique"])
            case "minutes":
                plans.set_minutes(self.plan, data["minutes"])
