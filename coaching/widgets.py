"""Radio groups that the form pack draws as tappable scales and choices."""

from collections.abc import Mapping
from typing import Any

from django import forms


class ChoiceCards(forms.RadioSelect):
    is_question = True
    is_pair = False


class PairedCards(ChoiceCards):
    is_pair = True


class TickCards(forms.CheckboxSelectMultiple):
    """A tick list; `groups` names the heading that each code stands under."""

    is_question = True

    def __init__(self, groups: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.groups = groups or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "group": self.groups.get(str(value), "")}


class Scale(forms.RadioSelect):
    """A row of taps from low to high. Nothing is chosen until the person taps."""

    presentation = "scale"
    is_question = True
    is_short = False

    def __init__(self, low: str, high: str) -> None:
        super().__init__()
        self.low, self.high = low, high


class DayScale(Scale):
    is_short = True


class QuietScale(Scale):
    """A scale that is a part of a panel, not a card of its own."""

    is_question = False
