"""Forms of the coach. The intake has its own module, `intake_forms`."""

import secrets
from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.profile import MinutesADay
from coaching.models import Plan
from coaching.plan import plans
from coaching.practice.practices import Report
from coaching.widgets import QuietScale
from content.models import Technique

TENSION_ENDS = (_("0: calm and loose"), _("10: as tense or worried as can be"))
PAIN_ENDS = (_("0: no pain"), _("10: as bad as can be"))
LONGEST_DAY = 86400
"""Seconds."""

TENTHS = [(str(number), str(number)) for number in range(11)]


class RatingField(forms.TypedChoiceField):
    """A 0 to 10 tap that may be left out. Only the eleven whole numbers are taken."""

    def __init__(self, label: Any, ends: tuple[Any, Any]) -> None:
        super().__init__(
            label=label, choices=TENTHS, coerce=int, empty_value=None, required=False, widget=QuietScale(*ends)
        )


class PracticeForm(forms.Form):
    client_id = forms.RegexField(r"^[A-Za-z0-9_-]{16,40}$", widget=forms.HiddenInput)
    started_at = forms.Field(required=False, widget=forms.HiddenInput)
    seconds = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_DAY, widget=forms.HiddenInput)
    tension_before = RatingField(_("Tension or worry, before"), TENSION_ENDS)
    pain_before = RatingField(_("Pain, before"), PAIN_ENDS)
    tension_after = RatingField(_("Tension or worry, now"), TENSION_ENDS)
    pain_after = RatingField(_("Pain, now"), PAIN_ENDS)

    def __init__(self, *args: Any, hides_pain: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        if hides_pain:
            del self.fields["pain_before"], self.fields["pain_after"]

    @classmethod
    def blank(cls, *, hides_pain: bool) -> "PracticeForm":
        return cls(initial={"client_id": secrets.token_urlsafe(16)}, hides_pain=hides_pain)

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
            tension_before=data["tension_before"],
            tension_after=data["tension_after"],
            pain_before=data.get("pain_before"),
            pain_after=data.get("pain_after"),
        )


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
