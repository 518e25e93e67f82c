from typing import Any

import pytest

from content.core.texts.checks import (
    Finding,
    Known,
    Severity,
    guide_findings,
    lesson_findings,
    safety_findings,
    text_findings,
    tip_findings,
)
from content.core.texts.paths import paths_of
from tests.content.makers import QUESTION, words

KNOWN = Known(
    references=frozenset({"wood19"}), paths=paths_of(lessons=["panic"], guides=["breathing"], tips=["six-soft-breaths"])
)
HARD = (
    "Incremental ambulation demonstrates considerable therapeutic applicability for musculoskeletal conditions. " * 15
)


def a_lesson(**values: Any) -> dict[str, Any]:
    return {
        "title": "The loop",
        "summary": "How pain and worry feed each other.",
        "course": 1,
        "card": None,
        "brief": words(120),
        "body": f"{words(550)} [^wood19]",
        "deeper": words(1200),
        "check_question": QUESTION,
        "task": {"words": "Notice one thing."},
        "reflection": "What did you notice?",
    } | values


def a_guide(**values: Any) -> dict[str, Any]:
    steps = [{"words": "Let go.", "seconds": seconds, "cue": "release", "sizes": [size]} for size, seconds in SECONDS]
    return {
        "skin": "steps",
        "summary": "Let go.",
        "ready": "Sit.",
        "stop": "Stop.",
        "demands": ["still"],
        "pattern": {},
        "steps": steps,
    } | values


SECONDS = [("1", 60), ("4", 240), ("12", 720)]


def said(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.field, finding.message) for finding in findings]


def test_a_good_lesson_has_no_finding() -> None:
    assert lesson_findings(a_lesson(), KNOWN) == []


def test_a_footnote_to_nowhere_breaks_the_page() -> None:
    (finding,) = text_findings("body", "First.\n\nText [^gone99].", KNOWN)
    assert (finding.line, finding.is_hard) == (3, True)
    assert "[^gone99]" in finding.message


@pytest.mark.parametrize("address", ["/practice/breathing/", "/lessons/panic/?size=1", "/help-now/#lines", "/about/"])
def test_a_link_to_a_known_page_is_fine(address: str) -> None:
    assert text_findings("body", f"[Go]({address}).", KNOWN) == []


@pytest.mark.parametrize("address", ["/practice/gone/", "/lessons/panic", "/lesson/panic/"])
def test_a_link_to_no_known_page_breaks_the_page(address: str) -> None:
    (finding,) = text_findings("body", f"[Go]({address}).", KNOWN)
    assert finding.is_hard


def test_raw_html_breaks_the_page() -> None:
    assert [finding.is_hard for finding in text_findings("body", "A <b>word</b>.", KNOWN)] == [True]


def test_a_hard_text_is_an_error_in_its_own_section() -> None:
    source = f"{words(150)}\n\n## Hard\n\n{HARD}"
    (finding,) = text_findings("body", source, KNOWN)
    assert (finding.severity, finding.line, finding.is_hard) == (Severity.ERROR, 3, False)


def test_a_text_between_six_and_eight_is_a_warning() -> None:
    seventh_grade = "This daily exercise can help the muscles of your lower back recover. " * 10
    (finding,) = text_findings("body", seventh_grade, KNOWN)
    assert finding.severity is Severity.WARNING


def test_a_short_section_is_judged_with_its_neighbour() -> None:
    short_and_hard = "Musculoskeletal rehabilitation necessitates incremental ambulation."
    assert text_findings("body", f"{words(150)}\n\n## Short\n\n{short_and_hard}", KNOWN) == []


def test_a_list_without_full_stops_is_no_long_sentence() -> None:
    assert text_findings("body", "\n".join("- slow moves help you" for _ in range(40)), KNOWN) == []


@pytest.mark.parametrize(
    ("field", "count"),
    [("brief", 109), ("brief", 241), ("body", 499), ("body", 901), ("deeper", 999), ("deeper", 1901)],
)
def test_a_size_keeps_the_length_it_promises(field: str, count: int) -> None:
    text = words(count) + (" [^wood19]" if field == "body" else "")
    assert [name for name, _ in said(lesson_findings(a_lesson(**{field: text}), KNOWN))] == [field]


