"""What is wrong with a bundle that the public validators let through: it is looked for before a record leaves.

Each fault is one line: where it is, and what. The rules are those of FHIR R4: bdl-7 (a fullUrl once), que-1 (a group
holds something), que-2 (a linkId once), obs-6 (a value, or why there is none), qty-3 (a code names its system), json
("no empty array"), string (only plain spaces, no control signs), and of a QuestionnaireResponse that it answers
questions that were asked, with answers that they take.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from coaching.core.record.codes import LEAST_VALUE, MOST_VALUE

NO_STRING = re.compile(r"[^\S \t\r\n]|[\x00-\x08\x0e-\x1f\u180e\ufeff\ud800-\udfff]")
"""What is a space to some program and not one of the four that a string may hold; control signs; halves of letters."""

Node = Mapping[str, Any]


def faults(bundle: Node) -> tuple[str, ...]:
    resources = [entry.get("resource", {}) for entry in bundle.get("entry", [])]
    questions = {f"{one.get('url')}|{one.get('version')}": one for one in _of("Questionnaire", resources)}
    return (
        *_of_any_value(bundle, "Bundle"),
        *_of_addresses(bundle),
        *(line for one in _of("Observation", resources) for line in _of_observation(one)),
        *(line for one in questions.values() for line in _of_questions(one)),
        *(line for one in _of("QuestionnaireResponse", resources) for line in _of_response(one, questions)),
    )


def _of(kind: str, resources: Iterable[Node]) -> list[Node]:
    return [one for one in resources if one.get("resourceType") == kind]


# --- Any value --------------------------------------------------------------------------


def _of_any_value(value: Any, where: str) -> Iterator[str]:
    if value in ({}, [], "", None):
        yield f"{where}: it is empty"
    elif isinstance(value, str):
        if NO_STRING.search(value) or not value.strip():
            yield f"{where}: a sign that no string takes"
    elif isinstance(value, Mapping):
        if _is_code(value, where) and "system" not in value:
            yield f"{where}: a code without its system"
        for name, inner in value.items():
            yield from _of_any_value(inner, f"{where}.{name}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _of_any_value(inner, f"{where}[{place}]")


def _is_code(value: Node, where: str) -> bool:
    """A Coding or a Quantity; other things have a `code` too, and theirs is no text."""
    return isinstance(value.get("code"), str) and "resourceType" not in value and "linkId" not in value


# --- Addresses --------------------------------------------------------------------------


def _of_addresses(bundle: Node) -> Iterator[str]:
    addresses = [entry.get("fullUrl", "") for entry in bundle.get("entry", [])]
    for address in sorted({one for one in addresses if addresses.count(one) > 1}):
        yield f"{address}: two entries have this fullUrl"
    known = set(addresses)
    for reference in _references(bundle):
        if reference not in known:
            yield f"{reference}: nothing here has this address"


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("reference"), str):
            yield value["reference"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


# --- Observations -----------------------------------------------------------------------


def _of_observation(observation: Node) -> Iterator[str]:
    for part in (observation, *observation.get("component", [])):
        has_value = any(name.startswith("value") for name in part)
        if has_value and "dataAbsentReason" in part:
            yield "Observation: a value beside the reason why there is none"
        if not has_value and "dataAbsentReason" not in part and not part.get("component"):
            yield "Observation: no value, and no reason why"


# --- Questions and answers --------------------------------------------------------------


def _items(node: Node) -> Iterator[Node]:
    for item in node.get("item", []):
        yield item
        yield from _items(item)


def _of_questions(questions: Node) -> Iterator[str]:
    name, links = questions.get("url"), [item.get("linkId") for item in _items(questions)]
    for link in sorted({str(one) for one in links if links.count(one) > 1}):
        yield f"{name}: two items are called {link}"
    for item in _items(questions):
        if item.get("type") == "group" and not item.get("item"):
            yield f"{name}: the group {item.get('linkId')} holds nothing"


def _of_response(response: Node, questions: Mapping[str, Node]) -> Iterator[str]:
    asked = questions.get(response.get("questionnaire", ""))
    if asked is None:
        yield f"{response.get('questionnaire')}: these questions are not in the bundle"
        return
    known = {item.get("linkId"): item for item in _items(asked)}
    for item in _items(response):
        question = known.get(item.get("linkId"))
        if question is None:
            yield f"{item.get('linkId')}: no such question was asked"
            continue
        for answer in item.get("answer", []):
            if not _is_taken(question, answer):
                yield f"{item.get('linkId')}: the question does not take this answer"


def _is_taken(question: Node, answer: Node) -> bool:
    if question.get("type") == "choice":
        offered = [_coded(option) for option in question.get("answerOption", [])]
        return _coded(answer) in offered
    limits = {one.get("url"): one.get("valueInteger") for one in question.get("extension", [])}
    number = answer.get("valueInteger")
    return type(number) is int and limits[LEAST_VALUE] <= number <= limits[MOST_VALUE]


def _coded(answer: Node) -> tuple[Any, Any]:
    coding = answer.get("valueCoding", {})
    return coding.get("system"), coding.get("code")
