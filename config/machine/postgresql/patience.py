"""How long a statement may take: without end in commands and workers, some seconds where a person waits for a page."""

_seconds: float | None = None
FOR_A_PAGE = 5.0
"""In seconds. A page asks short questions; what takes longer than this has met a server that hangs."""


def seconds() -> float | None:
    return _seconds


def a_person_waits() -> None:
    """Said once, by a process that serves pages."""
    global _seconds
    _seconds = FOR_A_PAGE
