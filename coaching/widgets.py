"""Radio groups that the form pack draws as tappable scales and choices, and single inputs drawn without a template."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData
from django.utils.translation import gettext as _


class OneAnswer(forms.Widget):
    """Two values for one question are handed on together, so that they are refused and neither is taken."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        told = data.getlist(name) if isinstance(data, QueryDict) else []
        return told if len(told) > 1 else super().value_from_datadict(data, files, name)


class Words(OneAnswer, forms.Textarea):
    def format_value(self, value: Any) -> str | None:
        return super().format_value(value[-1] if isinstance(value, list) else value)


class Taps(OneAnswer, forms.RadioSelect):
    """One of several. A radio cannot be taken back, so whoever need not answer has a last tap that does it."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        if self.is_required or any(option["value"] == "" for _, options, _ in groups for option in options):
            return groups
        last = self.create_option(name, "", _("Skip"), False, len(groups), attrs=attrs)
        return [*groups, (None, [last], len(groups))]


class ChoiceCards(Taps):
    is_question = True
    is_pair = False


class PairedCards(ChoiceCards):
    is_pair = True


class TickCards(forms.CheckboxSelectMultiple):
    """A tick list. A tick of one that is `acting` is sent the moment it is made, where there is a script.

    `helps` are the lines under single ticks, by their values.
    """

    is_question = True

    def __init__(self, acting: Collection[str] = (), helps: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.acting, self.helps = acting, helps or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.acting:
            option["attrs"]["data-acts-at-once"] = True
        option["help"] = self.helps.get(str(value), "")
        if option["help"]:
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_help"
        return option


class BodyCards(TickCards):
    """A tick list with a picture of the body above it, whose parts are labels of the same ticks."""

    presentation = "body"


class TableCards(TickCards):
    """A tick list as a table: `rows` names the row of each code, said with each of its ticks."""

    presentation = "table"

    def __init__(self, rows: Mapping[str, str]) -> None:
        super().__init__()
        self.rows = rows

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, label, *args, **kwargs)
        row = self.rows.get(str(value), "")
        is_first = next((code for code, of in self.rows.items() if of == row), "") == str(value)
        return {**option, "row": row, "begins": is_first}


class Scale(Taps):
    """A row of taps from low to high. Nothing is chosen until the person taps."""

    presentation = "scale"
    is_question = True
    is_short = False

    def __init__(self, low: str, high: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.low, self.high = low, high


class DayScale(Scale):
    is_short = True


class QuietScale(Scale):
    """A scale that is a part of a panel, not a card of its own."""

    is_question = False


class QuietCards(ChoiceCards):
    """A few words to tap that are a part of a panel."""

    is_question = False
    is_pair = True


SINGLE_INPUTS = frozenset(
    f"django/forms/widgets/{name}.html"
    for name in (
        *("input", "text", "number", "email", "url", "tel", "search", "color", "password", "hidden"),
        *("date", "time", "datetime", "checkbox", "radio_option", "checkbox_option"),
    )
)
"""Templates of Django that are one `input` each, and nothing else."""

SELECT = "django/forms/widgets/select.html"
OPTION = "django/forms/widgets/select_option.html"


class PlainInputs(DjangoTemplates):
    """Each `input` to the byte as Django's templates have it: a page of scales has half a hundred of them. A list to
    choose from likewise: of time zones there are more than four hundred, and Django draws two templates for each.
    """

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name in SINGLE_INPUTS and "type" in context["widget"] and not context["widget"].get("wrap_label"):
            return _input(context["widget"])
        if template_name == SELECT and _is_one_list(context["widget"]):
            return _select(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: dict[str, Any]) -> str:
    given = widget["value"]
    value = "" if given is None else f' value="{_in_quotes(given)}"'
    kind, name = conditional_escape(widget["type"]), conditional_escape(widget["name"])
    return f'<input type="{kind}" name="{name}"{value}{_attributes(widget)}>'


def _select(widget: dict[str, Any]) -> str:
    lines = [_option(option) for _, options, _ in widget["optgroups"] for option in options]
    return f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget)}>{"".join(lines)}\n</select>'


def _is_one_list(widget: dict[str, Any]) -> bool:
    """Without groups, and with words alone: a template says a number as the language of the page does."""
    groups = widget["optgroups"]
    return not any(group for group, _, _ in groups) and all(
        option["template_name"] == OPTION and isinstance(option["label"], str | Promise)
        for _, options, _ in groups
        for option in options
    )


def _option(option: dict[str, Any]) -> str:
    value, label = _in_quotes(option["value"]), conditional_escape(option["label"])
    return f'\n  <option value="{value}"{_attributes(option)}>{label}</option>\n'


def _attributes(widget: dict[str, Any]) -> str:
    return "".join(_attribute(name, told) for name, told in widget["attrs"].items() if told is not False)


def _attribute(name: str, value: Any) -> str:
    told = "" if value is True else f'="{_in_quotes(value)}"'
    return f" {conditional_escape(name)}{told}"


def _in_quotes(value: Any) -> str:
    """What is marked as safe is left as it is, as a template leaves it."""
    return str(value) if isinstance(value, SafeData) else conditional_escape(str(value))
