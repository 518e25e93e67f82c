"""What a study gets: a dictionary that REDCap takes, data that fit it, moved dates, and nothing that few have."""

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.core.research.dictionary import COLUMNS, Row, choices_of, data_faults, dictionary_faults
from coaching.core.research.study import OTHER, Study, Subject, Week, joined, study_of
from coaching.core.service.suppression import LEAST
from coaching.research.files import files_of

MONDAY = date(2026, 6, 1)
ANSWERS = {
    **{f"peg_{n}": 5 for n in (1, 2, 3)},
    **{f"gad_{n}": 1 for n in range(1, 8)},
    "phq_1": 0,
    "phq_2": 3,
    "function": 4,
}


def subjects(count: int = 12, *, weeks: int = 3) -> list[Subject]:
    told = tuple(
        Week(number=n, on=MONDAY + timedelta(weeks=n), answers=ANSWERS if n else {"peg_1": 9}, goes=n)
        for n in range(weeks)
    )
    return [Subject(number=f"{n:012x}", shift=n + 1, duration="over12", weeks=told) for n in range(count)]


def table(study: Study, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(files_of(study)[name])))


def test_the_dictionary_and_the_data_pass_every_check() -> None:
    study = study_of(subjects())
    header = next(csv.reader(StringIO(files_of(study)["dictionary.csv"])))
    dictionary, data = table(study, "dictionary.csv"), table(study, "data.csv")
    assert len(header) == 18
    assert dictionary_faults(header, dictionary) == ()
    assert data_faults(dictionary, data, study.forms) == ()
    assert len(data) == 12 * 4
    assert [row["unique_event_name"] for row in table(study, "events.csv")] == list(study.events)
    assert {row["form"] for row in table(study, "event_forms.csv")} == {"baseline", "weekly"}


def test_a_whole_scale_has_its_figure_and_half_of_one_has_none() -> None:
    data = table(study_of(subjects()), "data.csv")
    half, whole = (next(row for row in data if row["redcap_event_name"] == f"week_{n}_arm_1") for n in (0, 1))
    assert (whole["peg_figure"], whole["gad7_figure"], whole["phq4_figure"]) == ("5.0", "7", "5")
    assert (half["peg_1"], half["peg_figure"]) == ("9", "")


def no_name(rows: list[Row]) -> None:
    rows[2] = {**rows[2], COLUMNS[0]: "Peg 1"}


def unknown_type(rows: list[Row]) -> None:
    rows[2] = {**rows[2], "Field Type": "number"}


def no_choices(rows: list[Row]) -> None:
    rows[1] = {**rows[1], "Choices, Calculations, OR Slider Labels": ""}


def twice(rows: list[Row]) -> None:
    rows.append(rows[2])


def another_first(rows: list[Row]) -> None:
    rows.reverse()


def no_label(rows: list[Row]) -> None:
    rows[2] = {**rows[2], "Field Label": ""}


def unknown_validation(rows: list[Row]) -> None:
    rows[2] = {**rows[2], "Text Validation Type OR Show Slider Number": "day"}


@pytest.mark.parametrize(
    ("plant", "words"),
    [
        (no_name, "no name of a field"),
        (unknown_type, "no type of a field"),
        (no_choices, "choices where there are none"),
        (twice, "it stands twice"),
        (another_first, "the first field is not record_id"),
        (no_label, "no label"),
        (unknown_validation, "no validation"),
    ],
)
def test_a_fault_planted_in_the_dictionary_is_found(plant: Callable[[list[Row]], None], words: str) -> None:
    rows: list[Row] = [one.row for one in study_of(subjects()).fields]
    plant(rows)
    assert any(words in fault for fault in dictionary_faults(COLUMNS, rows))
    assert dictionary_faults(COLUMNS[:17], rows) == ("the columns are not the 18 of REDCap, in their order",)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"peg_1": "11"}, "does not fit"),
        ({"gad_1": "often"}, "does not fit"),
        ({"day": "1 June"}, "does not fit"),
        ({"duration": "over12"}, "not part of this event"),
        ({"mood": "1"}, "no such field"),
        ({"redcap_event_name": "week_99_arm_1"}, "no such event"),
        ({"record_id": ""}, "no record"),
    ],
)
def test_data_that_do_not_fit_are_found(change: dict[str, str], words: str) -> None:
    study = study_of(subjects())
    line = {**study.lines[1], **change}
    assert words in " ".join(data_faults([one.row for one in study.fields], [line], study.forms))


def test_choices_are_spelled_as_redcap_reads_them() -> None:
    gad = next(one.row for one in study_of(subjects()).fields if one.name == "gad_1")
    assert choices_of(gad)["2"] == "More than half the days"


def test_dates_are_moved_by_each_persons_own_secret_and_spans_stay_true() -> None:
    study = study_of(subjects())
    days: dict[str, list[date]] = {}
    for line in study.lines:
        if "day" in line:
            days.setdefault(line["record_id"], []).append(date.fromisoformat(line["day"]))
    assert len({told[0] for told in days.values()}) == 12
    assert MONDAY not in {day for told in days.values() for day in told[:1]}
    assert all((told[2] - told[0]).days == 14 for told in days.values())


def test_of_fewer_than_ten_people_nothing_is_handed_out() -> None:
    assert study_of(subjects(LEAST - 1)).lines == ()


def test_a_week_that_few_reached_is_not_told() -> None:
    people = [*subjects(LEAST + 2, weeks=2), *subjects(3, weeks=9)]
    assert [event for event in study_of(people).events if event.startswith("week")] == ["week_0_arm_1", "week_1_arm_1"]


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=6), st.sampled_from("vwxyz"), max_size=60))
def test_no_value_that_fewer_than_ten_people_have_is_told(values: dict[str, str]) -> None:
    counts = Counter(joined(values).values())
    assert all(count >= LEAST for count in counts.values())
    whole = Counter(values.values())
    kept = [value for value in counts if value != OTHER]
    assert all(counts[value] == whole[value] for value in kept)
    assert sum(counts.values()) in (0, len(values))
