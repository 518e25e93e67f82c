"""`{% load drawn %}`: the tag of `part.py`."""

from django import template
from django.template.base import Parser, Token, token_kwargs

from config.drawn.part import Part

register = template.Library()


@register.tag
def drawn(parser: Parser, token: Token) -> Part:
    """`{% drawn with name=value other=value %} … {% enddrawn %}`."""
    tag, *words = token.split_contents()
    rest = words[1:]
    told = token_kwargs(rest, parser) if words[:1] == ["with"] else {}
    if rest or not told:
        raise template.TemplateSyntaxError(f"{tag} says with what: {{% {tag} with name=value other=value %}}.")
    nodelist = parser.parse((f"end{tag}",))
    parser.delete_first_token()
    return Part(told, nodelist)
