"""Each practice asks for what its technique is judged by, before Start and after, and every tap can be taken back."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coaching.core.learning.personalise import Session
from coaching.core.practice.past import past_of
from coaching.learning.goes import Go, goes_of
from coaching.models import Practice
from coaching.plan.knowledge import knowledge
from coaching.practice.questions import ASKING, QUESTIONS
from content.core.signals import Signal
from content.models import Guide, Technique
from tests.coaching.shell_makers import a_member, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

CLIENT_ID = "made-up-client-id-1"
DAY = timedelta(days=1)


def guide_of(signal: Signal) -> str:
    technique = Technique.objects.startable().filter(outcome=signal).first()
    assert technique
    return Guide.objects.filter(technique=technique).values_list("slug", flat=True)[0]


def kept(client: Client, guide: str, **told: str) -> Practice:
    answer = client.post(f"/practice/{guide}/", {"client_id": CLIENT_ID, "seconds": "60", **told})
    assert answer.status_code == 302, text(answer)
    return Practice.objects.get(client_id=CLIENT_ID)


def is_asked(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'<input type="radio" name="([a-z_]+)"', page)))


@pytest.mark.parametrize("signal", [signal for signal in Signal if signal is not Signal.NONE])
def test_a_practice_asks_for_what_its_technique_is_judged_by(client: Client, signal: Signal) -> None:
    page = text(client.get(f"/practice/{guide_of(signal)}/"))

    assert is_asked(page) == [*ASKING[signal].before, *ASKING[signal].after]


@pytest.mark.parametrize("signal", [signal for signal in Signal if signal is not Signal.NONE])
def test_it_is_asked_before_start_in_plain_sight_and_counts_without_a_script(client: Client, signal: Signal) -> None:
    page = text(client.get(f"/practice/{guide_of(signal)}/"))
    for name in ASKING[signal].before:
        tap = page.index(f'name="{name}"')
        assert tap < page.index("<guide-player")
        assert 'form="practice"' in page[tap - 40 : tap + 80]
        assert "<details" not in page[page.index('id="before"') : tap]
    assert '<form class="flow" id="practice"' in page


def test_no_practice_asks_for_more_than_two_taps_at_a_time() -> None:
    for asking in ASKING.values():
        assert len(asking.before) <= 2
        assert len(asking.after) <= 2


def test_a_copy_on_the_device_asks_the_same(client: Client) -> None:
    for signal in (Signal.BELIEF, Signal.CONFIDENCE, Signal.NIGHT):
        page = text(client.get(f"/offline/practice/{guide_of(signal)}/"))
        assert is_asked(page) == [*ASKING[signal].before, *ASKING[signal].after]


def test_every_tap_can_be_left_out_and_taken_back(client: Client) -> None:
    page = text(client.get("/practice/walking/"))
    for name in is_asked(page):
        assert re.search(rf'name="{name}" value=""', page)
    practice = kept(client, "walking", confidence_before="4", managed="", confidence_after="")
    assert (practice.confidence_before, practice.managed, practice.confidence_after) == (4, None, None)


def test_taps_that_were_kept_can_be_taken_back_and_the_practice_stays(client: Client) -> None:
    kept(client, "walking", confidence_before="4", managed="2", confidence_after="7")
    done = f"/practice/done/{CLIENT_ID}/"
    assert "Take these taps back" in text(client.get(done))

    client.post(f"/practice/taps/{CLIENT_ID}/", {"do": "take_back"})

    practice = Practice.objects.get()
    assert [getattr(practice, name) for name in QUESTIONS] == [None] * len(QUESTIONS)
    assert "Take these taps back" not in text(client.get(done))


def test_nobody_takes_back_the_taps_of_another(client: Client) -> None:
    kept(client, "walking", confidence_before="4")
    other = Client()
    a_visitor(other)

    assert other.post(f"/practice/taps/{CLIENT_ID}/", {"do": "take_back"}).status_code == 404
    assert Practice.objects.get().confidence_before == 4


def test_what_a_device_kept_arrives_with_its_own_taps_once(client: Client) -> None:
    a_member(client)
    told = client.get("/practice/sync/").json()
    guide = guide_of(Signal.BELIEF)
    item = {"guide": guide, "client_id": CLIENT_ID, "seconds": 60, "belief_before": 8, "belief_after": 5}
    for verdict in ("kept", "known"):
        body = json.dumps({"owner": told["owners"][0], "items": [item | {"belief_after": 5}]})
        answer = client.post("/practice/sync/", body, content_type="application/json").json()
        assert answer["results"][0]["is"] == verdict
    practice = Practice.objects.get()
    assert (practice.belief_before, practice.belief_after) == (8, 5)


# --- What a practice teaches -----------------------------------------------------------------------------


def a_practice(client: Client, technique: str, number: int = 1, ago: timedelta = timedelta(), **told: int) -> Practice:
    person = a_visitor(client) if not Practice.objects.exists() else Practice.objects.all()[0].person
    at = timezone.now() - ago
    return Practice.objects.create(
        person=person, technique_id=technique, client_id=f"made-up-{number}", started_at=at, **told
    )


def first_of(*newest_first: Practice) -> Go:
    return goes_of([past_of(row) for row in newest_first], knowledge().options)[0]


def session_of(*newest_first: Practice) -> Session:
    return first_of(*newest_first).session


def test_a_move_is_judged_by_confidence_and_never_by_tension_of_the_moment(client: Client) -> None:
    still = a_practice(client, "walking", tension_before=6, tension_after=6)
    surer = a_practice(client, "walking", 2, confidence_before=3, confidence_after=6)

    assert not session_of(still).is_rated
    assert (session_of(surer).before, session_of(surer).after) == (7, 4)


def test_pain_of_the_next_day_counts_beside_confidence(client: Client) -> None:
    go = a_practice(client, "walking", confidence_before=3, confidence_after=6, pain_before=4, pain_next_day=8)

    assert first_of(go).gain == (3 - 4) / 2


def test_a_night_counts_from_the_next_morning_on(client: Client) -> None:
    go = a_practice(client, "sleep", night_before=2)
    assert not session_of(go).is_rated

    go.night_after = 5

    assert (session_of(go).before, session_of(go).after) == (8, 5)


@pytest.mark.parametrize(("ago", "gain"), [(DAY, 4.0), (3 * DAY, 0.0), (timedelta(hours=1), 0.0)])
def test_the_night_between_two_practices_is_told_by_the_second(client: Client, ago: timedelta, gain: float) -> None:
    first = a_practice(client, "sleep", night_before=2, ago=ago)
    second = a_practice(client, "sleep", 2, night_before=6)

    assert first_of(second, first).gain == gain
