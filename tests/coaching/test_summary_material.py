"""From a person's rows to their summary: what they gave, on the days of their own calendar."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.models.signals import post_init
from django.test import Client

from coaching.core.intake.questionnaires import MATTERS
from coaching.core.intake.safety import read_safety
from coaching.core.learning.verdict import Verdict
from coaching.core.person.unwanted import Bad, Kind
from coaching.core.progress.judging import Direction
from coaching.core.summary.choice import Choice, Part
from coaching.core.summary.summary import Summary, Told
from coaching.intake.intakes import begin_check_in, finish, hear
from coaching.models import LogEntry, Person, Rhythm
from coaching.progress.check_ins import keep_check_in
from coaching.progress.unwanted import report, say_more
from coaching.summary.material import summary_for
from coaching.summary.words import MATTERS_WORDS
from coaching.week.log import add
from content.core.vocabulary import Level
from content.models import Technique
from tests.coaching.shell_makers import NOON, a_member, a_plan, as_a_request_reads

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
UTC, AUCKLAND = ZoneInfo("UTC"), ZoneInfo("Pacific/Auckland")
DAY = timedelta(days=1)
LATE = NOON + 21 * DAY
EVERYTHING = frozenset(Part)
BREATHING = "Slow breathing, long out-breath"


@pytest.fixture
def person(client: Client) -> Person:
    return a_plan(a_member(client), goal="Carry my bag upstairs", values=["rest", "family"]).person


def of(person: Person, zone: ZoneInfo = UTC, **chosen: Any) -> Summary:
    found = as_a_request_reads(person)
    assert found
    return summary_for(found, Choice(**{"parts": EVERYTHING, **chosen}), zone=zone, at=LATE)


def check_in(person: Person, weeks: int, **given: int) -> None:
    at = NOON + weeks * 7 * DAY
    keep_check_in(person, given, day=at.date(), at=at)


def peg(total: int) -> dict[str, int]:
    return {f"peg_{place}": total // 3 for place in (1, 2, 3)}


def test_readings_come_from_the_questions_and_from_check_ins(person: Person) -> None:
    for week, total in ((1, 18), (2, 6), (3, 6)):
        check_in(person, week, **peg(total))
    score = next(one for one in of(person).scores if one.scale.slug == "peg")
    assert [one.total for one in score.readings] == [18, 18, 6, 6]
    assert score.judged.direction is Direction.BETTER
    assert score.scale.name


def test_what_was_practised_stands_there_with_what_the_own_goes_say(person: Person) -> None:
    for place in range(4):
        person.practices.create(
            technique_id="breathing",
            client_id=f"a-practice-of-{place}",
            started_at=NOON + place * DAY,
            tension_before=4,
            tension_after=6,
        )
    [line] = of(person).practised
    assert (line.name, line.goes, line.last_on) == (BREATHING, 4, (NOON + 3 * DAY).date())
    assert line.judged
    assert line.judged.verdict is Verdict.WORSE


def test_what_the_library_offers_no_more_was_practised_all_the_same(person: Person) -> None:
    person.practices.create(technique_id="breathing", client_id="a-practice-of-then", started_at=NOON)
    Technique.objects.filter(slug="breathing").update(startable=False, name="An old way")
    assert [one.name for one in of(person).practised] == ["An old way"]


def test_a_sign_is_told_in_the_words_that_were_asked_with_its_days(person: Person) -> None:
    for weeks in (0, 2):
        at = NOON + weeks * 7 * DAY
        hear(person, read_safety({"signs_ill": ["fever"]}), None, at)
        finish(person, at)
        begin_check_in(person, at + DAY)
    [flagged] = of(person).flagged
    assert "fever" in flagged.words.lower()
    assert flagged.level is Level.TODAY
    assert flagged.days == (Told(on=(NOON + 14 * DAY).date(), is_exact=False), Told(on=NOON.date()))


def test_nothing_of_the_direct_question_is_on_it(person: Person) -> None:
    hear(person, read_safety({"self_harm": "yes"}), None, NOON)
    yes = of(person)
    person.intakes.filter(finished_at=None).delete()
    assert yes == of(person)


def test_an_unwanted_effect_is_told_with_how_bad_it_was_and_whether_it_is_still_there(person: Person) -> None:
    for place in range(3):
        effect = report(person, Kind.DIZZY, technique="breathing", token=f"page-{place}", at=NOON + place * DAY)
    say_more(effect, Bad.VERY, still_there=True)
    [line] = of(person).noticed
    assert (line.with_what, line.times, line.is_bad, line.still_there) == (BREATHING, 3, True, True)
    assert line.last_on == (NOON + 2 * DAY).date()


def treatment(person: Person, **words: str) -> None:
    told: dict[str, Any] = {"on": NOON.date(), "at": NOON, "value": None}
    add(person, LogEntry.Kind.TREATMENT, client_id="a" * 20, words=words, **told)


def test_a_treatment_is_told_in_its_words_where_these_are_ticked(person: Person) -> None:
    treatment(person, category="Ibuprofen", amount="400 mg")
    [line] = of(person).treatments
    assert (line.what, line.amount) == ("Ibuprofen", "400 mg")
    [line] = of(person, parts=EVERYTHING - {Part.TREATMENT_WORDS}).treatments
    assert (line.what, line.amount, line.days) == ("", "", 1)


def test_a_treatment_before_the_chosen_weeks_is_neither_told_nor_read(person: Person) -> None:
    begins = Choice().begins(LATE.date())
    for ago in (0, 1, 300):
        told: dict[str, Any] = {"on": begins - ago * DAY, "at": NOON, "value": None}
        add(person, LogEntry.Kind.TREATMENT, client_id=f"{ago:020}", words={"category": "Ibuprofen"}, **told)
    read = list[object]()

    def hear(instance: object, **told: object) -> None:
        read.append(instance)

    post_init.connect(hear, sender=LogEntry)
    try:
        [line] = of(person).treatments
    finally:
        post_init.disconnect(hear, sender=LogEntry)
    assert (line.days, line.last_on, len(read)) == (1, begins, 1)


def test_the_goal_the_next_step_and_the_small_step_are_there(person: Person) -> None:
    rhythm = Rhythm(person=person, began_on=NOON.date(), ends_on=NOON.date() + 56 * DAY)
    rhythm.step = {"words": "Stand at the door", "when": "after lunch"}
    rhythm.save()
    found = of(person)
    assert found.goal == "Carry my bag upstairs"
    assert found.matters == ("Time with family", "Rest and good sleep")
    assert found.next_step
    assert found.next_step.amount
    assert found.small_step == "Stand at the door, after lunch"


def test_words_of_dying_are_read_back_to_nobody(client: Client) -> None:
    person = a_plan(a_member(client), goal="I want to die").person
    treatment(person, category="I want to die")
    assert "to die" not in str(of(person))


def test_days_are_those_of_the_persons_own_calendar(person: Person) -> None:
    person.practices.create(technique_id="breathing", client_id="a-practice-of-then", started_at=NOON)
    assert of(person, AUCKLAND).practised[0].last_on == NOON.date() + DAY
    assert of(person, AUCKLAND).made_on == LATE.date() + DAY


def test_what_no_key_opens_any_more_is_left_out_and_the_rest_stands(person: Person) -> None:
    treatment(person, category="Ibuprofen")
    person.practices.create(technique_id="breathing", client_id="a-practice-of-then", started_at=NOON)
    person.intakes.update(sealed_answers="gone.AAAA")
    person.log.update(sealed_words="gone.AAAA")
    found = of(person)
    assert found.scores == ()
    assert found.goal == ""
    assert [one.what for one in found.treatments] == [""]
    assert len(found.practised) == 1


def test_what_matters_has_words_for_every_answer_of_the_question() -> None:
    assert MATTERS_WORDS.keys() == MATTERS.keys()


def test_nobody_new_has_anything_to_tell(client: Client) -> None:
    found = of(a_member(client))
    assert (found.scores, found.practised, found.flagged, found.next_step) == ((), (), (), None)


def test_reading_it_asks_the_database_no_more_for_500_check_ins(
    client: Client, person: Person, django_assert_max_num_queries: Any
) -> None:
    for day in range(1, 500):
        person.check_ins.create(day=NOON.date() + day * DAY, version="3", given_at=NOON, changed_at=NOON)
    with django_assert_max_num_queries(22):
        of(person)
