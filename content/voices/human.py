"""Taking in and giving up a recording that a person made: one for each line and language."""

from hashlib import sha256
from typing import Any

from content.core.voices.names import as_spoken
from content.core.voices.rules import Measured
from content.models import HumanRecording
from content.models.human_recording import digest_of_line


def keep(language: str, text: str, sound: bytes, measured: Measured) -> HumanRecording:
    """In the place of another that there may be."""
    told: dict[str, Any] = {
        "text": as_spoken(text),
        "name": sha256(sound).hexdigest(),
        "data": sound,
        "size": len(sound),
        "seconds": round(measured.seconds, 2),
        "loudness": round(measured.loudness, 1),
    }
    line = digest_of_line(text)
    return HumanRecording.objects.update_or_create(language=language, line=line, defaults=told)[0]


def bytes_named(name: str) -> bytes | None:
    row = HumanRecording.objects.filter(name=name).first()
    return bytes(row.data) if row else None
