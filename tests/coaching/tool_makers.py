"""Makers for the tools: one filled-in page of each, as a browser posts it, and entries in the database."""

import re
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse

from coaching.core.tools.kinds.catalogue import TOOL
from coaching.models import Person, ToolEntry
from coaching.tools.entries import save_new
from tests.markup import squeezed

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
FILLED: dict[str, dict[str, Any]] = {
    "thought-record": {"thought": "My back is going to give way", "sure": "80", "traps_pain": ["worst"]},
    "worry-time": {"worry": "The bill for the boiler", "at_time": "18:00", "size": "7"},
    "experiment": {"thought": "If I sit I cannot stand up", "sure": "80", "expect": "I will need help to stand"},
    "writing": {"about": "The move", "page": "I did not say goodbye."},
    "pacing-planner": {
        "activity": "Walking to the market",
        "tries-lines": "1",
        "tries-0-kind": "bad",
        "tries-0-amount": "10",
    },
    "ladder": {
        "want": "Kneel on the floor",
        "steps-lines": "1",
        "steps-0-words": "Hands to my knees",
        "steps-0-fear": "2",
    },
    "activities": {"things-lines": "1", "things-0-what": "Tea with Ann", "things-0-matters": "friends"},
    "problem-solving": {"problem": "The shopping is too heavy", "ideas-lines": "1", "ideas-0-idea": "Two small bags"},
    "sleep-diary": {"on": "2026-03-05", "up": "07:10", "wake_goal": "07:00", "sleep": "4", "note": "Baby up at four"},
    "flare-plan": {"note": "You have had four of these.", "first-lines": "1", "first-0-do": "Ten slow breaths"},
}
TOLD = {
    slug: next(value for value in given.values() if isinstance(value, str) and len(value) > 10)
    for slug, given in FILLED.items()
}
"""Words of each page that must be found again."""
_numbers = count(1)


def new_client_id() -> str:
    return f"made-up-client-{next(_numbers):06}"


def url(name: str, slug: str, *more: str) -> str:
    return reverse(f"coaching:{name}", args=[slug, *more])


def page_of(slug: str, **told: Any) -> dict[str, Any]:
    """A whole page of a tool. What is told replaces; None leaves a field out."""
    given = {"client_id": new_client_id(), "do": "save", **FILLED[slug], **told}
    return {name: value for name, value in given.items() if value is not None}


def write(client: Client, slug: str, **told: Any) -> ToolEntry:
    """Fill in a page, save it, and give the entry that came of it."""
    given = page_of(slug, **told)
    answer = client.post(url("tool_new", slug), given)
    assert answer.status_code == 302, text(answer)
    return ToolEntry.objects.get(client_id=given["client_id"])


def rewrite(client: Client, entry: ToolEntry, **told: Any) -> Any:
    given = page_of(entry.tool, client_id=entry.client_id, version=str(entry.version), **told)
    return client.post(url("tool_edit", entry.tool, entry.client_id), given)


def an_entry(person: Person, slug: str, days_ago: int = 0, **answers: Any) -> ToolEntry:
    at = NOON - timedelta(days=days_ago)
    return save_new(person, TOOL[slug], new_client_id(), answers, at).entry


def text(answer: Any) -> str:
    return squeezed(answer.content.decode())


def words_of(answer: Any) -> str:
    """What the page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", text(answer)).split())
