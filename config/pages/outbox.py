"""Letters that a laptop without a mail server would have sent, to be read in the browser.

Only where `SHOWS_OUTBOX` holds, and only for a browser on the same machine: letters carry
log-in codes, so nobody else on the network may read them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

# How Django's file backend ends each message.
RULE = b"-" * 79 + b"\n"
MOST = 50


@dataclass(frozen=True, kw_only=True)
class Letter:
    subject: str
    to: str
    written_at: datetime
    text: str


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    if not (settings.SHOWS_OUTBOX and is_from_here(request)):
        raise Http404
    letters = list(islice(newest_first(Path(settings.EMAIL_FILE_PATH)), MOST))
    return render(request, "outbox.html", {"letters": letters})


def is_from_here(request: HttpRequest) -> bool:
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def newest_first(folder: Path) -> Iterator[Letter]:
    for file in sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True):
        written_at = datetime.fromtimestamp(file.stat().st_mtime, tz=timezone.get_current_timezone())
        for raw in reversed(file.read_bytes().split(RULE)):
            if raw.strip():
                yield read(raw, written_at)


def read(raw: bytes, written_at: datetime) -> Letter:
    message = message_from_bytes(raw, EmailMessage, policy=policy.default)
    body = message.get_body(("plain",))
    return Letter(
        subject=str(message["subject"]),
        to=str(message["to"]),
        written_at=written_at,
        text=body.get_content() if body else "",
    )
