from django import template

from coaching.help.in_spanish import in_language

register = template.Library()
register.filter("in_language", in_language)
