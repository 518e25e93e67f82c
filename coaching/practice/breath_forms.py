from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import WordsField
from coaching.core.practice.breath import RANGES, Breath, read_breath
from content.models import Guide


class BreathForm(forms.Form):
    """A breath to keep under a name. Its numbers come from the page; the name is the person's own."""

    name = WordsField(label=_("Name"), max_length=40, required=False)
    guide = forms.SlugField()

    def clean_guide(self) -> str:
        slug = self.cleaned_data["guide"]
        if not Guide.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("There is no such practice."))
        return str(slug)

    def clean(self) -> dict[str, Any]:
        super().clean()
        told = read_breath({name: self.data[name] for name in RANGES if name in self.data})
        if told is None:
            raise forms.ValidationError(_("Those seconds are not among the ones on the page."))
        return {**self.cleaned_data, "breath": told}

    @property
    def breath(self) -> Breath:
        breath: Breath = self.cleaned_data["breath"]
        return breath


class BreathChoice(forms.Form):
    id = forms.IntegerField(min_value=1, max_value=2**62)
