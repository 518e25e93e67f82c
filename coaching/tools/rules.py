"""Whether a person may begin with a tool here and now, and what to mind.

A tool follows the cautions of its technique. The flare plan is for the worst day and is never
closed; any other waits while a danger sign needs care now. What was written stays readable.
"""

from dataclasses import replace

from django.http import HttpRequest

from coaching.core.recommend.care import IN_DANGER, NOT_THERE, StartRule
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.core.tools.shapes import Tool
from coaching.plan.doors import is_known
from coaching.plan.start_rules import Rules, rule_for_nobody, start_rules


def tool_rule(request: HttpRequest, tool: Tool) -> StartRule:
    return _rule(tool, start_rules(request))


def shut_tools(request: HttpRequest) -> frozenset[str]:
    """Tools that may not be begun here and now. Nothing is shut to somebody who has told nothing."""
    if not is_known(request):
        return frozenset()
    rules = start_rules(request)
    return frozenset(tool.slug for tool in TOOL.values() if not _rule(tool, rules).may_start)


def _rule(tool: Tool, rules: Rules) -> StartRule:
    if tool.may_always:
        return StartRule()
    if rules.is_in_danger:
        return IN_DANGER
    rule = rules.of(tool.technique) if tool.technique else StartRule()
    return _together(rule, rules.of(tool.minds)) if tool.minds else rule


def rule_of_copy(tool: Tool) -> StartRule | None:
    """All that can speak against a tool, for a page that knows nobody; None while its technique is not there."""
    if tool.may_always or not tool.technique:
        return StartRule()
    rule = rule_for_nobody(tool.technique)
    if rule is NOT_THERE:
        return None
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
