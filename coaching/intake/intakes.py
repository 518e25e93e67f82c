"""Taking the answers: step by step, saved at each, safety before all else.

Whatever arrives is first read for danger, before it is looked at in any other way, so that nothing that is wrong
with a post can hide it. What was told of danger is only ever added to, by any page however old; it is taken
back alone by the question itself, answered on a page that was made after it (the safety round). A NOW answer
stands until every group of danger signs has been answered so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.http import QueryDict

from coaching.core.intake.again import given_on, to_show
from coaching.core.intake.answers import storable
from coaching.core.intake.groups import SAFETY_ITEMS, in_groups, signs_in
from coaching.core.intake.questionnaires import VERSION
from coaching.core.intake.safety import SIGN_LISTS, SafetyReading, read_safety
from coaching.core.intake.signs import group_of, most_urgent
from coaching.core.intake.what_next import Standing
from coaching.core.questions.chapters import GROUPS
from coaching.core.questions.items import Answers, Step
from coaching.intake.known import answers_now, known_at, known_before
from coaching.models import Intake, Person
from content.core.vocabulary import Level
from content.models import DangerSign
from content.reading.once import readings


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The safety round a page was made in, and the rounds before and after what it told was heard."""

    page: int | None
    before: int
    now: int

    def is_current(self, intake: Intake) -> bool:
        return self.page == self.before and intake.safety_round == self.now


def standing_of(person: Person | None) -> Standing:
    newest = person.newest_intake if person else None
    if person is None or newest is None:
        return Standing(answers={}, safety_round=1, level=None)
    finished = person.newest_finished
    return Standing(
        answers=_shown(person, newest),
        told=answers_now(person, finished or newest),
        safety_round=newest.safety_round,
        level=Level(newest.safety_level) if newest.safety_level else None,
        is_open=newest.finished_at is None,
        is_again=finished is not None,
        is_check_in=newest.is_check_in,
    )


def _shown(person: Person, newest: Intake) -> dict[str, Any]:
    known = known_at(person, newest)
    if newest.finished_at:
        # Answering again starts from the last answers; danger signs are always asked afresh.
        return {name: value for name, value in known.items() if name not in SAFETY_ITEMS}
    return to_show(known, newest.answers, is_check_in=newest.is_check_in)


def is_in_danger(person: Person | None, waiting: Person | None = None) -> bool:
    """Whether a NOW answer stands: the person's own, or a later one that this browser held before they logged in."""
    own = person.newest_intake if person else None
    other = waiting.newest_intake if waiting else None
    if own and own.safety_level == Level.NOW:
        return True
    if other is None or other.safety_at is None or other.safety_level != Level.NOW:
        return False
    return own is None or own.safety_at is None or own.safety_at < other.safety_at


def sign_levels() -> Mapping[str, Level]:
    return readings.of("levels of signs", lambda _number: _sign_levels()) or {}


def _sign_levels() -> Mapping[str, Level]:
    rows = DangerSign.objects.values_list("slug", "level")
    return MappingProxyType({slug: Level(level) for slug, level in rows})


def told_in(posted: QueryDict) -> SafetyReading:
    """What a post says of danger, well-formed or not, whichever address it was sent to."""
    raw: dict[str, Any] = {name: _plainly(posted, name) for name in SIGN_LISTS if name in posted}
    # With several values the most serious one counts, not the last.
    said = _plainly(posted, "self_harm")
    raw["self_harm"] = next((answer for answer in ("yes", "skip") if answer in said), posted.get("self_harm"))
    return read_safety(raw, sign_levels())


def _plainly(posted: QueryDict, name: str) -> list[str]:
    """A yes is a yes in capitals too, and with a space beside it."""
    return [said.strip().lower() for said in posted.getlist(name)]


@transaction.atomic
def hear(person: Person, told: SafetyReading, seen_round: int | None, at: datetime) -> Seen:
    """Add what was told of danger to what stands, at once, whatever else is wrong with the post."""
    standing = standing_of(person)
    if not tells_of_danger(told) or _is_repeated(standing, told, seen_round):
        return Seen(page=seen_round, before=standing.safety_round, now=standing.safety_round)
    intake = _open(person, at)
    before, standing_answers = intake.safety_round, in_groups(intake.answers)
    answers = _with(standing_answers, told)
    level = _more_urgent(intake.safety_level, told.level)
    if answers != standing_answers or level != _level_of(intake):
        intake.answers = answers
        _settle_safety(intake, level, at)
    return Seen(page=seen_round, before=before, now=intake.safety_round)


def _is_repeated(standing: Standing, told: SafetyReading, seen_round: int | None) -> bool:
    """An old page that tells again what finished answers hold, as a second click does."""
    if standing.is_open or seen_round == standing.safety_round:
        return False
    is_known = _with(standing.told, told) == standing.told
    return is_known and _more_urgent(standing.level or "", told.level) == standing.level


