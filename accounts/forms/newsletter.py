from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Submit
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.core.addresses import letter_address_fault
from accounts.forms.fields import AddressField
from accounts.models import Pace, Subscriber
from content.core.vocabulary import Topic

PAUSES = [
    ("", _("Do not pause")),
    ("14", _("For two weeks")),
    ("30", _("For a month")),
    ("90", _("For three months")),
]
KEEP = "keep"


class SubscribeForm(forms.Form):
    email = AddressField(fault=letter_address_fault)

    def __init__(self, *args: object, **options: object) -> None:
        options.setdefault("auto_id", "newsletter_%s")
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class PreferencesForm(forms.ModelForm):
    """What a subscriber gets, and how often."""

    topics = forms.MultipleChoiceField(
        label=_("What would you like to read about?"),
        choices=Topic.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one topic. To get no letters at all, unsubscribe below.")},
    )
    pace = forms.ChoiceField(label=_("How often?"), choices=Pace.choices, widget=forms.RadioSelect)
    pause = forms.ChoiceField(label=_("Take a break"), required=False, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the letters"), choices=settings.LANGUAGES)

    class Meta:
        model = Subscriber
        fields = ["topics", "pace", "language"]

    def __init__(self, *args: object, today: date, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.today = today
        self.fields["pause"].choices = self.pauses()  # type: ignore[attr-defined]
        self.initial["pause"] = KEEP if self.is_paused else ""
        self.helper = FormHelper()
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "topics", "pace", "pause", "language", ButtonHolder(Submit("", _("Save"), css_class="first"))
        )

    @property
    def is_paused(self) -> bool:
        until = self.instance.paused_until
        return until is not None and until > self.today

    def pauses(self) -> list[tuple[str, Any]]:
        until = self.instance.paused_until
        kept = [(KEEP, _("Paused until %(day)s") % {"day": f"{until:%-d %B %Y}"})] if until and self.is_paused else []
        return [*kept, *PAUSES]

    def clean(self) -> dict[str, object]:
        """A pause is chosen in days, and kept as the first day on which a letter may be sent again."""
        chosen = self.cleaned_data.get("pause")
        if chosen != KEEP:
            self.instance.paused_until = self.today + timedelta(days=int(chosen)) if chosen else None
        return self.cleaned_data
