"""What the page of an edition says above its form: where it stands, what is wrong with it, and what may be done."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone

from accounts.admin.edition_reach import Number, Readers, readers_of
from accounts.admin.letters_calendar import numbers_of, stopped_rows
from accounts.letters.checking import findings_of
from accounts.letters.parts import parts_of
from accounts.letters.progress import Progress, problems_of, progress_of
from accounts.models import Edition, EditionStatus
from accounts.models.letter_hours import hours_of_site
from accounts.readers.waiting import Queue, asleep, queues_of
from content.core.texts.checks import Finding, Severity

DRAFT, SCHEDULED, SENDING = EditionStatus.DRAFT, EditionStatus.SCHEDULED, EditionStatus.SENDING
MAY_SEND = "accounts.send_edition"


@dataclass(frozen=True, kw_only=True)
class Panel:
    heading: str
    is_series_letter: bool
    errors: list[Finding]
    warnings: list[Finding]
    problems: list[str]
    waits: list[str]
    readers: Readers | None
    progress: Progress
    numbers: list[Number]
    stopped_link: str
    kilobytes: int
    moves: frozenset[str]
    is_in_archive: bool


def panel(request: HttpRequest, edition: Edition, *, at: datetime) -> Panel:
    """The checks look at a draft and at a letter of a series; what was scheduled has passed them and is frozen."""
    is_open = edition.status == DRAFT or edition.is_series_letter
    findings = findings_of(edition, at=at) if is_open else []
    counts_audience = edition.status in (DRAFT, SCHEDULED) and not edition.is_series_letter
    progress = progress_of([edition])[edition.pk]
    return Panel(
        heading=_heading(edition),
        is_series_letter=edition.is_series_letter,
        errors=[finding for finding in findings if finding.severity is Severity.ERROR],
        warnings=[finding for finding in findings if finding.severity is Severity.WARNING],
        problems=problems_of(edition, at=at),
        waits=_waits(edition, at=at) if edition.status == SENDING else [],
        readers=readers_of(edition, at=at) if counts_audience else None,
        progress=progress,
        numbers=numbers_of(edition, progress),
        stopped_link=stopped_rows(edition),
        kilobytes=-(-len(parts_of(edition).html.encode()) // 1000),
        moves=moves_of(request, edition, progress),
        is_in_archive=Edition.objects.in_archive().filter(pk=edition.pk).exists(),
    )


MOVES = {
    EditionStatus.DRAFT: {"schedule", "cancel"},
    EditionStatus.SCHEDULED: {"schedule", "unschedule", "pause", "cancel"},
    EditionStatus.SENDING: {"pause", "rate", "again", "cancel"},
    EditionStatus.PAUSED: {"resume", "rate", "again", "cancel"},
    EditionStatus.FINISHED: {"again"},
    EditionStatus.CANCELLED: set(),
}


def moves_of(request: HttpRequest, edition: Edition, progress: Progress | None = None) -> frozenset[str]:
    """What may be done with it now, by whoever asks. It counts no readers, which takes seconds where they are many."""
    known = progress or progress_of([edition])[edition.pk]
    return _moves(request, edition) - (frozenset() if known.failed else {"again"})


def _moves(request: HttpRequest, edition: Edition) -> frozenset[str]:
    """Writing needs the right to change editions; whatever reaches subscribers the right to send them."""
    moves = {"test", "copy"} if request.user.has_perm("accounts.change_edition") else set()
    if request.user.has_perm(MAY_SEND):
        moves |= MOVES[EditionStatus(edition.status)]
    return frozenset(moves - {"copy", "schedule", "cancel"} if edition.is_series_letter else moves)


def _waits(edition: Edition, *, at: datetime) -> list[str]:
    waits = [_wait(queue, at) for queue in queues_of(edition, at=at)]
    letters, until = asleep(edition, at=at)
    if letters:
        hours = hours_of_site()
        waits.append(
            f"{letters} wait for the hours from {hours.opens}:00 to {hours.closes}:00 where their readers live, "
            f"the last until {until:%d %B, %H:%M} UTC."
        )
    return waits


def _wait(queue: Queue, at: datetime) -> str:
    minutes = max(1, round((queue.until - at).total_seconds() / 60))
    letters = "1 letter waits" if queue.letters == 1 else f"{queue.letters} letters wait"
    return f"{letters} for the turn of {queue.domain}, about {minutes} min."


def _heading(edition: Edition) -> str:
    """The state, with the date that belongs to it. A date of another state would be read as that of this one."""
    dates = {
        EditionStatus.SCHEDULED: ("for", edition.send_at),
        EditionStatus.SENDING: ("since", edition.started_at),
        EditionStatus.FINISHED: ("on", edition.finished_at),
        EditionStatus.CANCELLED: ("on", edition.finished_at),
    }
    word, moment = dates.get(EditionStatus(edition.status), ("", None))
    if moment is None or edition.is_series_letter:
        return edition.get_status_display()
    there = timezone.localtime(moment, ZoneInfo(edition.time_zone))
    return f"{edition.get_status_display()} {word} {there:%d %B %Y, %H:%M} ({edition.time_zone})"
