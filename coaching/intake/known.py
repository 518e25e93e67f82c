"""What a person's answers say, taken together: each row holds what was given on its own day, and builds on another."""

from datetime import datetime
from typing import Any

from accounts.sealing import mark_of, mark_of_keys
from coaching.core.intake.again import with_day
from coaching.core.intake.groups import in_groups, together
from coaching.kept import Kept
from coaching.models import Intake, Person

_kept: Kept[dict[str, Any]] = Kept()

KEPT_AS = "_known"
"""Opened once a request, on the row of the answers, together with the seals that it was read from."""


def known_at(person: Person, intake: Intake) -> dict[str, Any]:
    """The last answer to each question when this row was the newest. Nobody changes what an answer holds."""
    chain = _chain(person, intake)
    seals = [(row.pk, row.sealed_answers, row.is_check_in) for row in chain]
    kept = vars(intake).get(KEPT_AS)
    if kept is None or kept[0] != seals:
        kept = vars(intake)[KEPT_AS] = (seals, _read(chain))
    return dict(kept[1])


def _read(chain: list[Intake]) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for row in chain:
        known = with_day(known, in_groups(row.answers), is_check_in=row.is_check_in)
    return known


def known_before(person: Person, intake: Intake) -> dict[str, Any]:
    """What was known when this row was begun."""
    before = _before(person, intake)
    return known_at(person, before) if before else {}


def answers_now(person: Person, intake: Intake) -> dict[str, Any]:
    """What is known by a finished intake, with age, danger signs and conditions as they were told since.

    Put together once, as most pages ask: found by the seals of all that it is read from, each with all its letters.
    """
    newest = person.newest_intake
    read = [intake] if newest is None or newest.pk == intake.pk else [intake, newest]
    seals = [[[row.pk, row.is_check_in, row.sealed_answers] for row in _chain(person, one)] for one in read]
    known = _kept.of(None, [mark_of_keys(), person.pk, seals], lambda: _together(person, read))
    return {name: list(value) if type(value) is list else value for name, value in known.items()}


def _together(person: Person, read: list[Intake]) -> dict[str, Any]:
    known = [known_at(person, one) for one in read]
    return together(*known) if len(known) > 1 else known[0]


def mark_of_answers(person: Person) -> str:
    """Stands for all that was answered at the questions, and when: another one after any change, and none is opened."""
    return " ".join(
        f"{row.pk} {row.builds_on_id} {row.is_check_in} {row.finished_at} {row.changed_at}"
        f" {mark_of(row.sealed_answers)}"
        for row in person.all_intakes
    )


def told_on(person: Person, intake: Intake) -> dict[str, datetime]:
    """When each answer that is known was given."""
    days: dict[str, datetime] = {}
    for row in _chain(person, intake):
        days.update(dict.fromkeys(row.answers, row.finished_at or row.changed_at))
    return days


def newest_known(person: Person | None) -> dict[str, Any] | None:
    """What the newest finished answers say; None where nothing was finished."""
    intake = person.newest_finished if person else None
    return known_at(person, intake) if person and intake else None


def _chain(person: Person, intake: Intake) -> list[Intake]:
    """A row and those it builds on, the oldest first."""
    chain = [intake]
    while before := _before(person, chain[-1]):
        chain.append(before)
    return chain[::-1]


def _before(person: Person, intake: Intake) -> Intake | None:
    if not intake.builds_on_id:
        return None
    known = {row.pk: row for row in person.all_intakes}
    return known.get(intake.builds_on_id) or intake.builds_on
