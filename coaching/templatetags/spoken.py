"""What the rules and the library say, in the language of the page; what is not written in it is marked as English."""

from django import template

from coaching import said as sayings

register = template.Library()


@register.filter
def said(words: object) -> str:
    return sayings.told(words)


@register.filter
def said_plain(words: object) -> str:
    """For an attribute, or a picture, which hold no mark-up."""
    return sayings.said(str(words))
