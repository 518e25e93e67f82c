"""`{% load drawn %}`: the tag of `part.py`."""

from django import template
from django.template.base import Parser, Token, token_kwargs

from config.drawn.part import Part

register = template.Library()


@register.tag
def drawn(parser: Parser, token: Token) -> Part:
    """`{% drawn with name=value other=value %} … {% enddrawn %}`, or `{% drawn in a.shelf with name=value %}`."""
    tag, *words = token.split_contents()
    own_shelf = None
    if words[:1] == ["in"] and len(words) > 1:
        own_shelf, words = parser.compile_filter(words[1]), words[2:]
    rest = words[1:]
    told = token_kwargs(rest, parser) if words[:1] == ["with"] else {}
    if rest or not told:
        raise template.TemplateSyntaxError(f"{tag} says with what: {{% {tag} with name=value other=value %}}.")
    nodelist = parser.parse((f"end{tag}",))
    parser.delete_first_token()
    return Part(told, nodelist, own_shelf)
