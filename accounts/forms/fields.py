"""Form fields shared by the pages of an account and of the letters."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.core.addresses import normal_address

TOO_LONG = _("This is %(show_value)d characters long, and %(limit_value)d fit. Nothing was cut off.")


class WordsField(forms.CharField):
    """Words in somebody's own hand. Too many are refused, with the number, and never cut off in silence: with
    `maxlength` a browser drops the end of what is pasted, so a script reads `data-most` instead (room-left.js).
    """

    def __init__(self, **options: Any) -> None:
        own = options.pop("error_messages", None) or {}
        super().__init__(error_messages={"max_length": TOO_LONG, **own}, **options)

    def to_python(self, value: Any) -> str:
        """A new line is one character, however a browser sends it."""
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attributes = super().widget_attrs(widget)
        return {"data-most" if name == "maxlength" else name: value for name, value in attributes.items()}


class AddressField(forms.CharField):
    """An email address, refused with the reason that fits, and kept in its one normal form.

    Django's own field answers every fault with the same words, and accepts forms
    (quoted names, literal hosts) that no honest visitor has.
    """

    def __init__(self, *, fault: Callable[[str], str | None], **options: object) -> None:
        self.fault = fault
        attributes = {"type": "email", "autocomplete": "email", "spellcheck": "false"}
        options.setdefault("label", _("Your email address"))
        options.setdefault("error_messages", {"required": _("Enter your email address.")})
        super().__init__(widget=forms.TextInput(attrs=attributes), **options)  # type: ignore[arg-type]

    def clean(self, value: object) -> str:
        address = super().clean(value)
        fault = self.fault(address)
        if fault:
            raise ValidationError(fault)
        return normal_address(address)
