"""What the page of a guide in the admin says of its recordings."""

from typing import Any

from django import template

from coaching.voices.fitting import recordings_too_long
from content.models import Guide

register = template.Library()


@register.inclusion_tag("admin/content/_too_long.html")
def recordings_that_no_longer_fit(row: Any) -> dict[str, Any]:
    """Nothing of any other row."""
    return {"too_long": recordings_too_long(row) if isinstance(row, Guide) else ()}
