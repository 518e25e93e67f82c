"""What a person chooses of their reminders, and what a browser says of itself."""

import re
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.core.reminding.slots import HOURS, MOST_QUIET, Hours
from accounts.forms.profile import time_zones
from accounts.models import ReminderWish
from accounts.models.profile import Profile
from coaching.models.push_device import LONGEST_ENDPOINT
from coaching.reminders.devices import is_configured, may_be_posted_to
from coaching.week.forms import WEEKDAYS
from coaching.widgets import ChoiceCards

Way = ReminderWish.Way
FULL_HOURS = [(hour, f"{hour:02}:00") for hour in range(HOURS)]
NAMES = ("days", "hour", "quiet_from", "quiet_until", "way", "names_step")
KEY = re.compile(r"[\w=-]{10,200}")


def an_hour(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=FULL_HOURS, coerce=int, help_text=help_text)


class ReminderForm(forms.Form):
    way = forms.ChoiceField(label=_("How should they come?"), widget=ChoiceCards)
    days = forms.MultipleChoiceField(
        label=_("On which days?"),
        choices=[(number, capfirst(day)) for number, day in WEEKDAYS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hour = an_hour(_("At what time?"))
    time_zone = forms.ChoiceField(
        label=_("Your time zone"),
        choices=time_zones,
        help_text=_("It is kept in your profile. When you travel, change it here, and your hour goes with you."),
        error_messages={"required": _("Choose your time zone, so that the hour is yours.")},
    )
    quiet_from = an_hour(_("Quiet from"), _("Nothing comes in your quiet hours."))
    quiet_until = an_hour(_("Quiet until"))
    names_step = forms.BooleanField(
        label=_("Say the name of the practice, too. Whoever sees my mailbox or my screen may read it."), required=False
    )
    by_chance = forms.BooleanField(
        label=_("Leave out about half of them by chance, to see whether they help me."), required=False
    )

    def __init__(self, *args: Any, may_mail: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_mail = may_mail
        ways = [(Way.MAIL.value, _("By email"))]
        if is_configured():
            ways.append((Way.PUSH.value, _("As a notice on my devices")))
        ways.append((Way.NONE.value, _("Not at all, or in my calendar alone")))
        self.fields["way"].choices = ways  # type: ignore[attr-defined]

    def clean_way(self) -> str:
        way: str = self.cleaned_data["way"]
        if way == Way.MAIL and not self.may_mail:
            raise forms.ValidationError(_("Reminders by email wait until you enter the code from our mail."))
        return way

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("way") in (Way.MAIL, Way.PUSH) and not told.get("days") and "days" not in self.errors:
            self.add_error("days", _("Choose at least one day."))
        if {"hour", "quiet_from", "quiet_until"} <= told.keys():
            self._check_quiet(told)
        return told

    def _check_quiet(self, told: dict[str, Any]) -> None:
        quiet = {name: told[name] for name in ("hour", "quiet_from", "quiet_until")}
        hours = Hours(days=frozenset(), zone=Profile().zone, **quiet)
        if hours.quiet_length > MOST_QUIET:
            self.add_error("quiet_until", _("Leave at least 8 hours a day that are not quiet."))
        elif hours.is_quiet(hours.hour):
            self.add_error("hour", _("That is in your quiet hours. Choose another hour, or other quiet hours."))

    @property
    def wish(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in NAMES}
        return {**told, "days": "".join(sorted(told["days"]))}


def initial_of(wish: ReminderWish | None, zone: str) -> dict[str, Any]:
    """For somebody new: by email, on no day yet, at 18:00, and nothing at night."""
    wish = wish or ReminderWish(way=Way.MAIL)
    told = {name: getattr(wish, name) for name in NAMES}
    return {**told, "days": list(wish.days), "time_zone": zone, "by_chance": wish.is_on and wish.is_by_chance}


class DeviceForm(forms.Form):
    """As a browser describes its subscription."""

    endpoint = forms.URLField(max_length=LONGEST_ENDPOINT, assume_scheme="https")
    p256dh = forms.RegexField(KEY)
    auth = forms.RegexField(KEY)

    def clean_endpoint(self) -> str:
        endpoint: str = self.cleaned_data["endpoint"]
        if not may_be_posted_to(endpoint):
            raise forms.ValidationError(_("That is no push service that we know."))
        return endpoint
