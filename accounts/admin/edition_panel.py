"""What the page of an edition says above its form: where it stands, what is wrong with it, and what may be done."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone

from accounts.letters.checking import findings_of
from accounts.letters.parts import parts_of
from accounts.letters.progress import Progress, problems_of, progress_of
from accounts.models import Edition, EditionStatus
from accounts.sending.audience import audience_of
from content.core.texts.checks import Finding, Severity

DRAFT, SCHEDULED, SENDING = EditionStatus.DRAFT, EditionStatus.SCHEDULED, EditionStatus.SENDING
MAY_SEND = "accounts.send_edition"


@dataclass(frozen=True, kw_only=True)
class Panel:
    status: str
    is_series_letter: bool
    goes_at: str
    errors: list[Finding]
    warnings: list[Finding]
    problems: list[str]
    audience: int
    progress: Progress
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
        status=edition.get_status_display(),
        is_series_letter=edition.is_series_letter,
        goes_at=_goes_at(edition),
        errors=[finding for finding in findings if finding.severity is Severity.ERROR],
        warnings=[finding for finding in findings if finding.severity is Severity.WARNING],
        problems=problems_of(edition, at=at),
        audience=audience_of(edition, at=at).count() if counts_audience else 0,
        progress=progress,
        kilobytes=-(-len(parts_of(edition).html.encode()) // 1000),
        moves=_moves(request, edition) - (frozenset() if progress.failed else {"again"}),
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


def _moves(request: HttpRequest, edition: Edition) -> frozenset[str]:
    """Writing needs the right to change editions; whatever reaches subscribers the right to send them."""
    moves = {"test", "copy"} if request.user.has_perm("accounts.change_edition") else set()
    if request.user.has_perm(MAY_SEND):
        moves |= MOVES[EditionStatus(edition.status)]
    return frozenset(moves - {"copy", "schedule", "cancel"} if edition.is_series_letter else moves)


def _goes_at(edition: Edition) -> str:
    if edition.send_at is None or edition.is_series_letter:
        return ""
    there = timezone.localtime(edition.send_at, ZoneInfo(edition.time_zone))
    return f"{there:%d %B %Y, %H:%M} ({edition.time_zone})"
