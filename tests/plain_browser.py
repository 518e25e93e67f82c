"""A browser without scripts, as far as a journey needs one: it reads the forms of a page, fills in what is there, and
sends what such a browser would send. A field, a choice or a button that the page does not hold is an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

Values = dict[str, list[str]]


@dataclass
class Form:
    action: str = ""
    method: str = "get"
    values: Values = field(default_factory=dict)
    choices: dict[str, set[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    """Words, name and value of each, in their order."""


class Page(HTMLParser):
    """The forms and the links of one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self._form: Form | None = None
        self._by_name: dict[str, Form] = {}
        self._words: list[str] | None = None
        self._open: dict[str, str] = {}
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = self._named(told.get("id", ""))
            self._form.action, self._form.method = told.get("action", ""), told.get("method", "get").lower()
            self.forms.append(self._form)
        if tag in ("a", "button", "textarea"):
            self._words, self._open = [], {"tag": tag, **told}
        form = self._named(told["form"]) if "form" in told else self._form
        if form and tag in ("input", "select", "option"):
            self._take(form, tag, told)

    def _named(self, name: str) -> Form:
        """A field may stand before the form that it says it belongs to."""
        return self._by_name.setdefault(name, Form()) if name else Form()

    def _take(self, form: Form, tag: str, told: Mapping[str, str]) -> None:
        name = told.get("name", "")
        if tag == "select":
            self._select = name
            form.choices.setdefault(name, set())
        elif tag == "option":
            form.choices[self._select].add(told.get("value", ""))
            if "selected" in told or self._select not in form.values:
                form.values[self._select] = [told.get("value", "")]
        elif told.get("type") in ("radio", "checkbox"):
            form.choices.setdefault(name, set()).add(told.get("value", "on"))
            if "checked" in told:
                form.values.setdefault(name, []).append(told.get("value", "on"))
        elif name:
            form.values[name] = [told.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if self._words is None or tag != self._open["tag"]:
            return
        words, told, self._words = " ".join("".join(self._words).split()), self._open, None
        if tag == "a":
            self.links.setdefault(words, told.get("href", ""))
        elif (form := self._named(told["form"]) if "form" in told else self._form) is None:
            return
        elif tag == "button" and told.get("type") != "button":
            form.buttons.append((words, told.get("name", ""), told.get("value", "")))
        elif tag == "textarea":
            form.values[told.get("name", "")] = [words]


@dataclass
class PlainBrowser:
    client: Client
    page: Page = field(default_factory=lambda: Page(""))
    address: str = ""

    def go(self, address: str) -> Page:
        return self._arrive(self.client.get(address, follow=True), address)

    def follow(self, words: str) -> Page:
        return self.go(self.page.links[words])

    def press(self, words: str, **told: Any) -> Page:
        """The button of these words, in the form that has it and all that is told."""
        form = next(
            form
            for form in self.page.forms
            if any(button[0] == words for button in form.buttons) and set(told) <= set(form.values) | set(form.choices)
        )
        sent = {**form.values, **{name: as_list(value) for name, value in told.items()}}
        for name, values in sent.items():
            allowed = form.choices.get(name)
            assert allowed is None or set(values) <= allowed, (name, values, allowed)
        name, value = next(button[1:] for button in form.buttons if button[0] == words)
        data = {**sent, **({name: [value]} if name else {})}
        send = self.client.post if form.method == "post" else self.client.get
        action = form.action or self.address
        return self._arrive(send(action, data, follow=True), action)

    def _arrive(self, answer: Any, address: str) -> Page:
        assert answer.status_code == 200, (address, answer.status_code)
        self.address = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        self.page = Page(answer.content.decode())
        return self.page


def as_list(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]
