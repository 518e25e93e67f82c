"""What the three buttons of flare mode, and Help now, may lead to for whoever presses them."""

from typing import Any

from django.http import HttpRequest

from coaching.core.recommend.care import StartRule
from coaching.plan.plans import start_rule
from content.models import Technique

LETTING_GO = "pmr"
WARMTH = "heat"
CLOSED = StartRule(may_start=False)


def buttons(request: HttpRequest) -> dict[str, Any]:
    """For every page. Worked out only by a page that shows the buttons."""
    return {"may_let_go": lambda: rule_if_known(request, LETTING_GO).may_start}


def rule_if_known(request: HttpRequest, technique: str) -> StartRule:
    """What the person's answers say. Where the library knows no such technique, it is not offered."""
    try:
        return start_rule(request, technique)
    except Technique.DoesNotExist:
        return CLOSED
