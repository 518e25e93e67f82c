from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import WordsField
from accounts.models import User

TYPED = "erase"
TYPED_IN_SPANISH = "borrar"


class EraseForm(forms.Form):
    """A typed word, so that it is meant, and the password, so that it is theirs. The box takes the way back away."""

    word = WordsField(
        label=_("Type the word “erase”"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the word “erase” to go on.")},
    )
    password = WordsField(
        label=_("Your password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password.")},
    )

    at_once = forms.BooleanField(
        label=_("Erase it now, with no way back"),
        help_text=_("Without this, it is hidden now and gone in seven days. Until then one tap brings it back."),
        required=False,
    )

    def __init__(self, *args: object, user: User, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.user = user
        # The way back leads by the mailbox. Without a proved address there is none.
        ways = ["at_once"] if user.is_proved else []
        if not ways:
            del self.fields["at_once"]
        self.helper = FormHelper()
        button = ButtonHolder(Submit("", _("Erase my account"), css_class="alarm"))
        self.helper.layout = Layout("word", "password", *ways, button)

    def clean_word(self) -> str:
        if self.cleaned_data["word"].strip().lower() not in (TYPED, TYPED_IN_SPANISH):
            raise ValidationError(_("Type the word “erase” to go on."))
        return TYPED

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise ValidationError(_("That is not your password."))
        return self.cleaned_data["password"]
