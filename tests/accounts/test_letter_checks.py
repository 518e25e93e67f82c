"""What stops a letter from being scheduled, and what is only said."""

from dataclasses import replace
from typing import Any

import pytest

from accounts.core.letters.checks import Draft, errors, findings
from accounts.core.letters.slots import slot
from content.core.texts.checks import Known

KNOWN = Known(references=frozenset({"wood19"}), paths=frozenset({"/lessons/panic/", "/tips/"}))
STOP = slot("unsubscribe_link")
HTML = f'<html lang="en"><head><title>x</title></head><body><h1>x</h1><h2>y</h2><a href="{STOP}">stop</a></body></html>'
DRAFT = Draft(
    subject="A minute of calm",
    preheader="One small thing to try today.",
    words="Hello. Sit down and let one breath go out slowly. You can stop at any time.",
    language="en",
    practice="breathing",
    is_practice_known=True,
    tips=("six-soft-breaths",),
    known_tips=("six-soft-breaths",),
    html=HTML,
    text=f"Hello {STOP}",
)
HARD = " ".join(
    ["Multidisciplinary rehabilitation interventions necessitate considerable organisational commitment"] * 20
)


def said(severity: str = "error", **changed: Any) -> str:
    found = findings(replace(DRAFT, **changed), KNOWN)
    return " | ".join(f"{finding.field}: {finding.message}" for finding in found if finding.severity == severity)


def test_a_good_letter_has_no_findings_at_all() -> None:
    assert findings(DRAFT, KNOWN) == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"subject": " "}, "subject: is empty"),
        ({"subject": "x" * 79}, "79 signs; 78 at most"),
        ({"subject": "One\nBcc: nadia@example.org"}, "line break"),
        ({"subject": "Hello {{ name }}"}, "subject: has a broken placeholder: {{ name }}"),
        ({"preheader": "For {{ you"}, "preheader: has a broken placeholder"),
        ({"subject": "A proven cure"}, 'says "proven"'),
        ({"words": "Dear {{ name }}, hello."}, "broken placeholder: {{ name }}"),
        ({"words": "One.\n\nTwo [x]({{ prefs }})."}, "broken placeholder: {{ prefs }}"),
        ({"words": "See {{ preferences }} now."}, "broken placeholder: {{ preferences }}"),
        ({"words": "Half a {{ pair."}, "broken placeholder"),
        ({"words": "Half a pair }}."}, "broken placeholder: }}"),
        ({"words": "{% if x %}"}, "broken placeholder: {%"),
        ({"words": "Go to /newsletter/@@why@@/ now."}, "kept for placeholders"),
        ({"words": "See [our lesson](/lessons/nowhere/)."}, "no known page"),
        ({"words": "See [our shop](http://example.org)."}, "not allowed"),
        ({"words": "A claim.[^nobody20]"}, "no known reference"),
        ({"words": "Look: ![](/static/heron.png)"}, "an image that is none of our pictures"),
        ({"words": "Look: ![](picture:heron)"}, "without saying in words"),
        ({"words": "Press [here](/tips/) to go on."}, "only says “here”"),
        ({"words": "Press [](/tips/) to go on."}, "a link without words"),
        ({"words": HARD}, "reads at grade"),
        ({"words": "", "tips": (), "known_tips": ()}, "are empty, and no tip"),
        ({"known_tips": ()}, "name six-soft-breaths"),
        ({"is_practice_known": False}, "practice: is breathing, which no reader can open"),
        ({"html": HTML.replace(STOP, "x")}, "leave the HTML part without the link to stop"),
        ({"text": "Hello"}, "leave the text part without the link to stop"),
        ({"html": HTML + "x" * 100_000}, "it must stay under 100"),
        ({"html": HTML.replace(' lang="en"', "")}, "has no language"),
        ({"html": HTML.replace("<title>x</title>", "")}, "has no title"),
        ({"html": HTML.replace("h2", "h3")}, "leaves out a level"),
        ({"html": HTML.replace("h2", "h1")}, "not exactly one main heading"),
        ({"html": HTML + '<img alt="">'}, "an image without a description"),
        ({"html": HTML + '<img alt="a heron" src="https://example.org/pixel.gif">'}, "loads something: <img>"),
    ],
)
def test_what_would_reach_a_reader_broken_is_an_error(changed: dict[str, Any], message: str) -> None:
    assert message in said(**changed)
    assert errors(findings(replace(DRAFT, **changed), KNOWN))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"subject": "x" * 51}, "phones cut it"),
        ({"subject": "NOW"}, "shouts"),
        ({"subject": "Now!"}, "shouts"),
        ({"preheader": ""}, "is empty"),
        ({"preheader": "x" * 111}, "cut after about 110"),
        ({"practice": ""}, "ends with something to try"),
        ({"words": "See [their page](https://example.org)."}, "lead out of the site"),
        ({"words": "Look: ![A heron stands still.](picture:heron)"}, "readers see its words only"),
        ({"language": "es", "words": HARD}, "not in English"),
    ],
)
def test_what_a_reader_can_live_with_is_a_warning(changed: dict[str, Any], message: str) -> None:
    assert message in said("warning", **changed)
    assert not said(**changed)


@pytest.mark.parametrize("name", ["preferences", "unsubscribe", "why"])
def test_each_known_placeholder_may_be_a_link(name: str) -> None:
    assert not said(words=f"You can [change them]({{{{ {name} }}}}) or [so]({{{{{name}}}}}).")


def test_a_finding_says_in_which_line_it_is() -> None:
    found = findings(replace(DRAFT, words="One.\n\nTwo.\n\nThree {{ x }}."), KNOWN)
    assert [finding.line for finding in found] == [5]
