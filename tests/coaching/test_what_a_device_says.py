"""What a device says of one go is read as the form of a page would read it, though no form is made."""

from typing import Any

import pytest
from django import forms
from hypothesis import example, given
from hypothesis import strategies as st

from coaching.offline.unsent import Done, read_practice
from coaching.practice.forms import PracticeForm, RatingField, read_report
from coaching.practice.questions import QUESTIONS, RATINGS, Question
from content.models import Guide

GO = {"client_id": "made-up-client-id-1", "started_at": "2026-05-04T08:00:00+02:00", "seconds": "240"}
WORDS = st.sampled_from(["", "0", "3", "7", "10", "11", "-1", " 4 ", "4.0", "٣", "Skip", "\0", "x" * 50])
TIMES = st.sampled_from(["", "2026-05-04", "2026-05-04T08:00:00", "2026-05-04T08:00:00Z", "soon", "\0"])
TYPED = st.fixed_dictionaries(
    {},
    optional={
        "client_id": st.sampled_from([GO["client_id"], "", "short", "with a space in it", "ends-with-a-line-1\n"]),
        "started_at": TIMES,
        "seconds": WORDS,
        **dict.fromkeys(RATINGS, WORDS),
    },
)


def as_a_form_reads_it(typed: dict[str, str], *, hides_pain: bool) -> Any:
    form = PracticeForm(typed, hides_pain=hides_pain)
    return form.report() if form.is_valid() else None


@given(TYPED)
@example({})
@example({"tension_before": "7", "pain_after": "3", "managed": "2"})
@example({"tension_before": "7", "pain_after": "3", "managed": "4"})
@example({"pain_after": "eleven"})
def test_it_is_what_the_form_makes_of_it(typed: dict[str, str]) -> None:
    for hides_pain in (False, True):
        for told in (typed, GO | typed):
            assert read_report(told, hides_pain=hides_pain) == as_a_form_reads_it(told, hides_pain=hides_pain)


TAPS = [str(number) for number in range(11)]
REFUSED = object()


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        *((number, number) for number in range(11)),
        *((tap, int(tap)) for tap in TAPS),
        *((tap, None) for tap in ("", None)),
        *((tap, REFUSED) for tap in (11, -1, "11", "-1", "+7", "07", "7.0", 7.0, "7 ", " 7", "\n7", "٧", "７", "1_0")),
        *((tap, REFUSED) for tap in (True, False, "True", "Skip", "None", "\0", [7], ["7"], {"7": 7}, [], {}, 1e400)),
    ],
)
def test_a_tap_is_one_of_those_on_the_page_and_nothing_like_it(told: Any, kept: Any) -> None:
    one = {"guide": "breathing", **GO, "tension_before": told}
    read = read_practice(one, {"breathing": Guide(slug="breathing")}, hides_pain=False)
    assert (read.report.ratings["tension_before"] if isinstance(read, Done) else REFUSED) is kept


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
@given(value=st.one_of(st.sampled_from([*TAPS, *range(-1, 12), "", None, True, 3.0, "٣", [], ["3"], ()]), st.text()))
def test_a_field_of_taps_takes_what_any_field_of_choices_would(question: Question, value: Any) -> None:
    usual = forms.TypedChoiceField(choices=question.choices, coerce=int, empty_value=None, required=False)
    assert _cleaned(RatingField(question), value) == _cleaned(usual, value)
    assert RatingField(question).valid_value(value) is usual.valid_value(value)


def _cleaned(field: forms.Field, value: Any) -> Any:
    try:
        return field.clean(value)
    except forms.ValidationError as refused:
        return refused.messages
