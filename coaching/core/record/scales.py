"""The three scales as a clinic's software reads them: their questions, as they were asked, under a version.

A version is that of the questions when somebody answered them, so what staff change of a scale later (its name, what
counts as a change) changes nothing in a record. `tests/coaching/test_record_fhir.py` holds the words of each version.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coaching.core.intake.questionnaires import GAD_CREDIT, ITEM, PEG_CREDIT
from coaching.core.questions.items import Item
from coaching.core.record.codes import (
    ITEM_CODES,
    LEAST_VALUE,
    LOINC,
    LOINC_NOTICE,
    MOST_VALUE,
    OFTEN_CODES,
    ORDINAL,
)

ASKED_VERSIONS = frozenset({"1", "2", "3"})
"""Versions of the questions in which these scales stand word for word as below. Others do not go into a record."""

Resource = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One scale. `panel` is the code of its questions, empty where there is none; `total` that of its figure.

    `divides_by` makes the figure of the sum: the PEG is told as the mean of its three answers.
    """

    slug: str
    title: str
    items: tuple[str, ...]
    total: str
    panel: str = ""
    credit: str
    divides_by: int = 1

    def url(self, site: str) -> str:
        return f"{site}/fhir/Questionnaire/{self.slug}"

    def canonical(self, site: str, version: str) -> str:
        return f"{self.url(site)}|{version}"

    def figure(self, answers: Mapping[str, int]) -> float | int:
        """What is told of a whole set of answers: their sum, or their mean to one decimal."""
        total = sum(answers[name] for name in self.items)
        return total if self.divides_by == 1 else round(total / self.divides_by, 1)


PEG = Asked(
    slug="peg",
    title="PEG: pain, enjoyment, general activity",
    items=("peg_1", "peg_2", "peg_3"),
    total="91147-9",
    credit=PEG_CREDIT,
    divides_by=3,
)
GAD7 = Asked(
    slug="gad-7",
    title="GAD-7",
    items=tuple(f"gad_{number}" for number in range(1, 8)),
    total="70274-6",
    panel="69737-5",
    credit=GAD_CREDIT,
)
PHQ4 = Asked(
    slug="phq-4",
    title="PHQ-4",
    items=("gad_1", "gad_2", "phq_1", "phq_2"),
    total="70272-0",
    panel="69724-3",
    credit=GAD_CREDIT,
)
PHQ2 = Asked(slug="phq-2", title="PHQ-2", items=("phq_1", "phq_2"), total="55758-7", credit=GAD_CREDIT)
"""A figure of its own that the PHQ-4 holds; its questions are asked with that one."""

ASKED: Mapping[str, Asked] = {one.slug: one for one in (PEG, GAD7, PHQ4)}


def link_id(scale: Asked, name: str) -> str:
    return f"{scale.slug}/{scale.items.index(name) + 1}"


def is_often(name: str) -> bool:
    """Whether a question is answered in words, 0 to 3; the others are numbers from 0 to 10."""
    return bool(ITEM[name].options)


def often_coding(answer: int) -> Resource:
    words = ITEM["gad_1"].options[answer].words
    return {"system": LOINC, "code": OFTEN_CODES[answer], "display": words}


def questionnaire(scale: Asked, *, site: str, version: str) -> Resource:
    """The questions word for word, under an address that stays."""
    coded = {"code": [{"system": LOINC, "code": scale.panel}]} if scale.panel else {}
    return {
        "resourceType": "Questionnaire",
        "url": scale.url(site),
        "version": version,
        "name": scale.slug.replace("-", "").upper(),
        "title": scale.title,
        "status": "active",
        "subjectType": ["Patient"],
        "copyright": f"{scale.credit} {LOINC_NOTICE}",
        **coded,
        "item": [_group(scale)],
    }


def _group(scale: Asked) -> Resource:
    stem = ITEM[scale.items[0]].stem
    told = {"text": stem} if stem else {"text": scale.title}
    return {
        "linkId": scale.slug,
        "type": "group",
        **told,
        "item": [_question(scale, name) for name in scale.items],
    }


def _question(scale: Asked, name: str) -> Resource:
    item = ITEM[name]
    question = {
        "linkId": link_id(scale, name),
        "code": [{"system": LOINC, "code": ITEM_CODES[name]}],
        "text": item.question,
    }
    return question | (_in_words() if item.options else _in_numbers(item))


def _in_words() -> Resource:
    return {"type": "choice", "answerOption": [_option(answer) for answer in range(len(OFTEN_CODES))]}


def _option(answer: int) -> Resource:
    ordinal = {"url": ORDINAL, "valueDecimal": answer}
    return {"valueCoding": {"extension": [ordinal], **often_coding(answer)}}


def _in_numbers(item: Item) -> Resource:
    ends = f" (0: {item.low_words}; {item.high}: {item.high_words})"
    return {
        "type": "integer",
        "text": item.question + ends,
        "extension": [
            {"url": LEAST_VALUE, "valueInteger": item.low},
            {"url": MOST_VALUE, "valueInteger": item.high},
        ],
    }
