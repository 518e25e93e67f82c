"""What may stand in the list fields of a letter. Each answers a sentence for the editor, or None."""

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from content.core.vocabulary import Topic

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_TIPS = 12


def slug_list_fault(value: object) -> str | None:
    """Tips are named by their slugs, each once, at most 12 of them."""
    if not isinstance(value, list) or not all(isinstance(slug, str) and SLUG.fullmatch(slug) for slug in value):
        return "Name the tips by their slugs, such as six-soft-breaths."
    if len(set(value)) < len(value):
        return "A tip is named twice."
    return f"A letter holds {MOST_TIPS} tips at most." if len(value) > MOST_TIPS else None


def topic_list_fault(value: object) -> str | None:
    known = [topic.value for topic in Topic]
    if not isinstance(value, list) or not all(topic in known for topic in value):
        return f"Choose from these topics: {', '.join(known)}."
    return "A topic is named twice." if len(set(value)) < len(value) else None


def zone_fault(value: str) -> str | None:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "Name a time zone such as Europe/Paris."
    return None