def test_a_lesson_without_a_source_is_an_error() -> None:
    assert said(lesson_findings(a_lesson(body=words(600)), KNOWN)) == [
        ("body", "names no source; add at least one [^key]")
    ]


def test_a_summary_is_short() -> None:
    assert [name for name, _ in said(lesson_findings(a_lesson(summary="a" * 181), KNOWN))] == ["summary"]


def test_exactly_one_answer_is_right() -> None:
    both = {**QUESTION, "answers": [answer | {"right": True} for answer in QUESTION["answers"]]}  # type: ignore[operator]
    (finding,) = lesson_findings(a_lesson(check_question=both), KNOWN)
    assert finding.message == "has 3 right answers; it needs exactly one"


def test_a_wrong_answer_may_hold_a_wrong_phrase_and_our_reply_may_not() -> None:
    answers = [{"words": "A cure", "right": False, "feedback": "This will cure you."}, *QUESTION["answers"][1:]]
    findings = lesson_findings(a_lesson(check_question={"question": "What helps?", "answers": answers}), KNOWN)
    assert [finding.message[:10] for finding in findings] == ['says "cure']


def test_what_a_lesson_lacks_is_a_warning() -> None:
    findings = lesson_findings(a_lesson(course=None, check_question={}, task={}, reflection=""), KNOWN)
    assert {finding.field for finding in findings} == {"check_question", "task", "reflection", "card"}
    assert {finding.severity for finding in findings} == {Severity.WARNING}


def test_a_tip_needs_a_source_and_its_length() -> None:
    values = {"title": "Breathe", "summary": "Short.", "body": words(60)}
    assert len(tip_findings(values, KNOWN)) == 2


def test_the_steps_of_a_guide_last_what_their_size_says() -> None:
    assert guide_findings(a_guide(), KNOWN) == []
    one_short = [step for step in a_guide()["steps"] if step["sizes"] != ["4"]]
    (finding,) = guide_findings(a_guide(steps=one_short), KNOWN)
    assert finding.message == "the steps of size 4 last 0 seconds; they should last 240"


PACK = dict.fromkeys(("begin", "rest", "check", "off", "after"), "Look at your skin.")
WALK = dict.fromkeys(("begin", "spell", "again", "slow", "turn", "close"), "Walk on.")


@pytest.mark.parametrize(
    ("skin", "own", "message"),
    [
        ("timer", WALK, "has to name: after, begin, check, off, rest"),
        ("walk", PACK, "has to name: again, begin, close, slow, spell, turn"),
        ("steps", PACK, "is only for a walk or a timer"),
    ],
)
def test_words_for_a_time_of_ones_own_fit_what_is_done_in_it(skin: str, own: dict[str, str], message: str) -> None:
    guide = a_guide(skin=skin, own_length=own, demands=["walking", "heat"])
    assert said(guide_findings(guide, KNOWN)) == [("own_length", message)]
    assert guide_findings({**guide, "own_length": {}}, KNOWN) == []


def test_words_for_a_time_of_ones_own_are_judged_as_the_steps_are() -> None:
    harsh = {**PACK, "off": "You must take the pack off!"}
    names = [name for name, _ in said(guide_findings(a_guide(skin="timer", own_length=harsh), KNOWN))]
    assert names
    assert set(names) == {"own_length"}
    standing = {**PACK, "after": "Stand up with care."}
    [(name, message)] = said(guide_findings(a_guide(skin="timer", own_length=standing), KNOWN))
    assert (name, "standing" in message) == ("demands", True)


def test_a_paced_breath_needs_its_pattern_and_no_steps() -> None:
    breath = a_guide(skin="breath", demands=["paced_breath", "breath_pause"], steps=[])
    assert guide_findings({**breath, "pattern": {"in": 4, "out": 6, "hold": 0, "rest": 0}}, KNOWN) == []
    assert [name for name, _ in said(guide_findings(breath, KNOWN))] == ["pattern"]


def test_safety_text_is_judged_together_and_stricter() -> None:
    assert list(safety_findings("question", ["New numbness in your groin?", "Can you not pee?"])) == []
    assert list(safety_findings("question", ["Experiencing considerable neurological deterioration recently?"]))
