from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.core.consent_words import NEWSLETTER_WORDS, language_of_newsletter, newsletter_version
from accounts.forms.newsletter import SubscribeForm

register = template.Library()

HEADING = _("One good tip at a time")


@register.inclusion_tag("newsletter/_form.html")
def newsletter_form(form: SubscribeForm | None = None, heading: str | None = None) -> dict[str, Any]:
    """The form that asks for letters; without a form of its own, an empty one for any page."""
    return {
        "form": form or SubscribeForm(),
        "heading": HEADING if heading is None else heading,
        "words": NEWSLETTER_WORDS[newsletter_version(get_language() or "en")],
    }


@register.filter
def language_of_words(version: str) -> str:
    """What a browser needs to read the words of a version out loud."""
    return language_of_newsletter(version)
