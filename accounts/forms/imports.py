"""The forms with which staff bring a list: the file, then which of its columns holds what.

What is read out of a column (days, and who had left) is shown before it is believed: the second form says which
readings its page showed, and a choice that was not shown yet is shown first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.core.importing.columns import NAMES, Choice, Column, guess
from accounts.core.importing.dates import FORMS, forms_of, moment
from accounts.core.importing.files import ALPHABETS, SEPARATORS, Layout
from accounts.core.importing.rows import LEAST_HOW, LEAST_WORDS, MOST_HOW, MOST_WORDS
from accounts.forms.days import DayField
from accounts.models import SubscriberImport

LARGEST_FILE = 100 * 1024 * 1024
NOT_SHOWN = "Below stands how this is read. Look at it, then press the button again."
AGREED, AWAY = "agreed", "away"
LABELS = {
    "email": "Address",
    "consent_at": "When they agreed",
    "consent_how": "How they agreed",
    "consent_words": "The words they agreed to",
    "topics": "Topics",
    "pace": "Pace",
    "language": "Language",
    "paused_until": "Paused until",
    "time_zone": "Time zone",
    "letters_hour": "At which hour",
}
LONGEST_EXAMPLE = 40
SECTIONS = (
    ("Who they are", ("kind", "email", "left")),
    ("When they agreed", ("consent_at", "date_form", "day_for_all")),
    ("How they agreed", ("consent_how", "how_for_all")),
    ("The words they agreed to", ("consent_words", "words_for_all")),
    ("The welcome series", ("gets_series", "series_per_day")),
    ("What else the columns hold", ("topics", "pace", "language", "paused_until", "time_zone", "letters_hour")),
)


class ListForm(forms.Form):
    file = forms.FileField(
        label="The list, as CSV",
        help_text="From Mailchimp, Substack, Buttondown, listmonk, Ghost, this site, or a sheet of your own.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError("The file is larger than 100 MB. Bring it in in parts.")
        return file


class LayoutForm(forms.Form):
    """How the file is read, for whoever sees that the guess was wrong."""

    encoding = forms.ChoiceField(label="Alphabet")
    separator = forms.ChoiceField(label="Between the cells", choices=list(SEPARATORS.items()))
    has_headings = forms.BooleanField(label="The first line holds the names of the columns", required=False)

    def __init__(self, *args: Any, layout: Layout) -> None:
        super().__init__(*args, initial=asdict(layout))
        known = ALPHABETS if layout.encoding in ALPHABETS else {layout.encoding: layout.encoding, **ALPHABETS}
        self.fields["encoding"].choices = list(known.items())  # type: ignore[attr-defined]

    @property
    def layout(self) -> Layout:
        return Layout(**self.cleaned_data)


class ColumnsForm(forms.Form):
    kind = forms.ChoiceField(
        label="Who they are",
        choices=[(AGREED, "People who agreed to these letters"), (AWAY, "People who are not to be written to")],
        widget=forms.RadioSelect,
        help_text="For the second kind only the addresses count. Whoever gets letters now gets no more.",
    )
    left = forms.MultipleChoiceField(
        label="Columns that say who had left",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Whoever does not plainly get letters stays out.",
    )
    date_form = forms.ChoiceField(label="How its days are written", required=False)
    day_for_all = DayField(
        label="When they agreed, where no column says it",
        required=False,
    )
    how_for_all = forms.CharField(
        label="How they agreed, where no column says it",
        required=False,
        min_length=LEAST_HOW,
        max_length=MOST_HOW,
        widget=AdminTextInputWidget({"size": 78}),
        help_text="Such as: sign-up form of our newsletter at Substack.",
    )
    words_for_all = forms.CharField(
        label="The words they agreed to, where no column says them",
        required=False,
        min_length=LEAST_WORDS,
        max_length=MOST_WORDS,
        widget=AdminTextareaWidget({"rows": 3}),
        help_text="The sentence that stood by the form.",
    )
    gets_series = forms.BooleanField(
        label="Send them the welcome series too",
        required=False,
        help_text="They know your letters already, so most need none.",
    )
    series_per_day = forms.IntegerField(
        label="To so many new people a day",
        min_value=1,
        max_value=100_000,
        initial=100,
        help_text="A sender who is new to many mailboxes at once is taken for spam. Begin low.",
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, brought: SubscriberImport, columns: Sequence[Column], **options: Any) -> None:
        super().__init__(*args, **options)
        self.brought, self.columns = brought, {str(column.place): column for column in columns}
        guessed = guess(columns)
        for what in NAMES:
            self.fields[what] = forms.ChoiceField(
                label=LABELS[what], required=what == "email", choices=self._offered(what)
            )
            self.initial[what] = str(guessed.places.get(what, ""))
        self.fields["left"].choices = [(at, _named(column)) for at, column in self.columns.items()]  # type: ignore[attr-defined]
        self.fields["date_form"].choices = [("", "Choose"), *FORMS.items()]  # type: ignore[attr-defined]
        first = {"kind": AGREED, "left": [str(at) for at in guessed.left], "date_form": guessed.date_form}
        self.initial.update(first)
        self.initial["shown"] = self.signature(self.initial)

    def _offered(self, what: str) -> list[tuple[str, str]]:
        none = "Choose" if what == "email" else "In no column"
        return [("", none), *((at, _named(column)) for at, column in self.columns.items())]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == AGREED and "email" in cleaned:
            self._check_proof(cleaned)
        if not self.errors and cleaned["shown"] != self.signature(cleaned):
            self.add_error(None, NOT_SHOWN)
        return cleaned

    def _check_proof(self, cleaned: dict[str, Any]) -> None:
        if cleaned["consent_at"]:
            self._check_dates(cleaned)
        elif not cleaned.get("day_for_all") and "day_for_all" not in self.errors:
            self.add_error("day_for_all", "Choose a column above, or say here when all of them agreed.")
        for what, field in (("consent_how", "how_for_all"), ("consent_words", "words_for_all")):
            if not cleaned[what] and not cleaned.get(field) and field not in self.errors:
                self.add_error(field, "Choose a column, or say here what holds for all of them.")

    def _check_dates(self, cleaned: dict[str, Any]) -> None:
        form, cells = cleaned.get("date_form", ""), self.columns[cleaned["consent_at"]].cells
        if not form:
            self.add_error("date_form", "Choose how its days are written. How each reading comes out stands below.")
            return
        unread = [cell for cell in cells if cell and not moment(cell, form)]
        if unread and len(unread) == len([cell for cell in cells if cell]):
            self.add_error("date_form", f"“{unread[0][:LONGEST_EXAMPLE]}” cannot be read so.")

    def signature(self, chosen: Mapping[str, Any]) -> str:
        """What has to be shown before it is believed."""
        if chosen.get("kind") == AWAY:
            return AWAY
        return (
            f"{chosen.get('consent_at', '')}/{chosen.get('date_form', '')}/{','.join(sorted(chosen.get('left', [])))}"
        )

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]

    @property
    def shown_now(self) -> Mapping[str, Any]:
        """What its page shows readings of."""
        names = ("kind", "consent_at", "date_form")
        if not self.is_bound:
            return self.initial
        return {name: self.data.get(name, "") for name in names} | {"left": self.data.getlist("left")}  # type: ignore[attr-defined]

    @property
    def choice(self) -> Choice:
        cleaned = self.cleaned_data
        day = cleaned.get("day_for_all")
        for_all = {
            "consent_at": datetime(day.year, day.month, day.day, tzinfo=UTC).isoformat() if day else "",
            "consent_how": cleaned.get("how_for_all", ""),
            "consent_words": cleaned.get("words_for_all", "").replace("\r\n", "\n"),
        }
        return Choice(
            places={what: int(cleaned[what]) for what in NAMES if cleaned[what]},
            left={int(at): self.columns[at].heading for at in cleaned["left"]},
            date_form=cleaned["date_form"],
            for_all={what: words for what, words in for_all.items() if words},
            is_stay_away=cleaned["kind"] == AWAY,
        )

    @property
    def new_a_day(self) -> int:
        """To how many the welcome series goes; none, unless it was chosen."""
        per_day: int = self.cleaned_data["series_per_day"]
        return per_day if self.cleaned_data["gets_series"] and self.cleaned_data["kind"] == AGREED else 0

    def dates_shown(self) -> list[tuple[str, str]]:
        """Some days of the chosen column as they are read; in each way that fits, where more than one does."""
        chosen = self.shown_now
        column = self.columns.get(chosen["consent_at"])
        if column is None:
            return []
        fitting = [chosen["date_form"]] if chosen["date_form"] in FORMS else forms_of(column.cells)
        return [(cell, _in_words(cell, fitting)) for cell in _telling(column, forms_of(column.cells))]


def _named(column: Column) -> str:
    example = f" ({column.examples[0][:LONGEST_EXAMPLE]})" if column.examples else ", which is empty"
    return f"{column.heading[:LONGEST_EXAMPLE]}{example}"


def _telling(column: Column, forms_that_fit: Sequence[str]) -> list[str]:
    """Those first that come out differently, then others."""
    cells = list(dict.fromkeys(filter(None, column.cells)))
    apart = [cell for cell in cells if len({moment(cell, form) for form in forms_that_fit}) > 1]
    return [*apart, *(cell for cell in cells if cell not in apart)][:3]


def _in_words(cell: str, fitting: Sequence[str]) -> str:
    read = ((form, moment(cell, form)) for form in fitting)
    said = [
        f"{when:%-d %B %Y, %H:%M} UTC" + (f" ({FORMS[form]})" if len(fitting) > 1 else "")
        for form, when in read
        if when
    ]
    return " or ".join(said) or "cannot be read so"
