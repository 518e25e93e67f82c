from collections.abc import Iterable
from functools import cache
from typing import Any
from unicodedata import normalize
from zoneinfo import available_timezones

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Fieldset, Layout, Submit
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.core.countries import COUNTRIES
from accounts.forms.fields import WordsField
from accounts.models import MinutesADay, Profile

NOT_SAID: tuple[str, Any] = ("", _("I would rather not say"))
# The others are aliases, offsets and leftovers that nobody looks for.
REGIONS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@cache
def time_zones() -> list[tuple[str, Any]]:
    zones = sorted(zone for zone in available_timezones() if zone.startswith(REGIONS))
    return [
        ("", _("Not set: pages follow your browser, reminders UTC")),
        *((zone, zone.replace("_", " ")) for zone in zones),
    ]


class ZoneForm(forms.Form):
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [("", _("Choose your time zone")), *time_zones()[1:]],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a time zone from the list.")),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.add_input(Submit("", _("Save"), css_class="first"))


def said_choices(choices: Iterable[tuple[Any, str]]) -> list[tuple[Any, Any]]:
    """Words of a closed list, in the language of the page."""
    return [(value, _(words)) for value, words in choices]


def countries() -> list[tuple[str, str]]:
    """By their names in the language of the page, an accented letter among those without."""
    named = [(code, gettext(name)) for code, name in COUNTRIES]
    return [NOT_SAID, *sorted(named, key=lambda one: normalize("NFD", one[1]).encode("ascii", "ignore").lower())]


class ProfileForm(forms.ModelForm):
    name = WordsField(
        label=_("What should we call you?"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        choices=countries,
        help_text=_("Used to show the help lines near you. We never guess it."),
        error_messages={"invalid_choice": _("Choose a country from the list.")},
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=time_zones,
        help_text=_("Used for reminders and dates."),
        error_messages={"invalid_choice": _("Choose a time zone from the list.")},
    )
    minutes_a_day = forms.TypedChoiceField(
        label=_("How much time do you have on most days?"),
        choices=said_choices(MinutesADay.choices),
        coerce=int,
        help_text=_("Your plan is made to fit this."),
    )
    hide_pain_numbers = forms.BooleanField(
        label=_("Hide pain numbers"),
        required=False,
        help_text=_(
            "Watching a pain score can keep you looking at the pain. With this, you will not see or be asked for one."
        ),
    )

    is_written_in = True

    class Meta:
        model = Profile
        fields = [
            "name",
            "country",
            "time_zone",
            "minutes_a_day",
            "hide_pain_numbers",
        ]

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset(_("You"), "name", "country", "time_zone"),
            Fieldset(_("Your days"), "minutes_a_day", "hide_pain_numbers"),
            ButtonHolder(Submit("", _("Save"), css_class="first")),
        )
