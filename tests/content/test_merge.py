from hypothesis import given
from hypothesis import strategies as st

from content.core.files.merge import MISSING, RowState, merge

values = st.sampled_from(["a", "b", "c"])
bases = values | st.just(MISSING)


def test_a_change_in_the_file_reaches_the_row() -> None:
    merged = merge(base="old", file="new", row="old")
    assert (merged.value, merged.base, merged.state) == ("new", "new", RowState.FROM_FILE)


def test_a_change_by_staff_stays_and_stays_visible() -> None:
    merged = merge(base="old", file="old", row="ours")
    assert (merged.value, merged.base, merged.state) == ("ours", "old", RowState.EDITED_HERE)


def test_two_different_changes_are_a_conflict_that_keeps_ours() -> None:
    merged = merge(base="old", file="theirs", row="ours")
    assert (merged.value, merged.base, merged.state) == ("ours", "old", RowState.CONFLICT)


def test_the_same_change_on_both_sides_is_agreement() -> None:
    assert merge(base="old", file="new", row="new").state is RowState.FROM_FILE


def test_a_field_never_loaded_conflicts_unless_both_say_the_same() -> None:
    assert merge(base=MISSING, file="theirs", row="ours").state is RowState.CONFLICT
    assert merge(base=MISSING, file="same", row="same").state is RowState.FROM_FILE


@given(bases, values, values)
def test_merging_the_outcome_again_changes_nothing(base: object, file: str, row: str) -> None:
    once = merge(base=base, file=file, row=row)
    assert merge(base=once.base, file=file, row=once.value) == once


@given(bases, values, values)
def test_what_staff_wrote_is_never_lost(base: object, file: str, row: str) -> None:
    assert row in (merge(base=base, file=file, row=row).value, base, file)
