"""Where the page that is shown stands in the other language."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, override

register = template.Library()
INVITED = {"en": "In English", "es": "En español"}
LEADS_OVER_ITSELF = ("coaching:lesson", "coaching:help_now", "coaching:emergency", "coaching:crisis", "accounts:letter")
OF_ONE_READER = ("accounts:newsletter_",)
"""Their letters lead there in their language; and the page of a bad link holds nothing of the link."""


@dataclass(frozen=True, kw_only=True)
class OtherLanguage:
    code: str
    address: str
    words: str


@register.simple_tag(takes_context=True)
def page_in_other_language(context: Any) -> OtherLanguage | None:
    """None where it is not written in it, where the page itself leads there, and after a post, which has no address."""
    request = context.get("request")
    page = getattr(request, "translated_page", "")
    if not page or request.method != "GET" or page.startswith(LEADS_OVER_ITSELF + OF_ONE_READER):
        return None
    code = next(code for code, _name in settings.LANGUAGES if code != get_language())
    return OtherLanguage(code=code, address=_address_in(code, request), words=INVITED[code])


def _address_in(code: str, request: HttpRequest) -> str:
    """As Django's `translate_url` has it, of the page that was found already: its address is not read a second time."""
    page = request.resolver_match
    with override(code):
        try:
            return reverse(page.view_name, args=page.args, kwargs=page.kwargs) if page else request.path
        except NoReverseMatch:
            return request.path
