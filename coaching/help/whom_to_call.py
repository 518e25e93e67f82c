"""Whom to call, for whoever asks: every country's lines, and those of the country they chose."""

from django.http import HttpRequest

from coaching.help.crisis_lines import crisis_lines, lines_for
from coaching.people.preferences import preferences_of


def whom_to_call(request: HttpRequest) -> dict[str, object]:
    """`lines` of every country, and `mine`: None where no country was chosen."""
    lines = crisis_lines()
    return {"lines": lines, "mine": lines_for(preferences_of(request).country, lines)}
