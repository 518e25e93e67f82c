"""Whether a person may begin with a tool here and now, and what to mind.

A tool follows the cautions of its technique. The flare plan is for the worst day and is never
closed; any other waits while a danger sign needs care now. What was written stays readable.
"""

from dataclasses import replace

from django.http import HttpRequest

from coaching.core.permit import CHECK_FIRST
from coaching.core.tools.shapes import Tool
from coaching.intakes import is_in_danger
from coaching.knowledge import knowledge
from coaching.people import person_of, waiting_person
from coaching.plans import StartRule, rule_for_nobody, start_rule
from content.models import Technique

NOT_READY = "We cannot check right now what is safe for you here. Please come back later."


def tool_rule(request: HttpRequest, tool: Tool) -> StartRule:
    if tool.may_always:
        return StartRule()
    if is_in_danger(person_of(request), waiting_person(request)):
        return StartRule(may_start=False, reasons=(CHECK_FIRST,))
    rule = _rule_of(request, tool.technique) if tool.technique else StartRule()
    return _minding(request, tool, rule) if tool.minds else rule


def _rule_of(request: HttpRequest, technique: str) -> StartRule:
    # Without the technique in the library there are no cautions to read, so nothing may start.
    if technique not in knowledge().options.by_slug:
        return StartRule(may_start=False, reasons=(NOT_READY,))
    rule = start_rule(request, technique)
    return rule if rule.may_start or rule.reasons else replace(rule, reasons=(CHECK_FIRST,))


def _minding(request: HttpRequest, tool: Tool, rule: StartRule) -> StartRule:
    other = _rule_of(request, tool.minds)
    words = (*other.reasons, *other.warnings)
    return replace(rule, warnings=tuple(dict.fromkeys((*rule.warnings, *words))))


def rule_of_copy(tool: Tool) -> StartRule | None:
    """All that can speak against a tool, for a page that knows nobody; None while its technique is not there."""
    if tool.may_always or not tool.technique:
        return StartRule()
    found = Technique.objects.in_bulk([tool.technique, tool.minds], field_name="slug")
    rules = [rule_for_nobody(technique) for technique in found.values()]
    if tool.technique not in found:
        return None
    return StartRule(
        warnings=tuple(dict.fromkeys(words for rule in rules for words in rule.warnings)),
        not_with=tuple(dict.fromkeys(words for rule in rules for words in rule.not_with)),
    )
