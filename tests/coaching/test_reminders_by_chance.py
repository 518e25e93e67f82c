"""Whether reminders help one person, estimated from those left out by chance; and harmful ones stop."""

import pytest
from django.core.management import call_command

from coaching.core.findings.reminders import LEAST_SLOTS, Slot, effect_of
from coaching.core.simulator.made_up_reminders import row, stopped
from coaching.simulator.cohort_files import dice


def slots(sent: tuple[int, int], quiet: tuple[int, int], probability: float = 0.5) -> list[Slot]:
    """(practised, of all) after a reminder, and without one."""
    return [
        Slot(was_sent=was_sent, probability=probability, was_practised=place < practised)
        for was_sent, (practised, total) in ((True, sent), (False, quiet))
        for place in range(total)
    ]


@pytest.mark.parametrize("usual", [0.3, 0.5])
@pytest.mark.parametrize("true", [0.0, 0.05, 0.15])
def test_the_estimate_is_within_a_point_and_the_interval_holds_the_truth_for_95_of_100(
    true: float, usual: float
) -> None:
    found = row(true, 2000, 112, usual, dice((true, usual)))

    assert abs(found.off) <= 0.01
    assert 0.93 <= found.held <= 0.97


@pytest.mark.parametrize("usual", [0.3, 0.5])
def test_reminders_that_do_nothing_are_rarely_stopped_however_often_one_looks(usual: float) -> None:
    assert stopped(0.0, 600, 112, usual, dice(usual)) <= 0.05


def test_reminders_that_do_harm_stop() -> None:
    assert stopped(-0.35, 200, 112, 0.5, dice("harm")) >= 0.8


def test_plain_harm_stops_and_plain_help_does_not() -> None:
    harm, help_ = effect_of(slots((4, 40), (30, 40))), effect_of(slots((30, 40), (4, 40)))

    assert harm is not None
    assert help_ is not None
    assert (harm.must_stop, help_.must_stop) == (True, False)


def test_the_example_of_the_docstring() -> None:
    found = effect_of(slots((40, 60), (30, 60)))

    assert found is not None
    assert (found.more, found.low, found.high) == pytest.approx((0.167, -0.01, 0.33), abs=0.005)


def test_few_slots_say_nothing() -> None:
    assert effect_of(slots((10, LEAST_SLOTS), (10, LEAST_SLOTS - 1))) is None


def test_a_slot_that_was_certain_teaches_nothing() -> None:
    certain = slots((30, 30), (0, 0), probability=1.0)

    assert effect_of(slots((20, 40), (20, 40)) + certain) == effect_of(slots((20, 40), (20, 40)))


def test_slots_with_unlike_chances_are_weighed_alike() -> None:
    """Good days had more reminders; that alone must not look like an effect."""
    good, bad = slots((32, 40), (8, 10), 0.8), slots((2, 10), (8, 40), 0.2)
    found = effect_of(good + bad)

    assert found is not None
    assert found.more == pytest.approx(0.0, abs=1e-9)


def test_the_table_of_reminders_prints_a_row_for_each_effect(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("reminder_table", people=20)

    assert len(capsys.readouterr().out.splitlines()) == 12
