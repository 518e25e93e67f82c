"""The rules by which a weekly review proposes a change, for anyone to read."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coaching.week.rule_rows import rows
from coaching.week.words import rule_asks
from content.core.week_facts import Fact, Move
from content.models import StepRule


@dataclass(frozen=True, kw_only=True)
class Shown:
    rule: StepRule
    move: str
    conditions: tuple[str, ...]


@require_safe
def step_rules(request: HttpRequest) -> HttpResponse:
    shown = [
        Shown(rule=rule, move=Move(rule.move).label, conditions=tuple(_in_words(one) for one in rule.when))
        for rule in rows(timezone.now()).prefetch_related("sources")
    ]
    return render(request, "coaching/step_rules.html", {"rules": shown})


def _in_words(condition: dict[str, Any]) -> str:
    return rule_asks(Fact(condition["fact"]), condition.get("at_least"), condition.get("at_most"))
