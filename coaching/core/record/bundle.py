"""One person's answers as a FHIR R4 (4.0.1) `collection` bundle.

It holds the questions as they were asked, the answers, one figure for each whole scale, a Patient with what the person
chose to give and nothing else, and a Provenance that says who said all this: they themselves. It is no International
Patient Summary and is never called one: that asks for problems, allergies and medicines, of which we know nothing.

Half a scale is no figure and is left out, as are answers to questions of a version that we do not know. Of two answers
on one day the later holds. Nothing here names a row of ours: every address in a record is made for that record.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from accounts.core.typed import one_line
from coaching.core.intake.answers import AnswerError, whole_number
from coaching.core.intake.questionnaires import ITEM
from coaching.core.record.codes import CATEGORIES, ITEM_CODES, LOINC, PARTICIPANTS, SCORE, UCUM
from coaching.core.record.scales import (
    ASKED,
    ASKED_VERSIONS,
    GAD7,
    PHQ2,
    PHQ4,
    Asked,
    Resource,
    is_often,
    link_id,
    often_coding,
    questionnaire,
)

SELF_REPORTED = "Self-reported by the person. Nobody has checked it, and it is no diagnosis."
GAD2_ITEMS = ("gad_1", "gad_2")


@dataclass(frozen=True, kw_only=True)
class Given:
    """The answers of one day, and the version of the questions that were asked."""

    on: date
    version: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Who:
    """What the person chose to say of who they are: nothing, unless they did."""

    name: str = ""
    born: date | None = None


@dataclass(frozen=True, kw_only=True)
class Making:
    """What a record is made with. `address` gives each thing in it an address of its own, such as urn:uuid:..."""

    site: str
    at: datetime
    address: Callable[[str], str]
    who: Who = field(default_factory=Who)
    scales: Collection[str] = frozenset(ASKED)


Entry = tuple[str, Resource]


def record(days: Sequence[Given], making: Making) -> Resource:
    """The whole bundle: the person, the questions, then day by day the answers and their figures."""
    patient = making.address("patient")
    known = _day_by_day(_checked(one) for one in days if one.version in ASKED_VERSIONS)
    told = [entry for one in known for entry in _of_day(one, making, patient)]
    entries = [(patient, _patient(making.who)), *_questions(known, making), *told]
    if told:
        entries.append((making.address("provenance"), _provenance(told, making, patient)))
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": making.at.isoformat(timespec="seconds"),
        "entry": [{"fullUrl": address, "resource": resource} for address, resource in entries],
    }


def told_by_day(days: Sequence[Given], scales: Collection[str]) -> list[tuple[date, Mapping[str, int]]]:
    """What a record of these scales tells, day by day, oldest first: so that a page beside it tells no more."""
    known = _day_by_day(_checked(one) for one in days if one.version in ASKED_VERSIONS)
    return [(one.on, {name: one.answers[name] for name in _told_names(one, scales)}) for one in known]


def _told_names(given: Given, scales: Collection[str]) -> list[str]:
    whole = [name for scale in _wanted(scales) if _is_whole(scale, given) for name in scale.items]
    return [*whole, *(GAD2_ITEMS if _has_gad2_alone(given, scales) else ())]


def _checked(given: Given) -> Given:
    """Only what is an answer to these questions."""
    numbers = {name: _number(name, given.answers.get(name)) for name in ITEM_CODES}
    answers = {name: number for name, number in numbers.items() if number is not None}
    return Given(on=given.on, version=given.version, answers=answers)


def _day_by_day(given: Iterable[Given]) -> list[Given]:
    """One of each day and version, oldest first; what came later on a day takes the place of what stood."""
    days: dict[tuple[date, str], Given] = {}
    for one in given:
        before = days.get((one.on, one.version))
        days[one.on, one.version] = replace(one, answers={**before.answers, **one.answers}) if before else one
    return [days[key] for key in sorted(days)]


def _number(name: str, value: Any) -> int | None:
    try:
        return whole_number(name, value, 0, ITEM[name].high)
    except AnswerError:
        return None


def _is_whole(scale: Asked, given: Given) -> bool:
    return all(name in given.answers for name in scale.items)


def _wanted(scales: Collection[str]) -> Iterator[Asked]:
    return (scale for slug, scale in ASKED.items() if slug in scales)


def _has_gad2_alone(given: Given, scales: Collection[str]) -> bool:
    """No sum of the two has a code, so they stand by themselves where no scale holds them."""
    if GAD7.slug not in scales or _is_whole(GAD7, given):
        return False
    in_phq4 = PHQ4.slug in scales and _is_whole(PHQ4, given)
    return not in_phq4 and all(name in given.answers for name in GAD2_ITEMS)


def _questions(days: Sequence[Given], making: Making) -> Iterator[Entry]:
    """Each scale once for every version in which it was answered."""
    for scale in _wanted(making.scales):
        asked = [
            one for one in days if _is_whole(scale, one) or (scale is GAD7 and _has_gad2_alone(one, making.scales))
        ]
        for version in sorted({one.version for one in asked}):
            address = making.address(f"questions {scale.slug} {version}")
            yield address, questionnaire(scale, site=making.site, version=version)


def _of_day(given: Given, making: Making, patient: str) -> Iterator[Entry]:
    day = _Day(given=given, making=making, patient=patient)
    for scale in _wanted(making.scales):
        if _is_whole(scale, given):
            yield from day.scale(scale)
    if _has_gad2_alone(given, making.scales):
        yield from (day.item(name) for name in GAD2_ITEMS)


@dataclass(frozen=True, kw_only=True)
class _Day:
    given: Given
    making: Making
    patient: str

    def _address(self, what: str) -> str:
        return self.making.address(f"{what} {self.given.on.isoformat()} {self.given.version}")

    def scale(self, scale: Asked) -> Iterator[Entry]:
        response = self._address(f"response {scale.slug}")
        yield response, self._response(scale)
        for figure in (scale, PHQ2) if scale is PHQ4 else (scale,):
            yield self._address(f"figure {figure.slug}"), self._figure(figure, response)

    def item(self, name: str) -> Entry:
        told = self._observation(ITEM_CODES[name], ITEM[name].question)
        return self._address(f"item {name}"), told | self._value(name)

    def _response(self, scale: Asked) -> Resource:
        answers = [{"linkId": link_id(scale, name), "answer": [self._answer(name)]} for name in scale.items]
        return {
            "resourceType": "QuestionnaireResponse",
            "questionnaire": scale.canonical(self.making.site, self.given.version),
            "status": "completed",
            "subject": {"reference": self.patient},
            "authored": self.given.on.isoformat(),
            "source": {"reference": self.patient},
            "item": [{"linkId": scale.slug, "item": answers}],
        }

    def _figure(self, scale: Asked, response: str) -> Resource:
        parts = [{"code": _code(ITEM_CODES[name], ITEM[name].question), **self._value(name)} for name in scale.items]
        return {
            **self._observation(scale.total, scale.title),
            "valueQuantity": _quantity(scale.figure(self.given.answers)),
            "derivedFrom": [{"reference": response}],
            "component": parts,
        }

    def _observation(self, code: str, words: str) -> Resource:
        return {
            "resourceType": "Observation",
            "status": "final",
            "category": [{"coding": [{"system": CATEGORIES, "code": "survey"}]}],
            "code": _code(code, words),
            "subject": {"reference": self.patient},
            "effectiveDateTime": self.given.on.isoformat(),
            "performer": [{"reference": self.patient}],
        }

    def _answer(self, name: str) -> Resource:
        answer = self.given.answers[name]
        return {"valueCoding": often_coding(answer)} if is_often(name) else {"valueInteger": answer}

    def _value(self, name: str) -> Resource:
        answer = self.given.answers[name]
        if is_often(name):
            return {"valueCodeableConcept": {"coding": [often_coding(answer)]}}
        return {"valueQuantity": _quantity(answer)}


def _code(code: str, words: str) -> Resource:
    return {"coding": [{"system": LOINC, "code": code}], "text": words}


def _quantity(value: float) -> Resource:
    return {"value": value, "unit": SCORE, "system": UCUM, "code": SCORE}


def _patient(who: Who) -> Resource:
    name = one_line(who.name)
    named = {"name": [{"text": name}]} if name else {}
    born = {"birthDate": who.born.isoformat()} if who.born else {}
    return {"resourceType": "Patient", **named, **born}


def _provenance(told: Sequence[Entry], making: Making, patient: str) -> Resource:
    author = {"coding": [{"system": PARTICIPANTS, "code": "author"}]}
    assembler = {"coding": [{"system": PARTICIPANTS, "code": "assembler"}]}
    return {
        "resourceType": "Provenance",
        "target": [{"reference": address} for address, _resource in told],
        "recorded": making.at.isoformat(timespec="seconds"),
        "reason": [{"text": SELF_REPORTED}],
        "agent": [
            {"type": author, "who": {"reference": patient}},
            {"type": assembler, "who": {"display": f"Unloop, {making.site}"}},
        ],
    }
