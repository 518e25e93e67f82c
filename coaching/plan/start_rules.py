"""May this person start that practice? What their own answers say of one technique or one guide.

It asks for no plan: the pages of practices and tools stand here alone, and so does a reader who has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest

from coaching.core.intake.groups import conditions_kept_back, health_was_asked
from coaching.core.intake.needs import Snapshot, take_snapshot
from coaching.core.questions.items import Answers
from coaching.core.recommend import care
from coaching.core.recommend.care import IN_DANGER, NOBODY, NOT_THERE, StartRule
from coaching.intake.intakes import is_in_danger, sign_levels
from coaching.intake.known import answers_now, known_at
from coaching.kept import Kept
from coaching.models import Person
from coaching.people.session import person_of, waiting_person
from coaching.plan.knowledge import rules_of
from content.core.vocabulary import Condition, Level
from content.models import Guide
from content.reading.cautions import NOTHING_SPOKEN, Spoken, all_spoken

_kept: Kept[Snapshot] = Kept()

ASKED_WITH_SIGNS = frozenset({Condition.CRISIS, Condition.STIFF_MORNING, Condition.URGENT_SIGN, Condition.OPEN_SIGN})
"""Conditions that the questions of the safety step tell of."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What one person's answers say of techniques, read once however many are asked for."""

    spoken: Spoken
    snapshot: Snapshot
    is_in_danger: bool = False

    def of(self, technique: str, guide: Guide | None = None) -> StartRule:
        if self.is_in_danger:
            return IN_DANGER
        known = rules_of(self.spoken, technique, guide)
        if known is None:
            return NOT_THERE
        facts, cautions = known
        return care.start_rule(facts, self.snapshot, cautions)


def start_rules(request: HttpRequest) -> Rules:
    """What the person's own answers say of techniques, on this device and in this visit."""
    person = person_of(request)
    if is_in_danger(person, waiting_person(request)):
        return Rules(spoken=NOTHING_SPOKEN, snapshot=NOBODY, is_in_danger=True)
    return rules_for(person)


def rules_for(person: Person | None) -> Rules:
    """What somebody's answers say; without answers, all that can speak against it."""
    has_answered = person is not None and person.newest_intake is not None
    snapshot = snapshot_of(person, sign_levels() if has_answered else {})
    return Rules(spoken=all_spoken(), snapshot=snapshot)


def start_rule(request: HttpRequest, technique: str, guide: Guide | None = None) -> StartRule:
    """The same of one technique or one guide."""
    return start_rules(request).of(technique, guide)


def rule_for(person: Person | None, technique: str, guide: Guide | None = None) -> StartRule:
    return rules_for(person).of(technique, guide)


def rule_for_nobody(technique: str, guide: Guide | None = None) -> StartRule:
    """For a page that knows nobody."""
    return rule_for(None, technique, guide)


def snapshot_of(person: Person | None, levels: Mapping[str, Level]) -> Snapshot:
    """The newest finished answers, read; without any, what was told so far and what holds for anyone."""
    newest = person.newest_intake if person else None
    if person is None or newest is None:
        return NOBODY
    if person.newest_finished:
        return snapshot_from(answers_now(person, person.newest_finished), levels)
    answers = known_at(person, newest)
    read = snapshot_from(answers, levels)
    return read if newest.safety_level or health_was_asked(answers) else _as_told(read, answers)


def snapshot_from(answers: Answers, levels: Mapping[str, Level]) -> Snapshot:
    """Read once while neither changes."""
    return _kept.of(levels, [answers], lambda: take_snapshot(answers, levels))


def _as_told(read: Snapshot, answers: Answers) -> Snapshot:
    """The same reading, with every condition that nobody asked about yet in `unasked` instead of closing something.

    What the person would rather not say was asked, so it still closes; so does a crisis that their answers tell of.
    """
    kept_back = conditions_kept_back(answers) | ({Condition.CRISIS} if read.safety.needs_extra_care else set())
    unasked = read.undisclosed - kept_back
    conditions, undisclosed = read.conditions - unasked, read.undisclosed - unasked
    of_safety = frozenset() if read.safety.complete else ASKED_WITH_SIGNS - conditions
    return replace(read, conditions=conditions, undisclosed=undisclosed, unasked=unasked | of_safety)
