"""Form fields for what rows keep as lists and tables, so that nobody has to type JSON."""

import tomllib
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget

from content.core.files.shapes import Reader, ShapeError
from content.core.files.toml import as_toml
from content.core.vocabulary import Term


class TermsField(forms.MultipleChoiceField):
    """Ticks from one closed vocabulary, kept as a list of ids in the vocabulary's order."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, vocabulary: type[Term], **kwargs: Any) -> None:
        super().__init__(choices=vocabulary.choices, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(initial or []) != set(data or [])


class TableField(forms.CharField):
    """A small table, typed as in the library files."""

    def __init__(self, read: Reader, rows: int = 8, **kwargs: Any) -> None:
        self.read = read
        kwargs["widget"] = AdminTextareaWidget(attrs={"rows": rows, "class": "vLargeTextField typed"})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else as_toml(self.as_table(value))

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).replace("\r\n", "\n")
        try:
            return self.read(self.from_table(tomllib.loads(typed)))
        except tomllib.TOMLDecodeError as error:
            raise forms.ValidationError(f"This is not written as in the example: {error}.") from None
        except ShapeError as error:
            raise forms.ValidationError(f"This {error}.") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.clean(data))
        except forms.ValidationError:
            return True

    def as_table(self, value: Any) -> dict[str, Any]:
        return dict(value)

    def from_table(self, table: dict[str, Any]) -> Any:
        return table


class RowsField(TableField):
    """A list of small tables under one name, typed as in the library files."""

    def __init__(self, name: str, read: Reader, **kwargs: Any) -> None:
        self.name = name
        super().__init__(read, **kwargs)

    def as_table(self, value: Any) -> dict[str, Any]:
        return {self.name: value}

    def from_table(self, table: dict[str, Any]) -> Any:
        if unknown := sorted(table.keys() - {self.name}):
            raise ShapeError(f"has an unknown part: {', '.join(unknown)}; each entry begins with [[{self.name}]]")
        return table.get(self.name, [])
