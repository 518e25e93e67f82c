"""Radio groups that the form pack draws as tappable scales and choices."""

from django import forms


class ChoiceCards(forms.RadioSelect):
    is_question = True
    is_pair = False


class PairedCards(ChoiceCards):
    is_pair = True


class TickCards(forms.CheckboxSelectMultiple):
    is_question = True


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
