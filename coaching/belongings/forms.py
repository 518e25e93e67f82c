from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.members.consents import words_on_health
from coaching.belongings.reading import LARGEST


class BringForm(forms.Form):
    """A file that was taken along, and the agreement under which every account keeps answers."""

    file = forms.FileField(
        label=_("Your file"),
        help_text=_("The one from “Download my data”, here or on another site that runs Unloop. Packed (zip) is fine."),
        widget=forms.ClearableFileInput({"accept": ".json,.zip,application/json,application/zip"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    agree = forms.BooleanField(error_messages={"required": _("Without your yes we keep no answers.")})

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agree"].label = words_on_health()
        self.helper = FormHelper()
        self.helper.layout = Layout("file", "agree", ButtonHolder(Submit("", _("Bring it in"))))

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise ValidationError(_("The file is larger than any that we hand out (10 MB)."))
        return file
