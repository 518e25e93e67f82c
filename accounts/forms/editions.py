"""The forms with which staff write a letter and send it on its way."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils import timezone

from accounts.core.letters.checks import errors
from accounts.core.zoned import FARTHEST, moment_in
from accounts.forms.profile import time_zones
from accounts.letters.checking import findings_of, said
from accounts.models import Edition
from content.admin.fields import TermsField
from content.core.vocabulary import Topic
from content.models import Guide, Tip

PLACES = ("first_tip", "second_tip", "third_tip", "fourth_tip")
WORDS_HELP = """Markdown. They come before the tips. Sources are reference keys: [^wood19]. Links go to pages here,
such as /tips/, or to {{ preferences }}, {{ unsubscribe }} or {{ why }}: [choose less]({{ preferences }})."""


class EditionForm(forms.ModelForm):
    words = forms.CharField(required=False, widget=AdminTextareaWidget({"rows": 14}), help_text=WORDS_HELP)
    topics = TermsField(Topic, required=False, help_text="For whoever chose one of these. None: for everybody.")
    language = forms.ChoiceField(choices=settings.LANGUAGES)
    practice = forms.ChoiceField(required=False, label="Practice at the end")
    first_tip = forms.ChoiceField(required=False)
    second_tip = forms.ChoiceField(required=False)
    third_tip = forms.ChoiceField(required=False)
    fourth_tip = forms.ChoiceField(required=False)

    class Meta:
        model = Edition
        fields = ["subject", "slug", "preheader", "words", "practice", "topics", "language", "is_correction"]
        widgets = {"subject": AdminTextInputWidget({"size": 78}), "preheader": AdminTextInputWidget({"size": 100})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "practice" in self.fields:
            self._offer("practice", _published(Guide), self.instance.practice)
        for place, slug in zip(PLACES, [*self.instance.tips, "", "", "", ""], strict=False):
            if place in self.fields:
                self._offer(place, _published(Tip), slug)
                self.initial[place] = slug

    def _offer(self, name: str, choices: list[tuple[str, str]], chosen: str) -> None:
        """A choice that is no longer offered stays, so that saving does not lose it; the checks name it."""
        kept = [] if not chosen or chosen in dict(choices) else [(chosen, f"{chosen} (not published)")]
        self.fields[name].choices = [("", "None"), *kept, *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if PLACES[0] in self.fields:
            beyond = self.instance.tips[len(PLACES) :]
            self.instance.tips = [slug for slug in (cleaned.get(place) for place in PLACES) if slug] + beyond
            if len(set(self.instance.tips)) < len(self.instance.tips):
                self.add_error(PLACES[1], "The same tip is chosen twice.")
        if "words" in cleaned:
            cleaned["words"] = cleaned["words"].replace("\r\n", "\n")
        return cleaned

    def _post_clean(self) -> None:
        """A letter of a series goes out whenever it is somebody's turn, so it may never stand there broken."""
        super()._post_clean()
        if self.instance.is_series_letter and not self.errors:
            for finding in errors(findings_of(self.instance, at=timezone.now())):
                self.add_error(None, said(finding))


def _published(kind: type[Guide] | type[Tip]) -> list[tuple[str, str]]:
    return list(kind.objects.published(timezone.now()).order_by("title").values_list("slug", "title"))


class ScheduleForm(forms.ModelForm):
    """When it goes, in which zone, and how fast."""

    field_order = ["when", "time_zone", "hours_late", "first_batch", "pause_minutes", "rate_per_minute", "any_hour"]

    when = forms.DateTimeField(
        required=False,
        label="It goes out at",
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text="In the time zone below. Empty: now.",
    )
    time_zone = forms.ChoiceField(choices=lambda: [("UTC", "UTC"), *time_zones()[1:]])
    hours_late = forms.IntegerField(
        label="Too late after this many hours",
        min_value=1,
        max_value=24 * 14,
        initial=24,
        help_text="If it could not begin by then, it pauses and asks you.",
    )
    pause_minutes = forms.IntegerField(
        label="Wait between the first batch and the rest, in minutes", min_value=0, max_value=7 * 24 * 60, initial=30
    )

    class Meta:
        model = Edition
        fields = ["time_zone", "first_batch", "rate_per_minute", "any_hour"]

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        self.initial["pause_minutes"] = int(self.instance.first_batch_pause.total_seconds() // 60)

    def clean_pause_minutes(self) -> int:
        minutes: int = self.cleaned_data["pause_minutes"]
        self.instance.first_batch_pause = timedelta(minutes=minutes)
        return minutes

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed, zone = cleaned.get("when"), cleaned.get("time_zone")
        if zone and "when" not in self.errors:
            cleaned["send_at"] = self._moment(typed, zone)
        return cleaned

    def _moment(self, typed: datetime | None, zone: str) -> datetime | None:
        if typed is None:
            return self.at
        there, fault = self._there(typed.replace(tzinfo=None), zone)
        if fault:
            self.add_error("when", fault)
        return there

    def _there(self, typed: datetime, zone: str) -> tuple[datetime | None, str]:
        """The moment, or what is wrong with it. Years out of reach are not reckoned with: some have none."""
        past = f"That is in the past: it is {self.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC now."
        if typed.replace(tzinfo=UTC) > self.at + FARTHEST:
            return None, "That is more than two years from now. Look at the year."
        if typed.replace(tzinfo=UTC) < self.at - FARTHEST:
            return None, past
        moment = moment_in(typed, zone)
        if moment is None:
            return None, "The clocks are put on then, so that time does not come. Choose another."
        return moment, past if moment < self.at - timedelta(minutes=1) else ""

    @property
    def leaves_at(self) -> datetime | None:
        """The time that was typed, when it will do."""
        return self.cleaned_data.get("send_at") if self.is_bound and hasattr(self, "cleaned_data") else None

    @property
    def not_after(self) -> datetime:
        send_at: datetime = self.cleaned_data["send_at"]
        return send_at + timedelta(hours=self.cleaned_data["hours_late"])


class RateForm(forms.Form):
    rate_per_minute = forms.IntegerField(min_value=0, max_value=100_000)
