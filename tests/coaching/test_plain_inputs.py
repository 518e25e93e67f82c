"""An input is drawn without a template, and is to the byte what Django's template makes of it."""

from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as some

from accounts.forms.profile import ProfileForm
from coaching.practice.forms import PracticeForm
from coaching.widgets import PlainInputs, Scale, TickCards
from content.core.signals import Signal

PLAIN, DJANGOS = PlainInputs(), DjangoTemplates()
VALUES: Any = some.one_of(
    some.none(),
    some.text(),
    some.integers(),
    some.floats(allow_nan=False),
    some.sampled_from([mark_safe("a &amp; b"), gettext_lazy("Help now"), "<b>", "\"'&", " spaces ", "", "0"]),
)
ATTRIBUTES: Any = some.dictionaries(
    some.sampled_from(["id", "class", "data-acts-at-once", "aria-describedby", "max", "disabled"]),
    some.one_of(VALUES.filter(lambda value: value is not None), some.booleans()),
)
WIDGETS = [
    *(forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.PasswordInput, forms.HiddenInput),
    *(forms.DateInput, forms.TimeInput, forms.DateTimeInput, forms.CheckboxInput, forms.SearchInput, forms.TelInput),
    *(forms.ColorInput, forms.FileInput, forms.Textarea, forms.MultipleHiddenInput),
]


def test_forms_of_the_site_are_drawn_so() -> None:
    assert settings.FORM_RENDERER == "coaching.widgets.PlainInputs"
    assert isinstance(get_default_renderer(), PlainInputs)


@pytest.mark.parametrize("kind", WIDGETS)
@given(value=VALUES, attrs=ATTRIBUTES, name=some.sampled_from(["goal", 'a"b', "a&b"]))
def test_any_widget_is_the_same_to_the_byte(kind: Any, value: Any, attrs: dict[str, Any], name: str) -> None:
    widget = kind()
    told = [value] if kind is forms.MultipleHiddenInput else value
    assert widget.render(name, told, attrs, PLAIN) == widget.render(name, told, attrs, DJANGOS)


@pytest.mark.parametrize("widget", [Scale("0: none", "10: <all>"), TickCards(acting={"2"}, helps={"1": "A & b"})])
@given(value=some.sampled_from([None, "1", "2", '"']), attrs=ATTRIBUTES)
def test_each_tap_of_a_group_is_too(widget: Any, value: Any, attrs: dict[str, Any]) -> None:
    widget.choices = [("1", "One"), ("2", "<two>"), ('"', "&")]
    attrs = {"id": "id_any"} | attrs
    taps = [
        [(str(tap), tap.tag(), tap.tag(wrap_label=True)) for tap in _taps(widget, value, attrs, renderer)]
        for renderer in (PLAIN, DJANGOS)
    ]
    assert taps[0] == taps[1]
    assert len(taps[0]) >= 3


def _taps(widget: Any, value: Any, attrs: dict[str, Any], renderer: Any) -> list[Any]:
    return [forms.boundfield.BoundWidget(widget, data, renderer) for data in widget.subwidgets("any", value, attrs)]


LABELS: Any = some.sampled_from(["One", "<two>", mark_safe("a &amp; b"), gettext_lazy("Help now"), "", 1000, None])
LISTS: Any = some.lists(some.tuples(VALUES, LABELS), max_size=4)


@pytest.mark.parametrize("kind", [forms.Select, forms.SelectMultiple])
@given(choices=LISTS, group=LISTS, chosen=VALUES, attrs=ATTRIBUTES, name=some.sampled_from(["goal", 'a"b', "a&b"]))
def test_a_list_to_choose_from_is_too(
    kind: Any, choices: list[Any], group: list[Any], chosen: Any, attrs: dict[str, Any], name: str
) -> None:
    for listed in (choices, [*choices, ("A & b", group)]):
        widget = kind(choices=listed)
        told = [chosen] if kind is forms.SelectMultiple else chosen
        assert widget.render(name, told, attrs, PLAIN) == widget.render(name, told, attrs, DJANGOS)


def test_a_long_list_is_drawn_without_a_template(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = list[str]()
    monkeypatch.setattr(DjangoTemplates, "get_template", lambda _self, name: drawn.append(name))
    assert "Europe/Lisbon" in str(ProfileForm(renderer=PlainInputs())["time_zone"])
    assert not drawn


@pytest.mark.parametrize("signal", list(Signal))
def test_a_page_of_scales_is_the_same_whoever_draws_it(signal: Signal) -> None:
    pages = []
    for renderer in (PLAIN, DJANGOS):
        form = PracticeForm({"tension_before": "3", "client_id": '"><script>'}, signal=signal, renderer=renderer)
        pages.append(str(form))
    assert pages[0] == pages[1]
    assert "&quot;&gt;&lt;script&gt;" in pages[0]
