"""A field for one day. Where a browser has no calendar and the day was typed so that it may be two, it asks which."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.core.days import days_meant

MEANT = "-meant"
"""The second field of a day: which of two was meant."""


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """What was typed, or the one of its two days that was chosen. A choice for what was typed before is none."""
        typed, chosen = super().value_from_datadict(data, files, name), data.get(name + MEANT)
        return chosen if isinstance(typed, str) and chosen in [str(day) for day in days_meant(typed)] else typed

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """As a line where it is no day yet: a calendar would show nothing of what was typed."""
        context = super().get_context(name, value, attrs)
        if isinstance(value, str) and len(days_meant(value)) != 1 and value:
            context["widget"]["type"] = "text"
        return context

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        field = super().render(name, value, attrs, renderer)
        days = days_meant(value) if isinstance(value, str) else []
        if len(days) < 2:
            return field
        context = {"field": field, "name": name + MEANT, "id": f"{(attrs or {}).get('id', name)}_meant", "days": days}
        return render_to_string("unloop/day_meant.html", context)


class DayField(forms.DateField):
    """`called` names the question in an error, where several days are asked for on one page."""

    widget = DayInput

    def __init__(self, *, called: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.called = called

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        days = days_meant(value)
        if not days:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if len(days) > 1:
            raise ValidationError(self._which(days), code="which")
        return days[0]

    def _which(self, days: list[date]) -> str:
        one, other = (date_format(day, "DATE_FORMAT") for day in days)
        asked = _("Is that %(one)s or %(other)s? Please choose.") % {"one": one, "other": other}
        return f"{self.called}: {asked}" if self.called else asked
