from django import template

from accounts.members import consents

register = template.Library()


@register.simple_tag
def health_consent_words() -> str:
    """The words a person agrees to when an account keeps their answers."""
    return consents.words_on_health()
