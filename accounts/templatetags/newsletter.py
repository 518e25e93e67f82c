from typing import Any

from django import template

from accounts.core.consent_words import NEWSLETTER_VERSION, NEWSLETTER_WORDS
from accounts.forms.newsletter import SubscribeForm

register = template.Library()


@register.inclusion_tag("newsletter/_form.html")
def newsletter_form(form: SubscribeForm | None = None) -> dict[str, Any]:
    """The form that asks for letters; without a form of its own, an empty one for any page."""
    return {"form": form or SubscribeForm(), "words": NEWSLETTER_WORDS[NEWSLETTER_VERSION]}
