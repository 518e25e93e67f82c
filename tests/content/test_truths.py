"""The library's texts agree among themselves: each rule is broken once, and noticed."""

import re
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from content.core.texts.strengths import Strength, claims_in
from content.files.checks import check_library, placed_truths
from content.files.library import LIBRARY, survey

CAUGHT = re.compile(r"error: (.*)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(copytree(LIBRARY, tmp_path / "library", ignore=ignore_patterns("voices")))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text()
    assert old in text, f"{file} does not hold what the test changes"
    path.write_text(text.replace(old, new, 1))


def errors(folder: Path) -> list[str]:
    library, faults = survey(folder)
    assert not faults
    return [str(placed) for placed in placed_truths(library) if placed.is_error]


def test_the_library_tells_one_story() -> None:
    assert errors(LIBRARY) == []


def test_the_check_of_the_library_asks_whether_it_does(folder: Path) -> None:
    change(folder, "danger_signs.toml", "Tell the doctor about both.", "Say what it is like at night.")
    library, _ = survey(folder)
    found = [str(placed) for placed in check_library(library) if placed.is_error]
    assert found == errors(folder)


def test_a_sentence_shared_by_two_signs_is_noticed(folder: Path) -> None:
    change(folder, "danger_signs.toml", "Tell the doctor about both.", "Say what it is like at night.")
    [found] = errors(folder)
    assert 'night_pain shares a sentence with cancer_history: "Say what it is like at night."' in found


def test_a_shared_comfort_is_noticed(folder: Path) -> None:
    change(folder, "danger_signs.toml", "Tell the doctor about both.", "This one is common, and often harmless.")
    assert any("shares a sentence" in each for each in errors(folder))


@pytest.mark.parametrize("comfort", ["It is often harmless.", "It may turn out to be fine.", "It is rarely serious."])
@pytest.mark.parametrize("place", ["Tell them how you fell.", "A doctor should see you today."])
def test_a_comfort_where_care_is_due_is_noticed(folder: Path, comfort: str, place: str) -> None:
    change(folder, "danger_signs.toml", place, comfort)
    assert any("comforts where care is due" in each for each in errors(folder))


def test_a_sign_without_words_of_its_own_is_noticed(folder: Path) -> None:
    change(folder, "danger_signs.toml", 'advice = "A bone in your back may be broken. Tell them how you fell."\n', "")
    assert any("serious_fall has no words of its own" in each for each in errors(folder))


def test_two_strengths_of_one_result_are_noticed(folder: Path) -> None:
    change(folder, "lessons/what-causes-it.md", "by a small to medium amount", "by a medium amount")
    assert any("calls the effect on anxiety" in each and "[^singh23]" in each for each in errors(folder))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("evidence.toml", "No study of this exact use; our practical choice.", "From memory; no source was checked."),
        ("cards.toml", "Not rated. The guideline is strongly", "That is from memory. The guideline is strongly"),
        ("danger_signs.toml", "Tell them how you fell.", "That is from memory."),
        ("lessons/what-causes-it.md", "Aspirin helps a headache", "From memory, aspirin helps a headache"),
    ],
)
def test_what_is_told_from_memory_is_noticed(folder: Path, file: str, old: str, new: str) -> None:
    change(folder, file, old, new)
    assert any("from memory" in each and each.startswith(file) for each in errors(folder))


@pytest.mark.parametrize(
    ("file", "field"),
    [
        ("danger_signs.toml", "advice_es"),
        ("danger_signs.toml", "question_es"),
        ("cautions.toml", "words_es"),
        ("demand_cautions.toml", "words_es"),
        ("conditions.toml", "label_es"),
        ("crisis_lines.toml", "country_es"),
    ],
)
def test_what_keeps_people_safe_is_there_in_spanish(folder: Path, file: str, field: str) -> None:
    path = folder / file
    path.write_text(re.sub(rf"(?m)^{field} = .*\n", "", path.read_text(), count=1))
    [found] = errors(folder)
    assert f"{field}: error:" in found
    assert "is not there in Spanish" in found


@pytest.mark.pure
@pytest.mark.parametrize(
    ("text", "outcome", "strength"),
    [
        ("Walking eased anxiety by a small amount.[^a]", "anxiety", Strength.SMALL),
        ("There was a moderate gain in sleep.[^a]", "sleep", Strength.MEDIUM),
        ("Mood improved, by a small to moderate amount.[^a]", "mood", Strength.SMALL_TO_MEDIUM),
        ("Pain eased by a large amount.[^a]", "pain", Strength.LARGE),
    ],
)
def test_a_strength_is_read_with_its_outcome(text: str, outcome: str, strength: Strength) -> None:
    [claim] = claims_in(text)
    assert (claim.outcome, claim.strength) == (outcome, strength)


@pytest.mark.pure
@pytest.mark.parametrize(
    "text",
    [
        "Pain eased, with moderate certainty.[^a]",
        "A small trial looked at anxiety.[^a]",
        "Sleep improved in large groups.[^a]",
        "Anxiety eased by a small amount.",
    ],
)
def test_what_is_no_strength_of_a_source_is_let_be(text: str) -> None:
    assert list(claims_in(text)) == []
