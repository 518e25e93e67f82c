"""The codes by which other software knows our scales, and whose notices go with them.

Every LOINC code here is one of the table in which we looked them up, code by code; a code that is not there is not
sent. No display name of LOINC's is copied: software looks it up, and people read our own words beside it.

    PEG     91147-9 mean of three answers 0 to 10; its items 75893-8, 91145-3, 91146-1
            (AHRQ CDS Connect, pain management summary: its reader takes one Observation with three components)
    GAD-7   69737-5 the questions, 70274-6 the sum 0 to 21
    PHQ-4   69724-3 the questions, 70272-0 the sum 0 to 12
    PHQ-2   55758-7 the sum 0 to 6
    answers 0 to 3 are the list LL358-3
    GAD-2   has no code for its sum that we know of: its two answers are sent, and no sum
"""

from collections.abc import Mapping

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
PARTICIPANTS = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
LEAST_VALUE = "http://hl7.org/fhir/StructureDefinition/minValue"
MOST_VALUE = "http://hl7.org/fhir/StructureDefinition/maxValue"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
SCORE = "{score}"
"""UCUM's own way to write a number that has no unit but is a score."""

ITEM_CODES: Mapping[str, str] = {
    "peg_1": "75893-8",
    "peg_2": "91145-3",
    "peg_3": "91146-1",
    "gad_1": "69725-0",
    "gad_2": "68509-9",
    "gad_3": "69733-4",
    "gad_4": "69734-2",
    "gad_5": "69735-9",
    "gad_6": "69689-8",
    "gad_7": "69736-7",
    "phq_1": "44250-9",
    "phq_2": "44255-8",
}
"""Our name of an answer -> its LOINC code."""

OFTEN_CODES = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")
"""The answers 0 to 3: not at all, several days, more than half the days, nearly every day."""

LOINC_NOTICE = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. "
    "and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the "
    "license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, "
    "Inc."
)
