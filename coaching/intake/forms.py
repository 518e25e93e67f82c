"""One form a step, made from the questionnaire: its fields are the items, its errors name them.

All of it is said in the language of the page.
"""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from coaching.core.intake.answers import AnswerError, clean_item
from coaching.core.intake.groups import signs_in
from coaching.core.intake.signs import group_of, level_of
from coaching.core.questions.chapters import GROUPS
from coaching.core.questions.items import Answers, Item, Kind, Show, Step
from coaching.said import said, told
from coaching.widgets import BodyCards, ChoiceCards, DayScale, PairedCards, Scale, TableCards, TickCards, Words
from content.core.vocabulary import Level
from content.models import ConditionText, DangerSign

ROUND = re.compile(r"[0-9]{1,9}")


class AnswerField(forms.Field):
    """Hands the raw answer to the core, which knows what an answer is; keeps the item's own words."""

    def __init__(self, item: Item, choices: list[tuple[str, str]]) -> None:
        self.item, self.known = item, [code for code, _words in choices]
        widget = _widget(item)
        if isinstance(widget, forms.widgets.ChoiceWidget):
            # What a screen asks of the library are its ticks; the other answers are its buttons.
            widget.choices = choices[: len(choices) - len(item.options)] if item.among else choices
        super().__init__(
            label=_label(item),
            help_text=told(item.help),
            required=item.must_answer,
            widget=widget,
        )

    def clean(self, value: Any) -> Any:
        try:
            return clean_item(self.item, value, self.known)
        except AnswerError as error:
            raise forms.ValidationError(said(error.words)) from error


class RoundField(forms.Field):
    """The safety round a page was made in; one that makes no sense is None, and its page counts as an old one."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int | None:
        return int(value) if isinstance(value, str) and ROUND.fullmatch(value) else None


class StepForm(forms.Form):
    """`round` is the safety round this page was made in; an older one is out of date."""

    round = RoundField(required=False)

    def __init__(self, step: Step, answers: Answers, *, safety_round: int, data: Any = None) -> None:
        initial = {**answers, "round": safety_round}
        super().__init__(data=data, initial={name: _shown(value) for name, value in initial.items()})
        self.step = step
        for item in step.items:
            self.fields[item.id] = AnswerField(item, choices_of(item))
            if step.is_safety and signs_in(answers, item.id):
                self.fields[item.id].help_text = _("Ticked by mistake? Take the tick away.")
            if item.only_if:
                self.fields[item.id].help_text = _("Only if it comes and goes.")
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def is_written_in(self) -> bool:
        return any(item.kind is Kind.TEXT for item in self.step.items)

    def answers(self) -> dict[str, Any]:
        """The cleaned answers of this step; a skipped item is None."""
        return {item.id: self.cleaned_data[item.id] for item in self.step.items}

    def answers_so_far(self) -> dict[str, Any]:
        """Those that can be understood, whatever is wrong with the others; nothing is said of a skipped item."""
        self.full_clean()
        tapped = {item.id: self.cleaned_data.get(item.id) for item in self.step.items}
        return {name: value for name, value in tapped.items() if value not in (None, [], "")}


def choices_of(item: Item) -> list[tuple[str, str]]:
    if item.kind is Kind.TEXT:
        return []
    if item.kind is Kind.SCALE and not item.options:
        return [(str(number), str(number)) for number in range(item.low, item.high + 1)]
    own = [(option.code, told(option.words)) for option in item.options]
    return [*rows_of(item), *own]


def _label(item: Item) -> str:
    """The question; its stem, which the page shows once above, is read out with each."""
    if not item.stem:
        return told(item.question)
    return format_html('<span class="hidden-visually">{} </span>{}', told(item.stem), told(item.question))


def rows_of(item: Item) -> list[tuple[str, str]]:
    """The options that the library brings to a question."""
    if item.asks_library == "danger_signs":
        return [(row.slug, row.said("question")) for row in _signs(item)]
    if item.asks_library == "conditions":
        return [(row.slug, row.said("label")) for row in _conditions(item)]
    return []


def _conditions(item: Item) -> list[ConditionText]:
    asked = ConditionText.objects.asked().only("slug", "label", "label_es", "help")
    return [row for row in asked if not item.among or row.slug in item.among]


def _signs(item: Item) -> list[DangerSign]:
    """Those of one group, in its order and with those that only the library knows; or those of a whole list."""
    rows = DangerSign.objects.only("slug", "question", "question_es", "level")
    if not item.among:
        return list(rows.of_step(item.id))
    places = {sign: place for place, sign in enumerate(item.among)}
    ours = [row for row in rows if group_of(row.slug) == item.id]
    return sorted(ours, key=lambda row: places.get(row.slug, len(places)))


def _acting_at_once(item: Item) -> frozenset[str]:
    """The signs of a group that need care now: with a script such a tick is sent the moment it is made."""
    if item.id not in GROUPS:
        return frozenset()
    levels = {row.slug: level_of(row.slug, item.id, {row.slug: Level(row.level)}) for row in _signs(item)}
    return frozenset(sign for sign, level in levels.items() if level is Level.NOW)


def _helps(item: Item) -> dict[str, str]:
    """The line under a tick that says what is meant by it."""
    return {row.slug: told(row.help) for row in _conditions(item)} if item.asks_library == "conditions" else {}


def _widget(item: Item) -> forms.Widget:
    if item.kind is Kind.TEXT:
        return Words(attrs={"rows": 3, "data-most": item.longest})
    if item.show is Show.BODY:
        return BodyCards()
    if item.show is Show.TABLE:
        return TableCards({option.code: said(option.of) for option in item.options})
    if item.kind is Kind.TICKS:
        return TickCards(_acting_at_once(item), _helps(item))
    if item.kind is Kind.CHOICE:
        return ChoiceCards()
    if item.options:
        return PairedCards()
    return (DayScale if item.high == 7 else Scale)(told(item.low_words), told(item.high_words))


def _shown(value: Any) -> Any:
    return str(value) if isinstance(value, int) else value
