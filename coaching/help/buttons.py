"""What the buttons that stand on many pages may lead to for whoever presses them."""

from typing import Any

from django.http import HttpRequest

from coaching.core.recommend.care import NOT_THERE, StartRule
from coaching.plan.start_rules import start_rule

LETTING_GO = "pmr"
WARMTH = "heat"
BREATH = "breathing"
CLOSED = StartRule(may_start=False)


def buttons(request: HttpRequest) -> dict[str, Any]:
    """For every page. Worked out only by a page that shows the buttons."""
    return {
        "may_let_go": lambda: rule_if_known(request, LETTING_GO).may_start,
        "may_breathe": lambda: rule_if_known(request, BREATH).may_start,
    }


def rule_if_known(request: HttpRequest, technique: str) -> StartRule:
    """What the person's answers say. Where the library knows no such technique, it is not offered."""
    rule = start_rule(request, technique)
    return CLOSED if rule is NOT_THERE else rule
