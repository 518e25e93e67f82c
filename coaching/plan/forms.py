"""What a person may wish of their plan: one form for each wish. None asks for more than that wish needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.profile import MinutesADay
from coaching.models import Plan
from coaching.plan import plans
from content.models import Technique


class StartableField(forms.SlugField):
    """A technique of the library that may be practised."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)

    def clean(self, value: Any) -> str:
        slug: str = super().clean(value)
        if not Technique.objects.startable().filter(slug=slug).exists():
            raise forms.ValidationError(_("There is no such practice."))
        return slug


class PlanForm(forms.Form):
    """A wish about one plan; `apply` grants it."""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan

    def apply(self) -> None:
        raise NotImplementedError


class PinForm(PlanForm):
    """Keep this technique, whatever comes."""

    technique = StartableField()

    def apply(self) -> None:
        plans.pin(self.plan, self.cleaned_data["technique"])


class RefuseForm(PlanForm):
    """This technique is not for me."""

    technique = StartableField()

    def apply(self) -> None:
        plans.refuse(self.plan, self.cleaned_data["technique"])


class SwapForm(PlanForm):
    """Put `instead` in the place of `technique`."""

    technique = StartableField()
    instead = StartableField()

    def apply(self) -> None:
        plans.swap(self.plan, self.cleaned_data["technique"], self.cleaned_data["instead"])


class UndoForm(PlanForm):
    """Take back what was wished of this technique."""

    technique = StartableField()

    def apply(self) -> None:
        plans.leave_to_us(self.plan, self.cleaned_data["technique"])


class MinutesForm(PlanForm):
    """Fit the plan to so many minutes a day."""

    minutes = forms.TypedChoiceField(choices=MinutesADay.choices, coerce=int)

    def apply(self) -> None:
        plans.set_minutes(self.plan, self.cleaned_data["minutes"])
