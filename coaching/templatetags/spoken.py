"""What the rules and the library say, in the language of the page; what is not written in it is marked as English."""

from django import template
from django.utils.html import format_html

from coaching.help import sayings

register = template.Library()


@register.filter
def said(words: object) -> str:
    text = str(words)
    return sayings.said(text) if sayings.is_said(text) else format_html('<span lang="en">{}</span>', text)


@register.filter
def said_plain(words: object) -> str:
    """For an attribute, or a picture, which hold no mark-up."""
    return sayings.said(str(words))
