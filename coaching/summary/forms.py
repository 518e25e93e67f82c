"""What a person chooses to share: parts, weeks, a name if they like, and their own questions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.forms.fields import WordsField
from coaching.core.summary.choice import (
    LONGEST_QUESTION,
    MOST_QUESTIONS,
    OWN_WORDS,
    USUAL_PARTS,
    USUAL_WEEKS,
    WEEKS,
    Choice,
    Part,
)
from coaching.models import SharedLink
from coaching.sharing.links import DAYS, USUAL_DAYS
from coaching.summary.who import WhoForm, born_field, name_field
from content.core.reading_direction import without_turns

Kind = SharedLink.Kind
CHOOSE = {
    Part.SCORES: _("My scores over time"),
    Part.PAIN: _("With numbers of pain (the PEG scale)"),
    Part.PRACTISED: _("What I practised, and what my ratings say"),
    Part.DANGER: _("Danger signs that I ticked, with their days"),
    Part.UNWANTED: _("Unwanted effects"),
    Part.TREATMENTS: _("On how many days I logged treatments"),
    Part.NEXT: _("What matters to me, and my next step"),
}
CHOOSE_WORDS = {
    Part.GOAL_WORDS: _("My goal"),
    Part.TREATMENT_WORDS: _("What I wrote about treatments"),
    Part.STEP_WORDS: _("My small step"),
}


def weeks_words() -> list[tuple[int, str]]:
    return [(count, ngettext("The last %(n)d week", "The last %(n)d weeks", count) % {"n": count}) for count in WEEKS]


def days_words() -> list[tuple[int, str]]:
    return [(count, ngettext("%(n)d day", "%(n)d days", count) % {"n": count}) for count in DAYS]


class ChoiceForm(WhoForm):
    is_written_in = True

    parts = forms.MultipleChoiceField(
        label=_("What shall be on it?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    own_words = forms.MultipleChoiceField(
        label=_("In my own words"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing that you wrote is shared unless you tick it here."),
    )
    weeks = forms.TypedChoiceField(label=_("Of which weeks?"), coerce=int)
    name = name_field(
        _("Name to stand on it"), _("For this page alone. A link that you make keeps it until the link ends.")
    )
    born = born_field()
    questions = WordsField(
        label=_("My questions"),
        required=False,
        help_text=_("One on each line, four at most. They stand at the top."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, hides_pain: bool, language: str, today: date) -> None:
        usual = USUAL_PARTS - {Part.PAIN} if hides_pain else USUAL_PARTS
        super().__init__(data=data, initial={"parts": [*usual], "weeks": USUAL_WEEKS})
        self.language, self.today = language, today
        self._offer("parts", [(part.value, words) for part, words in CHOOSE.items()])
        self._offer("own_words", [(part.value, words) for part, words in CHOOSE_WORDS.items()])
        self._offer("weeks", weeks_words())
        if hides_pain:
            self.fields["parts"].help_text = _(
                "You chose to see no numbers of pain. Tick them here, and they stand on the page, which you see too."
            )
        self.helper = FormHelper()
        self.helper.form_tag = False

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_questions(self) -> tuple[str, ...]:
        typed = without_turns(self.cleaned_data["questions"]).splitlines()
        lines = tuple(line.strip() for line in typed if line.strip())
        if len(lines) > MOST_QUESTIONS:
            raise forms.ValidationError(_now("Four questions fit on the page. Leave out the others, or join some."))
        if any(len(line) > LONGEST_QUESTION for line in lines):
            told = {"most": LONGEST_QUESTION}
            raise forms.ValidationError(_now("Keep each question under %(most)d letters, so that all fits.") % told)
        return lines

    def choice(self) -> Choice:
        """Of a form that is valid; of one that nobody sent yet, the usual one."""
        if not self.is_bound:
            return Choice(parts=frozenset(self.initial["parts"]), language=self.language)
        told: Mapping[str, Any] = self.cleaned_data
        own = frozenset(map(Part, told["own_words"])) & OWN_WORDS
        return Choice(
            parts=frozenset(map(Part, told["parts"])) | own,
            weeks=told["weeks"],
            name=told["name"],
            born=told["born"],
            questions=told["questions"],
            language=self.language,
        )

    def as_told(self) -> list[tuple[str, str]]:
        """What was chosen, as hidden fields of the form that hands it out."""
        choice = self.choice()
        told = [("own_words" if part in OWN_WORDS else "parts", part.value) for part in Part if choice.has(part)]
        told += [("weeks", str(choice.weeks)), ("name", choice.name), ("questions", "\n".join(choice.questions))]
        return [*told, ("born", choice.born.isoformat() if choice.born else "")]


class HandOutForm(forms.Form):
    """Beside the choice: the page as it was seen, the chance of the form, and how long a link is to last."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    page = forms.RegexField(r"^[A-Za-z0-9_-]{22,64}$", widget=forms.HiddenInput)
    days = forms.TypedChoiceField(
        label=_("How long may it be opened?"),
        coerce=int,
        initial=USUAL_DAYS,
        required=False,
        empty_value=str(USUAL_DAYS),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = days_words()  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    """One thing for someone close, as it was seen, and how long it may be opened."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in (Kind.STEP, Kind.FLARE_PLAN)], widget=forms.HiddenInput)
    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    page = forms.RegexField(r"^[A-Za-z0-9_-]{22,64}$", widget=forms.HiddenInput)
    days = forms.TypedChoiceField(label=_("How long may it be opened?"), coerce=int, initial=USUAL_DAYS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_{kwargs.get('initial', {}).get('kind', 'item')}_%s", **kwargs)
        self.fields["days"].choices = days_words()  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """Digits of any script, with spaces or without: `code_as_meant` reads them."""

    code = WordsField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "autocapitalize": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        # The page that holds it sets no cookie, and the token would be one.
        self.helper.disable_csrf = True

    def refuse(self, left: int) -> None:
        words = ngettext(
            "That code does not open it. One try is left, then it closes for good.",
            "That code does not open it. %(n)d tries are left, then it closes for good.",
            left,
        )
        self.add_error("code", words % {"n": left})
