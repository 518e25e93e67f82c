"""The form of a tool, built from its definition.

One Django form holds the single questions and every line of every list: the second line of
"steps" has the fields `steps-1-words` and `steps-1-fear`, and `steps-lines` says how many lines
there are. "Add a line" and "remove" send the page as it is; it comes back with all that was
typed, not yet checked and not yet kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.forms.fields import WordsField
from coaching.core.intake.questionnaires import MATTERS
from coaching.core.tools.shapes import OWN, Ask, Kind, Rows, Tool
from coaching.tools.fields import LATEST, Place, field_of, storable

Given = Mapping[str, Any]
LONGEST_OWN = 60
MOST_OWN = 20
HIGHEST_KEY = 9999
STEP_WORDS = 60


@dataclass(frozen=True, kw_only=True)
class Extras:
    """What is known of the person: options of their own, what matters to them, and their day."""

    own: Mapping[str, Sequence[str]] = field(default_factory=dict)
    matters: Sequence[str] = ()
    today: date = LATEST


class ToolForm(forms.Form):
    """`given` are answers, or an unchecked post, to show; with `data` the form is bound to a post.

    `spare` says how many empty lines to offer at the end of a list; without it, as many as the tool does.
    """

    client_id = forms.RegexField(r"^[A-Za-z0-9_-]{16,40}$", widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, max_value=10**6, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        tool: Tool,
        extras: Extras,
        *,
        data: QueryDict | None = None,
        given: Given | None = None,
        spare: Mapping[str, int] | None = None,
        entry: Given | None = None,
    ) -> None:
        self.tool, self.extras = tool, extras
        self.given = as_typed(tool, data) if data is not None else given or {}
        self.lines = {
            rows.id: _count(rows, self.given, 0 if data is not None else (spare or {}).get(rows.id))
            for rows in tool.rows
        }
        super().__init__(data, initial={**_initial(tool, self.given), **(entry or {})})
        self._add_questions()

    def _add_questions(self) -> None:
        for ask in self.tool.asks:
            self._add(ask, ask.id, ask.label)
            if ask.own:
                self.fields[own_name(ask)] = WordsField(label=ask.own, required=False, max_length=LONGEST_OWN)
        for rows in self.tool.rows:
            for number in range(self.lines[rows.id]):
                for ask in rows.asks:
                    self._add(ask, name_of(rows, number, ask), f"{rows.one} {number + 1}, {ask.label}", in_list=True)

    def _add(self, ask: Ask, name: str, called: str, *, in_list: bool = False) -> None:
        options = tuple(self._options(ask))
        called = called.rstrip("?…,.")
        place = Place(called=called, options=options, in_list=in_list, today=self.extras.today)
        self.fields[name] = field_of(ask, place)

    def _options(self, ask: Ask) -> list[tuple[str, str]]:
        if ask.line_of:
            return _lines_as_options(self.given.get(ask.line_of, []))
        options = [(option.code, option.words) for option in ask.options]
        if dict(options).keys() == MATTERS.keys():
            options.sort(key=lambda option: option[0] not in self.extras.matters)
        own = [*self.extras.own.get(ask.id, ()), *_own_among(self.given.get(ask.id))]
        return options + [(code, code.removeprefix(OWN)) for code in dict.fromkeys(own)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self._says_something():
            raise ValidationError("Nothing is written yet. A word is enough.")
        return cleaned

    def _says_something(self) -> bool:
        filled_in = {ask.id for ask in self.tool.asks if ask.is_filled_in}
        return any(name not in filled_in for name in self.written())

    def written(self) -> dict[str, Any]:
        """All that was written, also what is not to be stored."""
        values = {ask.id: self._one(ask) for ask in self.tool.asks}
        values |= {rows.id: self._list(rows) for rows in self.tool.rows}
        return {name: value for name, value in values.items() if not _is_empty(value)}

    def answers(self) -> dict[str, Any]:
        """What is to be stored."""
        written = self.written()
        dropped = {ask.id for ask in self.tool.asks if ask.dropped_by and written.get(ask.dropped_by)}
        return {name: value for name, value in written.items() if name not in dropped}

    def _one(self, ask: Ask) -> object:
        value = storable(self.cleaned_data.get(ask.id))
        added = self.cleaned_data.get(own_name(ask)) if ask.own else ""
        return list(dict.fromkeys([*(value or []), OWN + added])) if added else value

    def _list(self, rows: Rows) -> list[dict[str, Any]]:
        keys = self.keys(rows)
        lines = [
            {ask.id: storable(self.cleaned_data.get(name_of(rows, number, ask))) for ask in rows.asks}
            for number in range(self.lines[rows.id])
        ]
        kept = [{name: value for name, value in line.items() if not _is_empty(value)} for line in lines]
        return [{"key": key, **line} if rows.keyed else line for key, line in zip(keys, kept, strict=True) if line]

    def keys(self, rows: Rows) -> list[int]:
        """The number of each line that stays with it; a new line gets the next one."""
        return _keys(self.given.get(rows.id, []), self.lines[rows.id])


def name_of(rows: Rows, number: int, ask: Ask) -> str:
    return f"{rows.id}-{number}-{ask.id}"


def own_name(ask: Ask) -> str:
    return f"{ask.id}-own"


def as_typed(tool: Tool, data: QueryDict) -> dict[str, Any]:
    """A post as it stands, unchecked, in the shape of answers; empty lines stay in their places."""
    typed: dict[str, Any] = {}
    for ask in tool.asks:
        typed[ask.id] = data.getlist(ask.id) if ask.kind is Kind.TICKS else data.get(ask.id, "")
        if ask.own:
            typed[own_name(ask)] = data.get(own_name(ask), "")
    for rows in tool.rows:
        count = _whole(data.get(f"{rows.id}-lines"), rows.most)
        typed[rows.id] = [_typed_line(rows, number, data) for number in range(count)]
    return typed


def without_line(given: Given, rows: str, number: int) -> dict[str, Any]:
    lines = [line for place, line in enumerate(given.get(rows, [])) if place != number]
    return {**given, rows: lines}


def typed_text(tool: Tool, data: QueryDict) -> list[str]:
    """Every line and text of a post, to be copied by hand when it cannot be kept."""
    names = [ask.id for ask in tool.asks if ask.kind in (Kind.LINE, Kind.TEXT)]
    for rows in tool.rows:
        asks = [ask for ask in rows.asks if ask.kind in (Kind.LINE, Kind.TEXT)]
        names += [name_of(rows, number, ask) for number in range(rows.most) for ask in asks]
    return [words for name in names if (words := data.get(name, "").strip())]


def _typed_line(rows: Rows, number: int, data: QueryDict) -> dict[str, Any]:
    line: dict[str, Any] = {ask.id: data.get(name_of(rows, number, ask), "") for ask in rows.asks}
    return line | {"key": _whole(data.get(f"{rows.id}-{number}-key"), HIGHEST_KEY)} if rows.keyed else line


def _count(rows: Rows, given: Given, spare: int | None) -> int:
    """How many lines to show. A list that is new gets its usual number of empty ones, one that is not gets one more."""
    written = len(given.get(rows.id, []))
    if spare is None:
        spare = max(1, rows.blank - written)
    return min(rows.most, written + spare)


def _initial(tool: Tool, given: Given) -> dict[str, Any]:
    asked = {name: value for name, value in given.items() if not _is_list_of_lines(value)}
    for rows in tool.rows:
        for number, line in enumerate(given.get(rows.id, [])):
            asked |= {f"{rows.id}-{number}-{name}": value for name, value in line.items()}
    return asked


def _is_list_of_lines(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(each, Mapping) for each in value)


def _keys(lines: Sequence[Mapping[str, Any]], count: int) -> list[int]:
    keys: list[int] = []
    highest = max((line.get("key", 0) for line in lines), default=0)
    for number in range(count):
        told = lines[number].get("key", 0) if number < len(lines) else 0
        if not told or told in keys:
            highest += 1
            told = highest
        keys.append(told)
    return keys


def _lines_as_options(lines: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    keys = _keys(lines, len(lines))
    told = [(str(key), str(line.get("words") or "")) for key, line in zip(keys, lines, strict=True)]
    return [(key, words[:STEP_WORDS]) for key, words in told if words.strip()]


def _own_among(value: object) -> list[str]:
    codes = value if isinstance(value, list) else []
    mine = [code for code in codes if isinstance(code, str) and code.startswith(OWN)]
    return [code for code in mine if len(code) <= LONGEST_OWN + len(OWN)][:MOST_OWN]


def _whole(value: str | None, most: int) -> int:
    return min(int(value), most) if value and value.isdecimal() and len(value) < 6 else 0


def _is_empty(value: object) -> bool:
    return value is None or value is False or value in ("", [])
