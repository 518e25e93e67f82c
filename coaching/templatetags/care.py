"""What a page says before it asks somebody to try a technique, also for pages that are not the coach’s own."""

from typing import Any

from django import template

from coaching.core.recommend.care import StartRule
from coaching.plan import own_steps
from coaching.plan.rungs import Example
from coaching.plan.start_rules import start_rule
from content.models import Guide

register = template.Library()


@register.simple_tag(takes_context=True)
def example_told(context: Any, technique: str) -> Example | None:
    """Words of the practice for the place of the body that whoever asks has told us."""
    return own_steps.example_told(context["request"], technique)


@register.simple_tag(takes_context=True)
def care_for(context: Any, technique: str | None, guide: Guide | None = None) -> StartRule | None:
    """The rule for whoever asks; None without a technique."""
    return start_rule(context["request"], technique, guide) if technique else None
