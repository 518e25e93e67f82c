"""What the texts of the library must keep among themselves, so that what a reader is told is true.

- No danger sign borrows the words of another, and none that needs care today or now holds a comfort.
- One result of one source has one strength, wherever it is told.
- Nobody is told a thing "from memory": either a source was checked, or the claim goes.
- What keeps people safe is there in every language that has pages about it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from content.core.texts.checks import Finding
from content.core.texts.strengths import Claim, claims_in, claims_of, texts_of
from content.core.vocabulary import Level, Need
from content.files.library import Entry, Library

Findings = Iterator[tuple[Entry, Finding]]

SENTENCE = re.compile(r"(?<=[.!?])\s+")
COMFORT = re.compile(
    r"\b(?:harmless|nothing (?:bad|serious)|not serious|turn out (?:to be )?fine|be fine|do not worry|don['’]t worry"
    r"|no need to worry|rarely|unlikely|no es nada|no te preocupes|inofensiv\w+|poco probable|tranquil[oa])\b",
    re.IGNORECASE,
)
FROM_MEMORY = re.compile(r"\bfrom memory\b|\bno source was checked\b|\bde memoria\b", re.IGNORECASE)
FOR_STAFF = {
    "reference": {"note"},
    "danger_sign": {"source_note", "worry"},
    "caution": {"source_note"},
    "demand_caution": {"source_note"},
    "crisis_line": {"corroborated"},
    "scale": {"source_note"},
}
"""Fields that no reader sees: what was checked so far, for whoever checks next."""

OUTCOME_OF_NEED = {Need.WORRY: "anxiety", Need.AROUSAL: "anxiety", Need.SLEEP: "sleep"}
IN_SPANISH = {
    "danger_sign": ("question", "advice"),
    "caution": ("words",),
    "demand_caution": ("words",),
    "condition": ("label",),
    "scale": ("name", "anyway"),
    "crisis_line": ("country",),
}


def truth_findings(library: Library) -> Findings:
    yield from signs_without_advice(library)
    yield from shared_comfort(library)
    yield from unequal_strengths(library)
    yield from told_from_memory(library)
    yield from missing_in_spanish(library)


def signs_without_advice(library: Library) -> Findings:
    for entry in library.of("danger_sign").values():
        if not entry.values["advice"]:
            yield entry, Finding(field="advice", message=f"{entry.key} has no words of its own for who ticks it")


def shared_comfort(library: Library) -> Findings:
    signs = list(library.of("danger_sign").values())
    for name in ("advice", "advice_es"):
        seen: dict[str, str] = {}
        for entry in signs:
            for sentence in filter(None, SENTENCE.split(entry.values[name])):
                first = seen.setdefault(sentence.casefold(), entry.key)
                if first != entry.key:
                    message = f'{entry.key} shares a sentence with {first}: "{sentence}"'
                    yield entry, Finding(field=name, message=message)
            is_urgent = entry.values["level"] in (Level.NOW, Level.TODAY)
            if is_urgent and (comfort := COMFORT.search(entry.values[name])):
                yield entry, Finding(field=name, message=f'{entry.key} comforts where care is due: "{comfort[0]}"')


def unequal_strengths(library: Library) -> Findings:
    told: dict[tuple[str, str], list[tuple[Entry, Claim]]] = defaultdict(list)
    for entry in library.entries:
        for claim in _claims(entry):
            told[claim.reference, claim.outcome].append((entry, claim))
    for (reference, outcome), claims in sorted(told.items()):
        first = claims[0][1]
        for entry, claim in claims[1:]:
            if claim.strength is not first.strength:
                message = (
                    f"calls the effect on {outcome} {claim.strength.value} by [^{reference}], "
                    f"and {claims[0][0].file} calls it {first.strength.value}"
                )
                yield entry, Finding(field="", message=message)


def _claims(entry: Entry) -> Iterator[Claim]:
    if entry.noun in ("lesson", "variant", "tip"):
        for text in texts_of(entry.values):
            yield from claims_in(text)
    elif entry.noun == "evidence" and len(entry.values["sources"]) == 1:
        outcome = OUTCOME_OF_NEED.get(Need(entry.values["need"]), "pain")
        for sentence in SENTENCE.split(f"{entry.values['note']} {entry.values['benefit']}"):
            # A row is about one need; its sentences need not name the outcome again.
            yield from claims_of(f"{outcome} {sentence}", entry.values["sources"][0])


def told_from_memory(library: Library) -> Findings:
    for entry in library.entries:
        for name, value in entry.values.items():
            if name not in FOR_STAFF.get(entry.noun, ()) and any(FROM_MEMORY.search(text) for text in texts_of(value)):
                message = "tells a reader what is from memory: check a source, or let the claim go"
                yield entry, Finding(field=name, message=message)


def missing_in_spanish(library: Library) -> Findings:
    for noun, names in IN_SPANISH.items():
        for entry in library.of(noun).values():
            for name in names:
                if entry.values[name] and not entry.values[f"{name}_es"]:
                    yield entry, Finding(field=f"{name}_es", message=f"{entry.key} is not there in Spanish")
