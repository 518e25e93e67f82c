"""The knowledge files hold every row that was agreed, and name only what exists.

The lists below were typed by hand from the agreed tables, apart from the files they
judge. A row that goes missing, or whose grade or action drifts, is named here.
"""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from content.core.demands import Demand
from content.core.texts.wording import avoided_words
from content.core.vocabulary import (
    DERIVED_CONDITIONS,
    Condition,
    Family,
    Grade,
    Level,
    Limit,
    Need,
    Verification,
)

LIBRARY = Path(__file__).parents[2] / "content" / "library"
ROWS_OF_EVIDENCE = 82
ROWS_OF_CAUTIONS = 113
DANGER_SIGNS = 25

EVIDENCE = """
arousal    breathing B, pmr B, imagery C, mindfulness B, cbt_thought B, cbt_worry B, walking B, yoga B-, sleep C
worry      cbt_worry B, cbt_thought B, mindfulness B, education B-, exposure C, walking C
tension    pmr C, breathing C, heat C, yoga B, walking B-, imagery C, posture_advice D
panic      exposure C, cbt_thought B, breathing C, walking C, mindfulness C, pmr X
fear_avoid pacing B, exposure B, walking A-, education B, cbt_thought B, yoga B, breathing C, facts_passive C
sleep      sleep A-, sleep_hygiene_only X, pmr B, breathing C, imagery C, mindfulness C, cbt_worry B-, walking C
acute      heat A-, walking B, education B, breathing C, imagery C, pmr C, pacing C, cold D, yoga D, exposure D
acute      facts_meds B, facts_passive C, bed_rest X
subacute   walking B, pacing B-, heat B, cbt_thought C
persistent walking A, yoga B+, mindfulness B+, cbt_thought B+, pacing B, exposure B, education B, pmr C, imagery C
persistent breathing C, sleep B, heat C, cold D, facts_meds C, facts_passive C
passive    facts_passive A, facts_meds A, walking A-, pacing B, cbt_thought C, heat C
"""

EXCLUDED = """
walking       urgent_sign open_sign effort_chest
pacing        urgent_sign open_sign effort_chest
yoga          urgent_sign open_sign effort_chest fracture surgery
exposure      urgent_sign open_sign effort_chest fracture surgery panic
exposure      heart lung asthma preg epilepsy fainting
pmr           urgent_sign fracture surgery panic
imagery       psychosis
mindfulness   psychosis crisis
heat          urgent_sign open_sign numb swelling skin cancer_area circulation dvt bleeding patch
cold          urgent_sign open_sign raynaud numb circulation skin
facts_meds    ulcer kidney liver heart stroke bp anticoag nsaid_reaction preg
facts_passive urgent_sign open_sign osteo cancer_area inflammatory leg_nerve fracture anticoag stroke
facts_passive dvt skin bleeding surgery
"""

WARNED = """
breathing     panic lung asthma preg heart fainting anyone
pmr           flare relax_anx bp heart
imagery       relax_anx trauma
mindfulness   relax_anx trauma panic
cbt_thought   low_mood crisis
cbt_worry     low_mood crisis
exposure      trauma
walking       heart numb falls preg
pacing        heart
yoga          osteo preg glaucoma bp vertigo leg_nerve
sleep         bipolar epilepsy apnoea safetyjob
heat          preg anyone
cold          anyone
facts_meds    asthma ibd chickenpox over_65 opioids
facts_passive stiff_morning
"""

DANGER = """
now   saddle_numbness bladder_bowel sexual_function both_legs leg_weakness serious_fall chest_pain chest_effort
now   aneurysm_sudden tearing_pain pregnancy_signs fever_very_unwell
today fever weak_immune small_fall_severe kidney
soon  belly_pulse cancer_history weight_loss night_pain lump_shape between_shoulders cough_pain small_fall
visit morning_stiffness
"""


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((LIBRARY / f"{name}.toml").read_text())


def rows_of(name: str) -> list[dict[str, Any]]:
    found = read(name)
    rows: list[dict[str, Any]] = found["row"] if "row" in found else list(found.values())
    return rows


def lines_of(block: str) -> list[tuple[str, str]]:
    lines = [line.split(None, 1) for line in block.strip().splitlines()]
    return [(first, rest) for first, rest in lines]


def pairs_of(block: str) -> set[tuple[str, str]]:
    return {(first, word) for first, rest in lines_of(block) for word in rest.split()}


def agreed_evidence() -> dict[tuple[str, str], str]:
    cells = [(need, *cell.split()) for need, rest in lines_of(EVIDENCE) for cell in rest.split(",")]
    return {(need, technique): grade for need, technique, grade in cells}