def tells_of_danger(told: SafetyReading) -> bool:
    return bool(told.signs) or told.needs_extra_care


def _with(answers: Answers, told: SafetyReading) -> dict[str, Any]:
    joined = dict(answers)
    for sign in told.signs:
        group = group_of(sign)
        joined[group] = sorted({*signs_in(joined, group), sign})
    return joined | ({"extra_care": True} if told.needs_extra_care else {})


@transaction.atomic
def keep_alarm(person: Person, at: datetime) -> None:
    """A NOW answer came with answers that were joined: it stands, and every page made before is out of date."""
    intake = _open(person, at)
    answers = in_groups(intake.answers)
    intake.answers = {name: value for name, value in answers.items() if name not in GROUPS or value != ["none"]}
    intake.safety_round = max(person.intakes.values_list("safety_round", flat=True))
    _settle_safety(intake, Level.NOW, at)


@transaction.atomic
def save_step(person: Person, step: Step, given: dict[str, Any], seen: Seen, at: datetime) -> Standing:
    """Keep the answers of one step, and say how the person stands then."""
    intake = _open(person, at)
    if step.is_safety and not seen.is_current(intake) and _takes_back(person, intake, step, given):
        return replace(standing_of(person), is_refused=True)
    _give(person, intake, given)
    intake.reached = step.slug
    if step.is_safety:
        _read_anew(intake, at)
    else:
        intake.changed_at = at
        Intake.objects.keep(intake)
    return standing_of(person)


@transaction.atomic
def keep_so_far(person: Person, given: dict[str, Any], at: datetime) -> None:
    """Add what was tapped on a page that is not ended yet. What is finished stays as it is."""
    newest = person.newest_intake
    if given and (newest is None or not newest.finished_at):
        intake = _open(person, at)
        _give(person, intake, given)
        intake.changed_at = at
        Intake.objects.keep(intake)


def _give(person: Person, intake: Intake, given: dict[str, Any]) -> None:
    day, before = in_groups(intake.answers), known_before(person, intake)
    intake.answers = storable(given_on(day, given, before, is_check_in=intake.is_check_in))


def _takes_back(person: Person, intake: Intake, step: Step, given: dict[str, Any]) -> bool:
    """Whether the answers of a page that is out of date would end something told since."""
    if intake.safety_level == Level.NOW:
        return True
    told = answers_now(person, person.newest_finished or intake)
    if given.get("self_harm") == "no" and told.get("extra_care"):
        return True
    groups = [item.id for item in step.items if item.id in GROUPS]
    return any(not signs_in(told, group) <= set(given[group]) for group in groups)


def _read_anew(intake: Intake, at: datetime) -> None:
    """The level is lowered by nothing less than every group answered."""
    reading = read_safety(intake.answers, sign_levels())
    if reading.complete:
        _settle_safety(intake, reading.level, at)
    else:
        _settle_safety(intake, _more_urgent(intake.safety_level, reading.level), at)


@transaction.atomic
def begin_check_in(person: Person, at: datetime) -> None:
    """Measure anew, in the row that is open if there is one."""
    intake = _open(person, at)
    intake.is_check_in, intake.changed_at = True, at
    intake.save()
    person.forget_what_was_read()


@transaction.atomic
def finish(person: Person, at: datetime) -> Intake | None:
    """The answers are at their end. None where they have come to it meanwhile, in another tab."""
    # A sign told in another tab at this moment is written first, or after; never over this.
    Person.objects.hold(person)
    newest = person.newest_intake
    if newest is None or newest.finished_at:
        return None
    Intake.objects.filter(pk=newest.pk, finished_at=None).update(finished_at=at, changed_at=at)
    person.forget_what_was_read()
    return newest


def _open(person: Person, at: datetime) -> Intake:
    # Two tabs meet here: the second waits until the first has been saved.
    Person.objects.hold(person)
    person.forget_what_was_read()
    newest = person.newest_intake
    if newest and not newest.finished_at:
        return newest
    standing = standing_of(person)
    intake = Intake(person=person, version=VERSION, started_at=at, changed_at=at)
    intake.safety_round = standing.safety_round
    intake.safety_level = standing.level or ""
    intake.builds_on = newest
    intake.save()
    person.all_intakes.insert(0, intake)
    return intake


def _settle_safety(intake: Intake, level: Level | None, at: datetime) -> None:
    intake.safety_level = level or ""
    intake.safety_round += 1
    intake.safety_at = intake.changed_at = at
    Intake.objects.keep(intake)


def _level_of(intake: Intake) -> Level | None:
    return Level(intake.safety_level) if intake.safety_level else None


def _more_urgent(standing: str, told: Level | None) -> Level | None:
    levels = [Level(level) for level in (standing, told) if level]
    return most_urgent(*levels) if levels else None
