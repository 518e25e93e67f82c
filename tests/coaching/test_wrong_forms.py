"""A form that was refused says so at the top, with a link to each wrong answer, which names its error itself.

Every form there is, read from the pages: each is sent with answers that cannot be, and with none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from tests.coaching.every_page import MEMBER, VISITOR, pages
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text
from tests.coaching.test_every_form_listens import BUTTON, FORM, HIDDEN, attribute

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

MAKERS = {VISITOR: a_visitor, MEMBER: a_member}
NAME = re.compile(r"<(input|textarea|select)\b[^>]*?\bname=\"([^\"]+)\"[^>]*>")
NO_SENSE = "☃ no such thing"
VOID = {"input", "br", "img", "link", "meta", "hr", "wbr", "source", "path", "circle", "line", "rect"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    above: "Element | None"
    words: str = ""
    inside: list["Element"] = field(default_factory=list)

    def all(self) -> Iterator["Element"]:
        for one in self.inside:
            yield one
            yield from one.all()

    def text(self) -> str:
        return f"{self.words} {' '.join(one.text() for one in self.inside)}"


class Tree(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = self.here = Element("page", {}, None)
        self.feed(html)
        self.by_id = {one.attributes["id"]: one for one in self.root.all() if "id" in one.attributes}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.inside.append(one)
        if tag not in VOID:
            self.here = one

    def handle_endtag(self, tag: str) -> None:
        above: Element | None = self.here
        while above and above.tag != tag:
            above = above.above
        if above and above.above:
            self.here = above.above

    def handle_data(self, data: str) -> None:
        self.here.words += data


def faults_of(html: str) -> list[str]:
    """What a person who was refused would miss on this page."""
    tree = Tree(html)
    summary = tree.by_id.get("error-summary")
    if summary is None:
        return ["no summary"]
    links = [one for one in summary.all() if one.tag == "a"]
    faults = [] if summary.attributes.get("tabindex") == "-1" else ["no focus"]
    for link in links:
        target = tree.by_id.get(link.attributes["href"].removeprefix("#"))
        [what] = [one.text().strip() for one in link.all() if one.attributes.get("class") == "what"]
        if target is None or target.tag not in {"input", "select", "textarea"}:
            faults.append(f"{link.attributes['href']} leads nowhere")
        elif what not in " ".join(described(tree, target)):
            faults.append(f"{link.attributes['href']} is not tied to: {what}")
    return faults


def described(tree: Tree, target: Element) -> Iterator[str]:
    """The texts that are read with an answer, or with the group it is in."""
    above: Element | None = target
    while above:
        for name in above.attributes.get("aria-describedby", "").split():
            yield tree.by_id[name].text() if name in tree.by_id else f"(no {name})"
        above = above.above


def sent_wrongly(client: Client, whose: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each form that is sent, once a view and set of fields: what it is, where it goes, what goes."""
    person = MAKERS[whose](client)
    a_plan(person)
    seen = set()
    for page in pages(person, whose):
        for head, inner in FORM.findall(text(client.get(page.path))):
            if attribute("method", head).lower() != "post":
                continue
            address = urljoin(page.path, attribute("action", head))
            fixed = dict([*HIDDEN.findall(inner), *BUTTON.findall(inner)[:1]])
            names = {name for _, name in NAME.findall(inner)} - set(fixed) - {"csrfmiddlewaretoken"}
            kind = (resolve(urlsplit(address).path.removeprefix("/es")).view_name, *sorted(names))
            if names and kind not in seen:
                seen.add(kind)
                yield f"{page.path} -> {address}", address, {**fixed, **dict.fromkeys(names, NO_SENSE)}
                yield f"{page.path} -> {address} (empty)", address, fixed


@pytest.mark.parametrize("whose", [VISITOR, MEMBER])
def test_each_refused_form_has_a_summary_with_links_and_ties_each_answer_to_its_error(
    client: Client, whose: str
) -> None:
    refused, faults = 0, {}
    for name, address, sent in sent_wrongly(client, whose):
        answer = client.post(address, sent)
        if answer.status_code in (400, 422) and answer.content:
            refused += 1
            if found := faults_of(text(answer)):
                faults[name] = found
    assert faults == {}
    assert refused > 10


RADIO = re.compile(r'<input\b(?=[^>]*\btype="radio")[^>]*>')


@pytest.mark.parametrize("whose", [VISITOR, MEMBER])
def test_every_tap_that_need_not_be_given_can_be_taken_back(client: Client, whose: str) -> None:
    person = MAKERS[whose](client)
    a_plan(person)
    stuck, groups = {}, 0
    for page in pages(person, whose):
        taps: dict[str, list[str]] = {}
        for tag in RADIO.findall(text(client.get(page.path))):
            taps.setdefault(attribute("name", tag), []).append(tag)
        groups += len(taps)
        for name, tags in taps.items():
            must = any(re.search(r"\brequired\b|\bchecked\b", tag) for tag in tags)
            if not must and not any('value=""' in tag for tag in tags):
                stuck[f"{page.path} {name}"] = len(tags)
    assert stuck == {}
    assert groups > 20
