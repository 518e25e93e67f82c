"""Where an address may stand beside the rows of its owner: staff's history, tracebacks, and letters kept as files."""

from pathlib import Path

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

ERASED = "(erased)"


def erase_address(address: str) -> None:
    named = LogEntry.objects.filter(Q(object_repr__icontains=address) | Q(change_message__icontains=address))
    named.update(object_repr=ERASED, change_message="")
    DBTaskResult.objects.filter(traceback__icontains=address).update(traceback=ERASED)


def erase_files(address: str) -> None:
    """On a machine without a mail server, letters are files; each that names the address goes."""
    folder = Path(settings.EMAIL_FILE_PATH)
    if not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend") or not folder.is_dir():
        return
    for file in folder.iterdir():
        if file.is_file() and address.encode() in file.read_bytes().lower():
            file.unlink(missing_ok=True)
