"""Whatever a person answered, chose and is called: two validators from outside accept the record, and so do we."""

from typing import Any

from hypothesis import HealthCheck, given, settings

from coaching.core.record.checking import faults
from tests.coaching.record_makers import RECORDS, faults_of_the_first, faults_of_the_others


def test_every_record_is_accepted_by_all_validators() -> None:
    tried: list[dict[str, Any]] = []

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(RECORDS)
    def judge(bundle: dict[str, Any]) -> None:
        assert faults(bundle) == ()
        assert faults_of_the_first(bundle) == ""
        tried.append(bundle)

    judge()
    assert len(tried) >= 150
    assert [found for found in faults_of_the_others(tried) if found] == []
