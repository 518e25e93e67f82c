"""Form fields shared by the pages of an account and of the letters."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.core.addresses import MAX_LENGTH, normal_address


class AddressField(forms.CharField):
    """An email address, refused with the reason that fits, and kept in its one normal form.

    Django's own field answers every fault with the same words, and accepts forms
    (quoted names, literal hosts) that no honest visitor has.
    """

    def __init__(self, *, fault: Callable[[str], str | None], **options: object) -> None:
        self.fault = fault
        attributes = {"type": "email", "autocomplete": "email", "maxlength": str(MAX_LENGTH), "spellcheck": "false"}
        options.setdefault("label", _("Your email address"))
        options.setdefault("error_messages", {"required": _("Enter your email address.")})
        super().__init__(widget=forms.TextInput(attrs=attributes), **options)  # type: ignore[arg-type]

    def clean(self, value: object) -> str:
        address = super().clean(value)
        fault = self.fault(address)
        if fault:
            raise ValidationError(fault)
        return normal_address(address)
