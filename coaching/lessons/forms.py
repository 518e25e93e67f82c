"""What a reader sends from a lesson: a place, words of their own, and a mistake they found."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import WordsField
from coaching.lessons.progress import Notes, notes_of
from coaching.models import LessonProgress, MistakeReport
from content.core.vocabulary import Size

LONGEST_NOTE = 4000
LONGEST_REPORT = 1000
LEAST_REPORT = 5


def _helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


def _words(label: Any, rows: int) -> WordsField:
    return WordsField(
        label=label,
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class PlaceForm(forms.Form):
    block = forms.IntegerField(min_value=1, max_value=5000)
    size = forms.TypedChoiceField(choices=Size.choices, coerce=Size)


class NotesForm(forms.Form):
    """`question` is the lesson's own question to think about; without one there is only the other box."""

    reflection = _words("", rows=4)
    changed = _words(_("This is what changed for me"), rows=3)
    version = forms.IntegerField(min_value=0, max_value=10**6, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="notes_%s", **kwargs)
        self.helper = _helper()
        self.fields["reflection"].label = question
        if not question:
            del self.fields["reflection"]

    @classmethod
    def kept(cls, progress: LessonProgress | None, question: str) -> "NotesForm":
        version = progress.notes_version if progress else 0
        return cls(initial={**notes_of(progress), "version": version}, question=question)

    def notes(self) -> Notes:
        written = {name: self.cleaned_data.get(name, "") for name in ("reflection", "changed")}
        return {name: words for name, words in written.items() if words}


class MistakeForm(forms.ModelForm):
    kind = forms.ChoiceField(
        label=_("What did you find?"), choices=MistakeReport.Kind.choices, widget=forms.RadioSelect
    )
    words = WordsField(
        label=_("Where is it, and what is wrong?"),
        help_text=_("About the text alone, please. Nothing about your health, and no name or address."),
        min_length=LEAST_REPORT,
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"min_length": _("Please say a little more, so that we can find it.")},
    )

    class Meta:
        model = MistakeReport
        fields = ["kind", "words"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper()