def agreed_cautions() -> dict[tuple[str, str], str]:
    excluded = dict.fromkeys(pairs_of(EXCLUDED), "exclude")
    return excluded | dict.fromkeys(pairs_of(WARNED), "warn")


def doubled(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for pair, times in Counter(pairs).items() if times > 1]


def test_every_agreed_evidence_row_is_there_with_its_grade() -> None:
    held = {(row["need"], row["technique"]): row["grade"] for row in rows_of("evidence")}
    assert held == agreed_evidence()
    assert len(held) == len(rows_of("evidence")) == ROWS_OF_EVIDENCE


def test_every_agreed_caution_is_there_with_its_action() -> None:
    held = {(row["technique"], row["condition"]): row["action"] for row in rows_of("cautions")}
    assert held == agreed_cautions()
    assert len(held) == len(rows_of("cautions")) == ROWS_OF_CAUTIONS


def test_no_caution_is_both_excluded_and_warned() -> None:
    assert not pairs_of(EXCLUDED) & pairs_of(WARNED)


def test_no_pair_is_doubled() -> None:
    assert not doubled([(row["need"], row["technique"]) for row in rows_of("evidence")])
    assert not doubled([(row["technique"], row["condition"]) for row in rows_of("cautions")])


def test_every_danger_sign_is_there_with_its_level() -> None:
    held = {(sign["level"], slug) for slug, sign in read("danger_signs").items()}
    assert held == pairs_of(DANGER)
    assert len(read("danger_signs")) == DANGER_SIGNS


def test_now_and_today_signs_are_asked_in_the_first_safety_step() -> None:
    for slug, sign in read("danger_signs").items():
        urgent = sign["level"] in (Level.NOW, Level.TODAY)
        assert sign["step"] == ("safety_now" if urgent else "safety_soon"), slug


@pytest.mark.parametrize("name", ["evidence", "cautions", "demand_cautions", "danger_signs", "cards"])
def test_every_source_is_in_the_reference_library(name: str) -> None:
    cited = {key for row in rows_of(name) for key in row["sources"]}
    assert cited <= read("references").keys()


def test_every_word_of_a_vocabulary_is_known() -> None:
    techniques = read("techniques").keys()
    for row in rows_of("evidence"):
        assert row["technique"] in techniques
        assert Need(row["need"])
        assert Grade(row["grade"])
    assert all(row["technique"] in techniques for row in rows_of("cautions"))
    assert all(Demand(row["demand"]) for row in rows_of("demand_cautions"))
    for row in [*rows_of("cautions"), *rows_of("demand_cautions")]:
        assert Condition(row["condition"])
        assert Verification(row["verification"])
        assert all(Limit(limit) for limit in row["limits"])


def test_every_technique_has_a_family_and_a_card() -> None:
    for slug, technique in read("techniques").items():
        assert Family(technique["family"]), slug
        assert technique["card"] in read("cards"), slug


def test_only_reading_and_discouraged_techniques_cannot_be_started() -> None:
    for slug, technique in read("techniques").items():
        is_read = technique["family"] in (Family.READING, Family.DISCOURAGED)
        assert technique["startable"] is not is_read, slug
        assert (technique["daily_minutes"] == 0) is is_read, slug


def test_every_condition_of_the_vocabulary_has_its_words() -> None:
    conditions = read("conditions")
    assert {key: text["label"] for key, text in conditions.items()} == {c.value: c.label for c in Condition}
    assert {key for key, text in conditions.items() if not text["asked"]} == {c.value for c in DERIVED_CONDITIONS}


def test_a_reference_with_an_unchecked_identifier_says_so() -> None:
    for key, reference in read("references").items():
        assert Verification(reference["verification"]), key
        if reference["verification"] != Verification.VERIFIED:
            assert reference["note"], key


def test_the_eight_citations_of_the_article_are_never_called_certain() -> None:
    for number in range(1, 9):
        citation = read("references")[f"article{number}"]
        assert citation["note"].startswith("Match: ")
        assert citation["verification"] == Verification.MEMORY
        assert not citation["doi"]


def test_every_country_has_a_way_to_call_and_says_how_it_was_checked() -> None:
    for code, country in read("crisis_lines").items():
        assert country["emergency"], code
        assert country["corroborated"], code
        assert country["lines"], code
        assert all(line["call"] or line["text"] or line["url"] for line in country["lines"]), code


@pytest.mark.parametrize(
    "name", ["techniques", "evidence", "cautions", "demand_cautions", "conditions", "danger_signs", "cards"]
)
def test_the_words_neither_blame_nor_promise(name: str) -> None:
    texts = [text for row in rows_of(name) for text in row.values() if isinstance(text, str)]
    assert [found for text in texts for found in avoided_words(text)] == []
