"""Whether a person may begin with a tool here and now, and what to mind.

A tool follows the cautions of its technique. The flare plan is for the worst day and is never
closed; any other waits while a danger sign needs care now. What was written stays readable.
"""

from dataclasses import replace

from django.http import HttpRequest

from coaching.core.recommend.care import IN_DANGER, StartRule
from coaching.core.tools.shapes import Tool
from coaching.intake.intakes import is_in_danger
from coaching.people.session import person_of, waiting_person
from coaching.plan.knowledge import knowledge
from coaching.plan.plans import rule_for_nobody, start_rule

NOT_READY = "We cannot check right now what is safe for you here. Please come back later."


def tool_rule(request: HttpRequest, tool: Tool) -> StartRule:
    if tool.may_always:
        return StartRule()
    if is_in_danger(person_of(request), waiting_person(request)):
        return IN_DANGER
    rule = _rule_of(request, tool.technique) if tool.technique else StartRule()
    return _minding(request, tool, rule) if tool.minds else rule


def _rule_of(request: HttpRequest, technique: str) -> StartRule:
    # Without the technique in the library there are no cautions to read, so nothing may start.
    if technique not in knowledge().options.by_slug:
        return StartRule(may_start=False, reasons=(NOT_READY,))
    return start_rule(request, technique)


def _minding(request: HttpRequest, tool: Tool, rule: StartRule) -> StartRule:
    return _together(rule, _rule_of(request, tool.minds))


def rule_of_copy(tool: Tool) -> StartRule | None:
    """All that can speak against a tool, for a page that knows nobody; None while its technique is not there."""
    if tool.may_always or not tool.technique:
        return StartRule()
    if tool.technique not in knowledge().options.by_slug:
        return None
    rule = rule_for_nobody(tool.technique)
    return _together(rule, rule_for_nobody(tool.minds)) if tool.minds else rule


def _together(rule: StartRule, minded: StartRule) -> StartRule:
    """What closes the technique that a tool only minds is a warning here."""

    def both(name: str, *more: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*getattr(rule, name), *more, *getattr(minded, name))))

    return replace(
        rule,
        warnings=both("warnings", *minded.reasons),
        untold=both("untold"),
        not_with=both("not_with"),
        care_with=both("care_with"),
    )
