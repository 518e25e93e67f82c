from datetime import date, datetime, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Submit
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.core.addresses import letter_address_fault
from accounts.core.consent_words import COURSE_LETTERS_VERSION, COURSE_LETTERS_WORDS, version_in
from accounts.core.sending.hours import day_there
from accounts.forms.days import DayField
from accounts.forms.fields import AddressField
from accounts.forms.profile import said_choices, time_zones
from accounts.models import Pace, Subscriber
from accounts.models.letter_hours import hours_of_site
from content.core.vocabulary import Topic

PAUSES = [
    ("", _("Do not pause")),
    ("14", _("For two weeks")),
    ("30", _("For a month")),
    ("90", _("For three months")),
    ("date", _("Until a day I choose")),
]
KEEP, DATE = "keep", "date"
LONGEST_PAUSE = timedelta(days=366)


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
        choices=said_choices(Topic.choices()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one topic. To get no letters at all, unsubscribe below.")},
    )
    pace = forms.ChoiceField(label=_("How often?"), choices=said_choices(Pace.choices), widget=forms.RadioSelect)
    pause = forms.ChoiceField(label=_("Take a break"), required=False, widget=forms.RadioSelect)
    pause_until = DayField(
        label=_("First day on which letters may come again"),
        required=False,
        help_text=_("Only if you chose a day above. For example 2027-03-14."),
        error_messages={"invalid": _("Enter the day as year, month and day, such as 2027-03-14.")},
    )
    language = forms.ChoiceField(label=_("Language of the letters"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Your time zone"),
        required=False,
        choices=time_zones,
        error_messages={"invalid_choice": _("Choose a time zone from the list.")},
    )
    letters_hour = forms.TypedChoiceField(label=_("From what time on?"), required=False, coerce=int, empty_value=None)

    course = forms.BooleanField(required=False)

    class Meta:
        model = Subscriber
        fields = ["topics", "pace", "language", "time_zone", "letters_hour"]

    def __init__(self, *args: object, at: datetime, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.at = at
        self.today = day_there(at, self.instance.time_zone, hours_of_site())
        self._offer_hours()
        version = version_in(get_language() or "", COURSE_LETTERS_VERSION, COURSE_LETTERS_WORDS)
        self.fields["course"].label = COURSE_LETTERS_WORDS[version]
        if not self.instance.user_id:
            del self.fields["course"]
        self.fields["pause"].choices = self.pauses()  # type: ignore[attr-defined]
        self.initial["pause"] = KEEP if self.is_paused else ""
        self.helper = FormHelper()
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "topics",
            "pace",
            "pause",
            "pause_until",
            "language",
            "time_zone",
            "letters_hour",
            *(["course"] if "course" in self.fields else []),
            ButtonHolder(Submit("", _("Save"), css_class="first")),
        )

    def _offer_hours(self) -> None:
        hours = hours_of_site()
        offered = [(hour, f"{hour:02}:00") for hour in range(hours.opens, hours.closes)]
        self.fields["letters_hour"].choices = [("", _("The time at which I signed up")), *offered]  # type: ignore[attr-defined]
        unset = ("", _("Not set: the clock of %(zone)s holds") % {"zone": hours.zone.replace("_", " ")})
        self.fields["time_zone"].choices = [unset, *time_zones()[1:]]  # type: ignore[attr-defined]
        between = {"opens": f"{hours.opens}:00", "closes": f"{hours.closes}:00"}
        self.fields["time_zone"].help_text = (
            _("Letters come between %(opens)s and %(closes)s on your clock. We never guess where you are.") % between
        )
        self.fields["letters_hour"].help_text = _("For letters that follow one another, such as the welcome letters.")

    @property
    def is_paused(self) -> bool:
        until = self.instance.paused_until
        return until is not None and until > self.today

    def pauses(self) -> list[tuple[str, Any]]:
        until = self.instance.paused_until
        if until is None or not self.is_paused:
            return PAUSES
        return [(KEEP, _("Paused until %(day)s") % {"day": date_format(until, "DATE_FORMAT")}), *PAUSES]

    def clean(self) -> dict[str, object]:
        """A pause is kept as the first day on which a letter may be sent again."""
        chosen = self.cleaned_data.get("pause")
        self.today = day_there(self.at, self.cleaned_data.get("time_zone", ""), hours_of_site())
        if chosen == DATE:
            self.instance.paused_until = self._chosen_day()
        elif chosen != KEEP:
            self.instance.paused_until = self.today + timedelta(days=int(chosen)) if chosen else None
        return self.cleaned_data

    def _chosen_day(self) -> date | None:
        day = self.cleaned_data.get("pause_until")
        if day is None and "pause_until" not in self.errors:
            self.add_error("pause_until", _("Choose the day on which letters may come again."))
        elif day is not None and not self.today < day <= self.today + LONGEST_PAUSE:
            self.add_error("pause_until", _("Choose a day after today, and within a year."))
        return day


class AddressForm(forms.Form):
    """Another address for the same letters."""

    email = AddressField(fault=letter_address_fault, label=_("New email address"))

    def __init__(self, *args: object, subscriber: Subscriber, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.subscriber = subscriber
        self.fields["email"].help_text = _("We send a letter there. Until you press the button in it, nothing changes.")
        self.helper = FormHelper()
        self.helper.disable_csrf = True
        self.helper.layout = Layout("email", ButtonHolder(Submit("", _("Send that letter"), css_class="first")))

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if address == self.subscriber.email:
            raise ValidationError(_("Your letters go there already."))
        return address
