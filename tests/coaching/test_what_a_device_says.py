"""What a device says of one go is read as the form of a page would read it, though no form is made."""

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from coaching.practice.forms import PracticeForm, read_report
from coaching.practice.questions import RATINGS

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
